#![no_main]
//! Whatever a webhook's body holds as multipart.

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|body: &[u8]| targets::multipart(body));
