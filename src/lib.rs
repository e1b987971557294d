//! The browser app: a page (Leptos) and a worker (the phone kernel), joined by a `MessagePort`.

pub mod notices;
pub mod number;
pub mod wire;
pub mod words;
