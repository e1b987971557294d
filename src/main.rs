//! The page.

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::mount_to_body(|| leptos::prelude::view! { <h1>"Softphone"</h1> });
}

/// The page exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
