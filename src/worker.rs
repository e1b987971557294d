//! The worker binary: one per browser profile. It owns the phone kernel, its socket and its timer. `www/worker-boot.js`
//! hands it each page's port as a `connect` event, in a shared and in a dedicated worker alike; the listener is there when
//! `main` returns.

#[cfg(target_arch = "wasm32")]
#[path = "worker/pages.rs"]
mod pages;
#[cfg(target_arch = "wasm32")]
#[path = "worker/pump.rs"]
mod pump;

/// Two-level segregated fit: constant time, merges what is freed, and a third of the standard allocator's code. A worker
/// holds little and grows seldom, so growing blocks in place is left out.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[cfg(target_arch = "wasm32")]
fn main() {
    pump::start();
}

/// The worker exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
