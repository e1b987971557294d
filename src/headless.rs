//! The headless binary: the phone in a page that has screens of its own. It is the npm package's `/headless`; a script of the
//! package starts it, with the worker's port and one on which both speak as a host and its frame do (`src/embed.rs`).
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
#[path = "headless/media.rs"]
mod media;
#[cfg(target_arch = "wasm32")]
#[path = "headless/run.rs"]
mod run;
#[cfg(target_arch = "wasm32")]
#[path = "headless/signing_in.rs"]
mod signing_in;

/// The package's script calls this once. `sounds`: the phone rings, and plays ringback and digits.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn connect(worker: softphone::web::port::Ends, page: softphone::web::port::Ends, sounds: bool) {
    run::open(worker, page, sounds);
}

/// The worker did not load, or has broken down.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn stopped() {
    run::stop();
}

/// The phone exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
