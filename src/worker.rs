//! The worker binary: one per browser profile. It owns the phone kernel, its socket and its timer. `www/worker-boot.js`
//! hands it each page's port as a `connect` event, in a shared and in a dedicated worker alike; the listener is there when
//! `main` returns.

#[cfg(target_arch = "wasm32")]
#[path = "worker/pages.rs"]
mod pages;
#[cfg(target_arch = "wasm32")]
#[path = "worker/pump.rs"]
mod pump;

#[cfg(target_arch = "wasm32")]
fn main() {
    pump::start();
}

/// The worker exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
