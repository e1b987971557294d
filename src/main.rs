//! The page binary: the phone's screen, and the audio of the calls this page carries.

#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod elements;
#[cfg(target_arch = "wasm32")]
mod shell;
#[cfg(target_arch = "wasm32")]
mod ui;

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    softphone::web::panic::show_in_console();
    softphone::web::language::install();
    mount_to_body(|| {
        let desk = desk::Desk::open();
        view! { <ui::App desk/> }
    });
}

/// The page exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
