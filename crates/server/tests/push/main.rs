//! Events to browsers, over real HTTP and real SQLite.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/postgres.rs"]
#[allow(dead_code, reason = "nothing is shared here")]
mod postgres;

mod cuts;
mod going_down;
mod lines;
mod listener;
mod nodes;
mod sessions;
mod slow;
mod streams;
mod tls;
