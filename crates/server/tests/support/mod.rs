//! What several test files need. Take it in with `#[path = "../support/mod.rs"] mod support;`.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

pub mod server;
