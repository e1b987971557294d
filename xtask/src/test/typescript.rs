//! What the package declares for TypeScript, held against examples of its use.

use std::path::Path;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::tools::npm_bin::TYPESCRIPT;
use crate::workspace::Workspace;

/// Compiles every example of `packages/softphone` in the strict way, without writing anything.
pub(super) fn check(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    TYPESCRIPT.find_or_fetch(workspace, progress, tools);
    let compiler = TYPESCRIPT
        .find(workspace)
        .ok_or_else(|| Failure::new("no TypeScript compiler: install node and npm"))?;
    let mut compile = tools.command(Path::new(&compiler));
    compile.current_dir(workspace.root.join("packages/softphone"));
    let flags = [
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom,dom.iterable",
    ];
    compile.args(flags).arg("examples/page.ts");
    let log = workspace.scratch().join("typescript.log");
    progress.quietly(
        "compiling the package's examples with TypeScript",
        &mut compile,
        &log,
    )
}
