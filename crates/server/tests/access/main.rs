//! Who may do what: the table of routes walked by people who may not, and every way in and out.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/sandbox.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest")]
mod platform;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod ask;
mod command_line;
mod device;
mod password;
mod sessions;
mod sign_in;
mod tickets;
mod walk;
