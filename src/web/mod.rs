//! The only folder that names `web_sys`, `js_sys` or `wasm_bindgen`. Its public faces speak the project's own types.
//!
//! What a page or worker listens to or holds is a value: dropping it removes the listener, stops the timer, closes the
//! socket, releases the lock, ends the track.

pub mod flow;
pub mod fragment;
pub mod gathering;
pub mod refusal;
pub mod tones;

#[cfg(target_arch = "wasm32")]
pub mod ask;
#[cfg(target_arch = "wasm32")]
pub mod audio_out;
#[cfg(target_arch = "wasm32")]
mod bell;
#[cfg(target_arch = "wasm32")]
pub mod carried;
#[cfg(target_arch = "wasm32")]
pub mod clipboard;
#[cfg(target_arch = "wasm32")]
pub mod clock;
#[cfg(target_arch = "wasm32")]
pub mod denoise;
#[cfg(target_arch = "wasm32")]
pub mod devices;
#[cfg(target_arch = "wasm32")]
pub mod entrance;
#[cfg(target_arch = "wasm32")]
pub mod entropy;
#[cfg(target_arch = "wasm32")]
pub mod events;
#[cfg(target_arch = "wasm32")]
pub mod file;
#[cfg(target_arch = "wasm32")]
pub mod frame;
#[cfg(target_arch = "wasm32")]
pub mod hid;
#[cfg(target_arch = "wasm32")]
pub mod host;
#[cfg(target_arch = "wasm32")]
mod ice;
#[cfg(target_arch = "wasm32")]
pub mod json;
#[cfg(target_arch = "wasm32")]
pub mod language;
#[cfg(target_arch = "wasm32")]
mod leg;
#[cfg(target_arch = "wasm32")]
mod listener;
#[cfg(target_arch = "wasm32")]
pub mod locks;
#[cfg(target_arch = "wasm32")]
pub mod marks;
#[cfg(target_arch = "wasm32")]
pub mod memory;
#[cfg(target_arch = "wasm32")]
pub mod meter;
#[cfg(target_arch = "wasm32")]
pub mod microphone;
#[cfg(target_arch = "wasm32")]
pub mod moments;
#[cfg(target_arch = "wasm32")]
pub mod notify;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod panel;
#[cfg(target_arch = "wasm32")]
pub mod panes;
#[cfg(target_arch = "wasm32")]
pub mod panic;
#[cfg(target_arch = "wasm32")]
mod peer;
#[cfg(target_arch = "wasm32")]
pub mod peers;
#[cfg(target_arch = "wasm32")]
pub mod place;
#[cfg(target_arch = "wasm32")]
pub mod port;
#[cfg(target_arch = "wasm32")]
mod reflect;
#[cfg(target_arch = "wasm32")]
pub mod rehearsal;
#[cfg(target_arch = "wasm32")]
pub mod ring;
#[cfg(target_arch = "wasm32")]
mod route;
#[cfg(target_arch = "wasm32")]
pub mod screen;
#[cfg(target_arch = "wasm32")]
pub mod seen;
#[cfg(target_arch = "wasm32")]
pub mod socket;
#[cfg(target_arch = "wasm32")]
mod stats;
#[cfg(target_arch = "wasm32")]
mod totals;

#[cfg(target_arch = "wasm32")]
pub use listener::Listener;
/// Makes a function callable from the boot files.
#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen::prelude::wasm_bindgen as export;
/// Runs a task on this thread until it ends.
#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen_futures::spawn_local as spawn;
