//! Events to browsers, over real HTTP and real SQLite.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

mod cuts;
mod going_down;
mod lines;
mod listener;
mod sessions;
mod slow;
mod streams;
mod tls;
