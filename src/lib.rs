//! What the browser binaries share: the page (`main.rs`, Leptos), its panes (`panes.rs`, Leptos too, fetched later) and the
//! worker (`worker.rs`, the phone kernel), joined by `MessagePort`s. Leptos is named only in the binaries' own modules, so that
//! the worker cannot link it.
//!
//! The pure modules build and are tested natively; the rest exists for `wasm32` only.

#[cfg(any(test, target_arch = "wasm32"))]
pub mod account;
pub mod companion;
pub mod devices;
#[cfg(any(test, target_arch = "wasm32"))]
pub mod embed;
pub mod in_view;
pub mod keys;
pub mod language;
pub mod notices;
pub mod number;
pub mod panes_wire;
pub mod readiness;
pub mod sign_in;
pub mod sounding;
pub mod sse;
pub mod statistics;
pub mod support;
pub mod web;
pub mod wire;
pub mod words;

/// Two-level segregated fit: constant time, merges what is freed, and a third of the standard allocator's code. None of the
/// programs holds much, so growing blocks in place is left out.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
