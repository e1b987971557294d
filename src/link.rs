//! The link binary: what stands between the phone in a frame and the page around it (`src/embed.rs` says what they say). The
//! boot file starts it in frames alone, before the page, so that it hears all that the worker says to the page.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
#[path = "link/entrance.rs"]
mod entrance;
#[cfg(target_arch = "wasm32")]
#[path = "link/run.rs"]
mod run;
#[cfg(target_arch = "wasm32")]
#[path = "link/server.rs"]
mod server;

/// The boot file calls this once, with the end of a port to the page.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn connect(page: softphone::web::port::Ends) {
    run::open(page);
}

/// The link exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
