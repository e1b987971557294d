//! `wasm-opt` comes as an npm package. It makes the download one or two per cent smaller and nothing else, so a machine
//! without node builds without it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

const BINARYEN: &str = "132.0.0";
/// Older ones do not know all that rustc emits.
const OLDEST: u32 = 120;

/// Puts it on the path if it can be had.
pub(crate) fn find_or_fetch(workspace: &Workspace, progress: Progress, tools: &mut Tools) {
    if let Some(found) = find(workspace, tools) {
        progress.say("wasm-opt: present");
        if let Some(folder) = found.parent() {
            tools.prefer(folder.to_path_buf());
        }
        return;
    }
    if tools.which("npm").is_none() || tools.which("node").is_none() {
        progress.say("wasm-opt: skipped, no node and npm here; the download gets a little larger");
        return;
    }
    let root = root(workspace);
    let mut install = tools.command("npm");
    install.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
    ]);
    install.arg(&root).arg(format!("binaryen@{BINARYEN}"));
    let log = workspace.scratch().join("install-binaryen.log");
    match progress.quietly(
        &format!("wasm-opt: fetching binaryen {BINARYEN} with npm"),
        &mut install,
        &log,
    ) {
        Ok(()) => tools.prefer(bin(&root)),
        Err(failure) => progress.say(&format!("wasm-opt: skipped. {failure}")),
    }
}

/// Where it is, if it is there and not too old.
pub(crate) fn find(workspace: &Workspace, tools: &Tools) -> Option<PathBuf> {
    let ours = bin(&root(workspace)).join("wasm-opt");
    [Some(ours), tools.which("wasm-opt")]
        .into_iter()
        .flatten()
        .find(|path| fits(path))
}

fn root(workspace: &Workspace) -> PathBuf {
    workspace.tools.join(format!("binaryen-{BINARYEN}"))
}

fn bin(root: &Path) -> PathBuf {
    root.join("node_modules/.bin")
}

fn fits(program: &Path) -> bool {
    let Ok(output) = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
    else {
        return false;
    };
    major(&String::from_utf8_lossy(&output.stdout)).is_some_and(|version| version >= OLDEST)
}

/// Of `wasm-opt version 132 (version_132)`.
fn major(line: &str) -> Option<u32> {
    line.split_whitespace().find_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_number_in_its_line() {
        assert_eq!(major("wasm-opt version 132 (version_132)\n"), Some(132));
        assert_eq!(major("wasm-opt version 108\n"), Some(108));
        assert_eq!(major("node: not found"), None);
    }
}
