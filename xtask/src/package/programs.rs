//! The programs of `/headless`: one built for the package alone, and the worker as `dist/` has it.

use std::fs;
use std::path::{Path, PathBuf};

use super::npm::flag;
use crate::build;
use crate::failure::Failure;
use crate::finish::{self, Shrinkers};
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// Where the worker finds its wasm, which a bundler may have called something else: the page says it after `#`.
const TOLD: &str = "self.location.hash.slice(1)";

/// Files up to this size Vite turns into `data:` addresses, bytes; a worker cannot come from one.
const INLINED: usize = 4096;

/// Puts them into the package.
pub(super) fn add(
    workspace: &Workspace,
    progress: Progress,
    tools: &Tools,
    package: &Path,
) -> Result<(), Failure> {
    build::dist(workspace, progress, tools)?;
    worker(&workspace.dist(), package)?;

    let built = workspace.scratch().join("programs");
    let mut trunk = build::trunk(workspace, tools);
    trunk
        .arg(flag("--dist=", &built))
        .arg(workspace.root.join("packages/softphone/programs.html"));
    let what = "building the phone without screens, release";
    progress.quietly(what, &mut trunk, &workspace.scratch().join("programs.log"))?;
    finish::program(&built, "headless", &Shrinkers::find(workspace))?;
    copy(&built.join("headless.js"), &package.join("headless-program.js"))?;
    copy(&built.join("headless_bg.wasm"), &package.join("headless_bg.wasm"))
}

/// The finished worker, told where its wasm is.
fn worker(dist: &Path, package: &Path) -> Result<(), Failure> {
    let script = named(dist, "worker-boot-", ".js")?;
    let wasm = named(dist, "worker_bg-", ".wasm")?;
    let name = wasm.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(&script).map_err(|e| Failure::io("read", &script, &e))?;
    let told = told(&text, &name)
        .ok_or_else(|| Failure::new(format!("{} does not name \"{name}\" once", script.display())))?;
    if told.len() <= INLINED {
        return Err(Failure::new(
            "the worker's script is so small that bundlers would put it into another",
        ));
    }
    let to = package.join("worker.js");
    fs::write(&to, told).map_err(|e| Failure::io("write", &to, &e))?;
    copy(&wasm, &package.join("worker_bg.wasm"))
}

fn told(script: &str, wasm: &str) -> Option<String> {
    let literal = format!("\"{wasm}\"");
    (script.matches(&literal).count() == 1).then(|| script.replace(&literal, TOLD))
}

fn named(folder: &Path, start: &str, end: &str) -> Result<PathBuf, Failure> {
    let entries = fs::read_dir(folder).map_err(|e| Failure::io("read", folder, &e))?;
    let mut names = entries.flatten().map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(start) && name.ends_with(end)
    });
    names
        .next()
        .ok_or_else(|| Failure::new(format!("{} has no {start}…{end}", folder.display())))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to)
        .map(drop)
        .map_err(|e| Failure::io("copy", from, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workers_script_is_told_where_its_wasm_is() {
        let script = r#"load(new URL("worker_bg-1.wasm",import.meta.url))"#;
        assert_eq!(
            told(script, "worker_bg-1.wasm").as_deref(),
            Some("load(new URL(self.location.hash.slice(1),import.meta.url))")
        );
        assert_eq!(told(script, "worker_bg-2.wasm"), None);
    }
}
