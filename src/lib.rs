//! The browser app: a page (Leptos) and a worker (the phone kernel), joined by a `MessagePort`.

pub mod wire;
