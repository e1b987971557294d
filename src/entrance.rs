//! The entrance binary: a window of its own at `/entrance`, opened by the phone in a frame of another site's page. The person
//! signs in here, where cookies are the phone's own, and the frame is handed a ticket.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
mod elements;
#[cfg(target_arch = "wasm32")]
#[path = "entrance/form.rs"]
mod form;
#[cfg(target_arch = "wasm32")]
#[path = "entrance/room.rs"]
mod room;
#[cfg(target_arch = "wasm32")]
#[path = "entrance/server.rs"]
mod server;

/// The page has loaded: `www/admin-boot.js` calls this, once.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn open() {
    room::open();
}

/// The window exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
