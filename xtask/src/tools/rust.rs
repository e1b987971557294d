//! Parts of the Rust toolchain itself.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::progress::Progress;

const WASM: &str = "wasm32-unknown-unknown";

/// The target page and worker are compiled for.
pub(crate) fn wasm_target(progress: Progress) -> Result<(), Failure> {
    if sysroot()?.join("lib/rustlib").join(WASM).join("lib").is_dir() {
        progress.say(&format!("Rust target {WASM}: present"));
        return Ok(());
    }
    rustup(progress, &["target", "add", WASM])
}

/// The standard library's sources: the browser build compiles them with the rest.
pub(crate) fn library_sources(progress: Progress) -> Result<(), Failure> {
    if sysroot()?
        .join("lib/rustlib/src/rust/library/Cargo.lock")
        .is_file()
    {
        progress.say("Rust component rust-src: present");
        return Ok(());
    }
    rustup(progress, &["component", "add", "rust-src"])
}

fn sysroot() -> Result<PathBuf, Failure> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = sysroot.map_err(|e| {
        Failure::new(format!(
            "cannot run rustc: {e}. Install Rust from https://rustup.rs"
        ))
    })?;
    Ok(PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim()))
}

/// `cargo fmt` and `cargo clippy`.
pub(crate) fn fmt_and_clippy(progress: Progress) -> Result<(), Failure> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let there = Command::new("cargo")
            .args([command, "--version"])
            .output()
            .is_ok_and(|out| out.status.success());
        if there {
            progress.say(&format!("cargo {command}: present"));
        } else {
            rustup(progress, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(progress: Progress, arguments: &[&str]) -> Result<(), Failure> {
    let line = format!("rustup {}", arguments.join(" "));
    progress.say(&line);
    match Command::new("rustup").args(arguments).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!(
            "`{line}` failed ({status}): run it yourself once the network is there"
        ))),
        Err(_) => Err(Failure::new(format!(
            "rustup is missing: install it from https://rustup.rs, then run: {line}"
        ))),
    }
}
