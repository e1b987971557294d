//! `cargo xtask build`: page and worker in `dist/`, release, pre-compressed.

use std::fs;
use std::path::PathBuf;

use crate::compress;
use crate::failure::Failure;
use crate::fingerprint;
use crate::progress::Progress;
use crate::tools::{Tools, wasm_opt};
use crate::workspace::Workspace;

/// What `dist/` is made of. Of xtask only what touches it.
const SOURCES: [&str; 14] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    "crates/phone",
    "crates/protocol",
    "crates/sip",
    "src",
    "www",
    "xtask/src/build.rs",
    "xtask/src/compress.rs",
    "xtask/src/finish.rs",
    "xtask/src/wasm_file.rs",
];

/// The command.
pub(crate) fn run(workspace: &Workspace, progress: Progress) -> Result<(), Failure> {
    let tools = Tools::for_browser_build(workspace, progress)?;
    dist(workspace, progress, &tools)
}

/// Builds `dist/` unless nothing has changed since.
pub(crate) fn dist(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    let seal = Seal::now(workspace, tools)?;
    if seal.holds() {
        progress.say("dist/: up to date");
        return Ok(());
    }
    let mut fetch = tools.command("cargo");
    fetch.args(["fetch", "--locked"]).current_dir(&workspace.root);
    progress.quietly(
        "fetching crates",
        &mut fetch,
        &workspace.scratch().join("fetch.log"),
    )?;

    let mut trunk = tools.command("trunk");
    trunk
        .args(["build", "--release", "--offline"])
        .current_dir(&workspace.root);
    trunk.env("CARGO_TARGET_DIR", &workspace.target);
    // Trunk takes the common `NO_COLOR=1` for a malformed option of its own.
    trunk.env_remove("NO_COLOR");
    let what = "building page and worker with Trunk, release: 2 to 4 minutes the first time";
    progress.quietly(what, &mut trunk, &workspace.scratch().join("trunk.log"))?;

    progress.say("compressing with brotli");
    compress::folder(&workspace.dist())?;
    seal.set()
}

/// The state of the sources `dist/` was last built from.
struct Seal {
    file: PathBuf,
    index: PathBuf,
    state: String,
}

impl Seal {
    fn now(workspace: &Workspace, tools: &Tools) -> Result<Self, Failure> {
        let sources = fingerprint::of_sources(&workspace.root, &SOURCES)?;
        let shrunk = wasm_opt::find(workspace, tools).is_some();
        Ok(Self {
            file: workspace.scratch().join("dist.seal"),
            index: workspace.dist().join("index.html.br"),
            state: format!("{sources:016x} wasm-opt:{shrunk}"),
        })
    }

    fn holds(&self) -> bool {
        self.index.is_file() && fs::read_to_string(&self.file).is_ok_and(|state| state == self.state)
    }

    fn set(&self) -> Result<(), Failure> {
        fs::write(&self.file, &self.state).map_err(|e| Failure::io("write", &self.file, &e))
    }
}
