//! `cargo xtask build`: page, panes, worker and admin in `dist/`, release, pre-compressed.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::compress;
use crate::failure::Failure;
use crate::fingerprint;
use crate::finish::{self, Shrinkers};
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// What `dist/` is made of. Of xtask only what touches it.
const SOURCES: [&str; 20] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    "crates/headset",
    "crates/no-streams",
    "crates/noise",
    "crates/phone",
    "crates/protocol",
    "crates/quality",
    "crates/sip",
    "src",
    "www",
    "xtask/src/build.rs",
    "xtask/src/compress.rs",
    "xtask/src/finish.rs",
    "xtask/src/glue.rs",
    "xtask/src/loader.rs",
    "xtask/src/wasm_file.rs",
];

const WASM: &str = "wasm32-unknown-unknown";

/// How cargo builds for the browser: the standard library from its sources, for size; a panic is a trap at once, without the
/// text, the place and the formatting that nobody sees there. 15 KB less of the page and 5 of the worker, brotli. These
/// flags are not stable yet, hence the first line: it lets the stable compiler take them.
const SMALL: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    // Joined to those of .cargo/config.toml.
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// The command.
pub(crate) fn run(workspace: &Workspace, progress: Progress) -> Result<(), Failure> {
    let tools = Tools::for_browser_build(workspace, progress)?;
    dist(workspace, progress, &tools)
}

/// Builds `dist/` unless nothing has changed since.
pub(crate) fn dist(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    let shrinkers = Shrinkers::find(workspace);
    let seal = Seal::now(workspace, &shrinkers)?;
    if seal.holds() {
        progress.say("dist/: up to date");
        return Ok(());
    }
    let mut fetch = tools.command("cargo");
    fetch
        .args(["fetch", "--locked", "--target", WASM])
        .current_dir(&workspace.root)
        .envs(SMALL);
    progress.quietly(
        "fetching crates",
        &mut fetch,
        &workspace.scratch().join("fetch.log"),
    )?;

    let mut trunk = trunk(workspace, tools);
    let what = "building page, panes, worker and admin with Trunk, release: 2 to 4 minutes the first time";
    progress.quietly(what, &mut trunk, &workspace.scratch().join("trunk.log"))?;

    progress.say("shrinking, naming by content, compressing with brotli");
    finish::run(&workspace.root, &workspace.dist(), &shrinkers)?;
    compress::folder(&workspace.dist())?;
    seal.set()
}

/// Trunk as it builds for release.
pub(crate) fn trunk(workspace: &Workspace, tools: &Tools) -> Command {
    let mut trunk = tools.command("trunk");
    trunk
        .args(["build", "--release", "--offline"])
        .current_dir(&workspace.root);
    trunk.env("CARGO_TARGET_DIR", &workspace.target).envs(SMALL);
    // Trunk takes the common `NO_COLOR=1` for a malformed option of its own.
    trunk.env_remove("NO_COLOR");
    trunk
}

/// The state of the sources `dist/` was last built from.
struct Seal {
    file: PathBuf,
    index: PathBuf,
    state: String,
}

impl Seal {
    fn now(workspace: &Workspace, shrinkers: &Shrinkers) -> Result<Self, Failure> {
        let sources = fingerprint::of_sources(&workspace.root, &SOURCES)?;
        Ok(Self {
            file: workspace.scratch().join("dist.seal"),
            index: workspace.dist().join("index.html.br"),
            state: format!("{sources:016x} {shrinkers}"),
        })
    }

    fn holds(&self) -> bool {
        self.index.is_file() && fs::read_to_string(&self.file).is_ok_and(|state| state == self.state)
    }

    fn set(&self) -> Result<(), Failure> {
        fs::write(&self.file, &self.state).map_err(|e| Failure::io("write", &self.file, &e))
    }
}
