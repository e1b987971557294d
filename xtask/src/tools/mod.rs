//! What must be on the machine: found if there, else built or fetched, else a sentence with the line to run.

pub(crate) mod cargo_bin;
pub(crate) mod npm_bin;
pub(crate) mod packages;
pub(crate) mod rust;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// The `PATH` under which all tools are found.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Nothing but what the machine has. System servers live in `sbin`, which a user's `PATH` may lack.
    pub(crate) fn of_machine() -> Self {
        let mut folders: Vec<PathBuf> = env::var_os("PATH")
            .map(|path| env::split_paths(&path).collect())
            .unwrap_or_default();
        for system in ["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from) {
            if !folders.contains(&system) {
                folders.push(system);
            }
        }
        Self { folders }
    }

    /// All that building page and worker takes.
    pub(crate) fn for_browser_build(workspace: &Workspace, progress: Progress) -> Result<Self, Failure> {
        let mut tools = Self::of_machine();
        rust::wasm_target(progress)?;
        rust::library_sources(progress)?;
        cargo_bin::trunk(workspace, progress, &mut tools)?;
        cargo_bin::wasm_bindgen(workspace, progress, &mut tools)?;
        for tool in [npm_bin::WASM_OPT, npm_bin::ESBUILD] {
            tool.find_or_fetch(workspace, progress, &tools);
        }
        Ok(tools)
    }

    /// Looks in `folder` before all others.
    pub(crate) fn prefer(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
    }

    /// Where a program is.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        self.folders
            .iter()
            .map(|folder| folder.join(program))
            .find(|file| file.is_file())
    }

    /// A command that finds these tools, and whose children do.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let program = program.as_ref();
        let found = program.to_str().and_then(|name| self.which(name));
        let mut command = Command::new(found.unwrap_or_else(|| program.to_path_buf()));
        command.env("PATH", self.path());
        command
    }

    fn path(&self) -> OsString {
        env::join_paths(&self.folders).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }
}

/// `cargo xtask setup`: all there is, for the browser build and for the stories.
pub(crate) fn all(workspace: &Workspace, progress: Progress) -> Result<(), Failure> {
    rust::fmt_and_clippy(progress)?;
    let machine = Tools::of_machine();
    let packages = packages::for_servers(workspace, progress, &machine)
        .and_then(|()| packages::for_stories(workspace, progress, &machine));
    Tools::for_browser_build(workspace, progress)?;
    packages
}

/// The version a program claims, as `program --version` ends its first line's second word: `trunk 0.21.14`.
pub(crate) fn version(program: &Path) -> Option<String> {
    let output = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let line = text.lines().next()?;
    line.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(ToOwned::to_owned)
}
