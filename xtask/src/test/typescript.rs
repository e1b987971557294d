//! What the package declares for TypeScript, held against examples of its use.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::package::npm;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::tools::npm_bin::TYPESCRIPT;
use crate::workspace::Workspace;

/// The two ways by which projects of today find a package's entries.
const WAYS: [[&str; 4]; 2] = [
    ["--module", "esnext", "--moduleResolution", "bundler"],
    ["--module", "node16", "--moduleResolution", "node16"],
];

/// Compiles every example of `packages/softphone` in the strict way, in a project that has the package installed, without
/// writing anything.
pub(super) fn check(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    TYPESCRIPT.find_or_fetch(workspace, progress, tools);
    let compiler = TYPESCRIPT
        .find(workspace)
        .ok_or_else(|| Failure::new("no TypeScript compiler: install node and npm"))?;
    let project = workspace.scratch().join("typescript");
    npm::texts(workspace, &project.join("node_modules/@softphone/widget"))?;
    let examples = copied(workspace, &project)?;
    for way in WAYS {
        let mut compile = tools.command(Path::new(&compiler));
        compile.current_dir(&project);
        let flags = [
            "--noEmit",
            "--strict",
            "--target",
            "es2022",
            "--lib",
            "es2022,dom,dom.iterable",
        ];
        compile.args(flags).args(way).args(&examples);
        let log = workspace.scratch().join("typescript.log");
        let what = format!(
            "compiling the package's examples with TypeScript, resolved as by {}",
            way[3]
        );
        progress.quietly(&what, &mut compile, &log)?;
    }
    Ok(())
}

/// The examples' names, once they are in the project.
fn copied(workspace: &Workspace, project: &Path) -> Result<Vec<String>, Failure> {
    let manifest = project.join("package.json");
    fs::write(&manifest, "{\"type\": \"module\"}").map_err(|e| Failure::io("write", &manifest, &e))?;
    let examples = workspace.root.join("packages/softphone/examples");
    let entries = fs::read_dir(&examples).map_err(|e| Failure::io("read", &examples, &e))?;
    let mut names = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        fs::copy(entry.path(), project.join(&name)).map_err(|e| Failure::io("copy", &entry.path(), &e))?;
        names.push(name);
    }
    names.sort();
    Ok(names)
}
