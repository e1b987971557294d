//! The page binary: the phone's screen, and the audio of the calls this page carries.

#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod shell;

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    mount_to_body(|| {
        let desk = desk::Desk::open();
        view! { <h1 on:click=move |_| desk.send(phone::Command::Retry)>{move || desk.now()}</h1> }
    });
}

/// The page exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
