//! Trunk, wasm-bindgen and geckodriver, built by cargo: one folder per version, so that no other project's copy is overwritten.

use std::path::Path;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::{Tools, version};
use crate::workspace::Workspace;

const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";

struct CargoBin<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    options: &'a [&'a str],
    about: &'a str,
}

/// The bundler. Without its updater and TLS to the outside: it runs offline here.
pub(crate) fn trunk(workspace: &Workspace, progress: Progress, tools: &mut Tools) -> Result<(), Failure> {
    let options = ["--locked", "--no-default-features", "--features", "rustls"];
    let trunk = CargoBin {
        package: "trunk",
        program: "trunk",
        version: TRUNK,
        options: &options,
        about: "3 to 6 minutes",
    };
    trunk.provide(workspace, progress, tools)
}

/// The glue generator: its version must equal the library's to the last digit.
pub(crate) fn wasm_bindgen(
    workspace: &Workspace,
    progress: Progress,
    tools: &mut Tools,
) -> Result<(), Failure> {
    let version = workspace.locked("wasm-bindgen")?;
    let bindgen = CargoBin {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &version,
        options: &[],
        about: "1 to 3 minutes",
    };
    bindgen.provide(workspace, progress, tools)
}

/// Drives Firefox in the stories; Debian has no package of it.
pub(crate) fn geckodriver(
    workspace: &Workspace,
    progress: Progress,
    tools: &mut Tools,
) -> Result<(), Failure> {
    let driver = CargoBin {
        package: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER,
        options: &["--locked"],
        about: "2 to 5 minutes",
    };
    driver.provide(workspace, progress, tools)
}

impl CargoBin<'_> {
    fn provide(&self, workspace: &Workspace, progress: Progress, tools: &mut Tools) -> Result<(), Failure> {
        let what = format!("{} {}", self.package, self.version);
        if tools.which(self.program).is_some_and(|path| self.is_it(&path)) {
            progress.say(&format!("{what}: present"));
            return Ok(());
        }
        let root = workspace.tools.join(format!("{}-{}", self.package, self.version));
        if !self.is_it(&root.join("bin").join(self.program)) {
            let mut install = tools.command("cargo");
            install
                .args(["install", "--debug", "--force", "--root"])
                .arg(&root)
                .args(self.options)
                .arg(format!("{}@{}", self.package, self.version))
                // One folder for both, so that an interrupted build goes on where it stopped.
                .env("CARGO_TARGET_DIR", workspace.target.join("tools"));
            let log = workspace.scratch().join(format!("install-{}.log", self.package));
            progress
                .quietly(
                    &format!("{what}: building it, {}", self.about),
                    &mut install,
                    &log,
                )
                .map_err(|e| {
                    let options = self.options.join(" ");
                    let line = format!(
                        "cargo install --debug {options} {}@{}",
                        self.package, self.version
                    );
                    Failure::new(format!(
                        "{e}\nOnce that is mended, run this again, or install it yourself: {line}"
                    ))
                })?;
        }
        tools.prefer(root.join("bin"));
        Ok(())
    }

    fn is_it(&self, program: &Path) -> bool {
        version(program).as_deref() == Some(self.version)
    }
}
