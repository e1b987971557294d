//! The server's archive: the binary, which holds the built page, with what `deploy/` has for running it.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::Path;

use super::npm::flag;
use crate::build;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// Its binary's name.
const BINARY: &str = "softphone-server";

/// Builds `target/package/softphone-server-<version>-<arch>-<os>.tar.gz`.
pub(super) fn archive(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    build::dist(workspace, progress, tools)?;
    let mut cargo = tools.command("cargo");
    cargo
        .args(["build", "--release", "--locked", "-p", "server", "--bin", BINARY])
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target);
    let log = workspace.scratch().join("server.log");
    progress.quietly("building the server, release", &mut cargo, &log)?;
    let binary = workspace.target.join("release").join(BINARY);
    let name = format!("{BINARY}-{}-{ARCH}-{OS}", workspace.locked("server")?);
    let package = workspace.target.join("package");
    lay_out(&workspace.root, &binary, &package.join(&name))?;
    let mut tar = tools.command("tar");
    tar.arg("-czf")
        .arg(format!("{name}.tar.gz"))
        .arg(flag("--directory=", &package))
        .arg(&name);
    tar.current_dir(&package);
    progress.quietly("packing the server", &mut tar, &log)
}

/// A fresh folder with all that goes into the archive.
fn lay_out(root: &Path, binary: &Path, folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| Failure::io("remove", folder, &e))?;
    }
    let deploy = folder.join("deploy");
    fs::create_dir_all(&deploy).map_err(|e| Failure::io("create", &deploy, &e))?;
    let sources = root.join("deploy");
    let entries = fs::read_dir(&sources).map_err(|e| Failure::io("read", &sources, &e))?;
    let mut files = vec![
        (binary.to_path_buf(), folder.join(BINARY)),
        (sources.join("README.md"), folder.join("README.md")),
    ];
    for entry in entries.flatten() {
        if entry.path().is_file() && entry.file_name() != "README.md" {
            files.push((entry.path(), deploy.join(entry.file_name())));
        }
    }
    for (from, to) in files {
        fs::copy(&from, to).map_err(|e| Failure::io("copy", &from, &e))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_has_binary_and_deployment() {
        let root = Workspace::find().unwrap().root;
        let folder = std::env::temp_dir().join(format!("softphone-archive-{}", std::process::id()));
        // Any file may stand in for the binary.
        lay_out(&root, &root.join("Cargo.toml"), &folder).unwrap();
        for file in [
            "softphone-server",
            "README.md",
            "deploy/softphone.service",
            "deploy/softphone.example.toml",
        ] {
            assert!(folder.join(file).is_file(), "no {file}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
