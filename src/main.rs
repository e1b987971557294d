//! The page binary: the phone's screen, and the audio of the calls this page carries.

#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod shell;

#[cfg(target_arch = "wasm32")]
fn main() {
    let owner = leptos::prelude::Owner::new();
    owner.with(|| {
        let _desk = desk::Desk::open();
    });
    std::mem::forget(owner);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
