//! The fuzz targets' bodies over every webhook sample, whole, cut and spoilt, so that they neither rot nor panic.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;

fn run_all(body: &[u8]) {
    targets::json(body);
    targets::form(body);
    targets::multipart(body);
    targets::query(&String::from_utf8_lossy(body));
}

#[test]
fn every_sample_whole_cut_and_spoilt() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/hooks");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let sample = fs::read(entry.unwrap().path()).unwrap();
        run_all(&sample);
        for at in (0..sample.len()).step_by(37) {
            run_all(&sample[..at]);
            for byte in [0, b'"', b'[', b'%', 0xff] {
                let mut spoilt = sample.clone();
                spoilt[at] = byte;
                run_all(&spoilt);
            }
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn each_target_is_a_program() {
    let manifest = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/Cargo.toml")).unwrap();
    for target in ["json", "form", "multipart", "query"] {
        let path = format!("fuzz_targets/webhook_{target}.rs");
        assert!(manifest.contains(&path), "{path}");
        let program = fs::read_to_string(format!("{}/fuzz/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(program.contains(&format!("targets::{target}(")), "{path}");
    }
}
