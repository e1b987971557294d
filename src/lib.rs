//! What the two browser binaries share: the page (`main.rs`, Leptos) and the worker (`worker.rs`, the phone kernel), joined
//! by a `MessagePort`. Leptos is named only in the page's own modules, so that the worker cannot link it.
//!
//! The pure modules build and are tested natively; the rest exists for `wasm32` only.

pub mod companion;
pub mod notices;
pub mod number;
pub mod sign_in;
pub mod sounding;
pub mod sse;
pub mod web;
pub mod wire;
pub mod words;
