//! The npm package: its own sources of `packages/softphone`, and the element from `www/embed.js`, of which there is no other copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::programs;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::tools::npm_bin::ESBUILD;
use crate::workspace::Workspace;

/// What is copied, from where in the repository to where in the package; folders with all in them.
const COPIED: [(&str, &str); 6] = [
    ("packages/softphone/package.json", "package.json"),
    ("packages/softphone/README.md", "README.md"),
    ("packages/softphone/embed.d.ts", "embed.d.ts"),
    ("packages/softphone/protocol.d.ts", "protocol.d.ts"),
    ("packages/softphone/src", ""),
    ("www/embed.js", "embed.js"),
];

/// In the sources' `package.json`, in the place of the workspace's version.
const UNVERSIONED: &str = "\"version\": \"0.0.0\"";

/// Builds `target/package/npm` and the tarball beside it.
pub(crate) fn pack(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    let package = folder(workspace);
    let npm = tools.which("npm").zip(ESBUILD.find(workspace));
    let (npm, esbuild) = npm
        .ok_or_else(|| Failure::new("the npm package takes npm, which is not here: install node and npm"))?;
    texts(workspace, &package)?;
    programs::add(workspace, progress, tools, &package)?;
    let log = workspace.scratch().join("package.log");
    let mut iife = Command::new(esbuild);
    iife.arg(package.join("index.js")).args([
        "--bundle",
        "--minify",
        "--format=iife",
        "--global-name=Softphone",
    ]);
    iife.arg(flag("--outfile=", &package.join("softphone.iife.js")));
    progress.quietly("bundling the loader for pages without modules", &mut iife, &log)?;

    let mut pack = tools.command(npm);
    pack.args(["pack", "--loglevel=error"])
        .current_dir(&package)
        .arg(flag("--pack-destination=", &workspace.target.join("package")));
    progress.quietly("packing the npm package", &mut pack, &log)
}

/// Where the package is before it is packed.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("package/npm")
}

/// All of the package that need not be built, into a fresh folder: enough to check its types.
pub(crate) fn texts(workspace: &Workspace, package: &Path) -> Result<(), Failure> {
    if package.exists() {
        fs::remove_dir_all(package).map_err(|e| Failure::io("remove", package, &e))?;
    }
    for (from, to) in COPIED {
        copy(&workspace.root.join(from), &package.join(to))?;
    }
    let manifest = package.join("package.json");
    let text = fs::read_to_string(&manifest).map_err(|e| Failure::io("read", &manifest, &e))?;
    let text = versioned(&text, &workspace.locked("softphone")?)
        .ok_or_else(|| Failure::new(format!("{} has no {UNVERSIONED}", manifest.display())))?;
    fs::write(&manifest, text).map_err(|e| Failure::io("write", &manifest, &e))
}

fn versioned(manifest: &str, version: &str) -> Option<String> {
    let own = format!("\"version\": \"{version}\"");
    manifest
        .contains(UNVERSIONED)
        .then(|| manifest.replacen(UNVERSIONED, &own, 1))
}

/// A file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if from.is_dir() {
        fs::create_dir_all(to).map_err(|e| Failure::io("create", to, &e))?;
        let entries = fs::read_dir(from).map_err(|e| Failure::io("read", from, &e))?;
        return entries
            .flatten()
            .try_for_each(|entry| copy(&entry.path(), &to.join(entry.file_name())));
    }
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).map_err(|e| Failure::io("create", folder, &e))?;
    fs::copy(from, to)
        .map(drop)
        .map_err(|e| Failure::io("copy", from, &e))
}

/// `--name=path`, whatever the path is made of.
pub(super) fn flag(name: &str, path: &Path) -> std::ffi::OsString {
    let mut flag = std::ffi::OsString::from(name);
    flag.push(path);
    flag
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn built() -> (PathBuf, Value) {
        let workspace = Workspace::find().unwrap();
        let package = std::env::temp_dir().join(format!("softphone-package-{}", std::process::id()));
        texts(&workspace, &package).unwrap();
        let manifest = fs::read_to_string(package.join("package.json")).unwrap();
        (package, serde_json::from_str(&manifest).unwrap())
    }

    /// What only a build makes.
    const BUILT: [&str; 1] = ["./softphone.iife.js"];

    #[test]
    fn every_entry_is_there_and_tells_its_types_first() {
        let (package, manifest) = built();
        assert_ne!(manifest["version"], "0.0.0");
        assert_eq!(manifest.get("dependencies"), None);
        // serde_json keeps no order; the text does.
        let text = fs::read_to_string(package.join("package.json")).unwrap();
        let exports = manifest["exports"].as_object().unwrap();
        for (entry, ways) in exports {
            let Some(ways) = ways.as_object() else { continue };
            assert!(text.contains(&format!("\"{entry}\": {{ \"types\"")), "{entry}");
            for file in ways.values().filter_map(Value::as_str) {
                assert!(
                    BUILT.contains(&file) || package.join(file).is_file(),
                    "{entry}: no {file}"
                );
            }
        }
        fs::remove_dir_all(package).unwrap();
    }

    #[test]
    fn a_manifest_without_the_mark_is_refused() {
        assert_eq!(versioned("{\"version\": \"1.0.0\"}", "2.0.0"), None);
        assert_eq!(
            versioned("{\"version\": \"0.0.0\"}", "2.0.0").as_deref(),
            Some("{\"version\": \"2.0.0\"}")
        );
    }
}
