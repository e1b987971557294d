//! What every story needs: programs that end with their owner, free ports, tones, a browser.
// Each test binary uses its own part of this module.
#![allow(dead_code)]

pub(crate) mod audio;
pub(crate) mod axe;
pub(crate) mod browser;
pub(crate) mod companion;
pub(crate) mod crm;
pub(crate) mod ear;
pub(crate) mod firefox;
pub(crate) mod folder;
pub(crate) mod hands;
pub(crate) mod http;
pub(crate) mod npm;
pub(crate) mod past_calls;
pub(crate) mod phone;
pub(crate) mod pictures;
pub(crate) mod platform;
pub(crate) mod ports;
pub(crate) mod process;
pub(crate) mod tab;
pub(crate) mod tls;
pub(crate) mod wait;
pub(crate) mod webdriver;

use std::fs;
use std::path::{Path, PathBuf};

/// A folder under `target/report`, for what a person looks at after a failure.
pub(crate) fn report(folder: &str) -> PathBuf {
    made(&root().join("target/report").join(folder))
}

/// A fresh folder of this run under `target`, for state that a program needs while it runs.
pub(crate) fn state(kind: &str, name: &str) -> PathBuf {
    let folder = root()
        .join("target")
        .join(kind)
        .join(format!("{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    made(&folder)
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn made(folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("a writable target folder");
    folder.to_path_buf()
}
