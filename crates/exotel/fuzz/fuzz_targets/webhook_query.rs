#![no_main]
//! Whatever a webhook's query holds.

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|query: &str| targets::query(query));
