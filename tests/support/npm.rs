//! The npm package as its users have it: installed from the tarball that `cargo xtask package npm` made, and tools of npm's.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A fresh project with the package installed, and with these files of `tests/browser/package`.
pub(crate) fn project(name: &str, files: &[&str]) -> PathBuf {
    let project = super::state("npm", name);
    for file in files {
        let from = super::root().join("tests/browser/package").join(file);
        let to = project.join(from.file_name().expect("a file"));
        fs::copy(&from, to).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    }
    fs::write(project.join("package.json"), "{\"type\": \"module\"}").expect("a writable folder");
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--offline",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ])
    .arg(tarball())
    .current_dir(&project);
    run(&mut npm);
    project
}

/// Builds the project with Vite, into its `dist`.
pub(crate) fn vite(project: &Path) {
    let script = tool("vite-", "vite/bin/vite.js");
    run(Command::new("node").arg(script).arg("build").current_dir(project));
}

/// A file of a package that `cargo xtask setup` fetched with npm: `axe-core-`, `axe-core/axe.min.js`.
pub(crate) fn tool(package: &str, file: &str) -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let tools = home.expect("a home folder").join("softphone-tools");
    let folders = fs::read_dir(&tools).into_iter().flatten().flatten();
    let found = folders
        .map(|folder| folder.path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(package))
        })
        .map(|path| path.join("node_modules").join(file))
        .find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("no {file} in {}: run `cargo xtask setup`", tools.display()))
}

fn tarball() -> PathBuf {
    let folder = super::root().join("target/package");
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    let found = files
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "tgz"));
    found.unwrap_or_else(|| {
        panic!(
            "no package in {}: run `cargo xtask package npm`",
            folder.display()
        )
    })
}

fn run(command: &mut Command) {
    let done = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let said = [done.stdout, done.stderr].concat();
    assert!(
        done.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&said)
    );
}
