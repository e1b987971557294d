//! The worker binary: one per browser profile. It owns the phone kernel, its socket and its timer, and lives on events from
//! the first `connect` on.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
#[path = "worker/news.rs"]
mod news;
#[cfg(target_arch = "wasm32")]
#[path = "worker/pages.rs"]
mod pages;
#[cfg(target_arch = "wasm32")]
#[path = "worker/pump.rs"]
mod pump;

/// A page's port has come: `www/worker-boot.js` calls this.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn connect(port: softphone::web::port::Ends) {
    pump::with(|pump| pump.pages.connect(port));
}

/// The worker exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
