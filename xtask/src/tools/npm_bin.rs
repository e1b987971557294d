//! Tools that come as npm packages. What the build has of them makes the download smaller and nothing else, so a machine
//! without node builds without it.

use std::path::{Path, PathBuf};

use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// One tool: one folder per version, shared by all clones on this machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NpmBin {
    package: &'static str,
    /// Below `node_modules`. Of a package without programs npm makes no `.bin`.
    program: &'static str,
    version: &'static str,
}

/// Shrinks wasm.
pub(crate) const WASM_OPT: NpmBin = NpmBin {
    package: "binaryen",
    program: ".bin/wasm-opt",
    version: "132.0.0",
};

/// Shrinks scripts.
pub(crate) const ESBUILD: NpmBin = NpmBin {
    package: "esbuild",
    program: ".bin/esbuild",
    version: "0.28.2",
};

/// Finds faults of accessibility on a page; the stories load it (`tests/support/axe.rs`). A script, and never run by node.
pub(crate) const AXE: NpmBin = NpmBin {
    package: "axe-core",
    program: "axe-core/axe.min.js",
    version: "4.14.1",
};

/// Checks the declarations of the npm package.
pub(crate) const TYPESCRIPT: NpmBin = NpmBin {
    package: "typescript",
    program: ".bin/tsc",
    version: "5.9.3",
};

/// Builds the project that the stories of the package are tried from.
pub(crate) const VITE: NpmBin = NpmBin {
    package: "vite",
    program: ".bin/vite",
    version: "8.4.0",
};

/// HubSpot's own side of its calling extensions, which plays the host in a story.
pub(crate) const HUBSPOT: NpmBin = NpmBin {
    package: "@hubspot/calling-extensions-sdk",
    program: "@hubspot/calling-extensions-sdk/dist/main.esm.js",
    version: "0.9.7",
};

impl NpmBin {
    /// Where it is, if it is there.
    pub(crate) fn find(self, workspace: &Workspace) -> Option<PathBuf> {
        let program = self.root(workspace).join("node_modules").join(self.program);
        program.is_file().then_some(program)
    }

    /// Fetches it if it can be had.
    pub(crate) fn find_or_fetch(self, workspace: &Workspace, progress: Progress, tools: &Tools) {
        let Self { package, version, .. } = self;
        if self.find(workspace).is_some() {
            progress.say(&format!("{package} {version}: present"));
            return;
        }
        if tools.which("npm").is_none() || tools.which("node").is_none() {
            progress.say(&format!("{package}: skipped, no node and npm here"));
            return;
        }
        let mut install = tools.command(Path::new("npm"));
        install.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
        ]);
        install
            .arg(self.root(workspace))
            .arg(format!("{package}@{version}"));
        let log = workspace
            .scratch()
            .join(format!("install-{}.log", package.replace('/', "+")));
        let what = format!("fetching {package} {version} with npm");
        if let Err(failure) = progress.quietly(&what, &mut install, &log) {
            progress.say(&format!("{package}: skipped. {failure}"));
        }
    }

    fn root(self, workspace: &Workspace) -> PathBuf {
        // A scoped name has a slash.
        let name = self.package.replace('/', "+");
        workspace.tools.join(format!("{name}-{}", self.version))
    }
}
