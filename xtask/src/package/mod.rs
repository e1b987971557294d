//! `cargo xtask package`: what others install, in `target/package/`: the npm package and the server's archive.

pub(crate) mod npm;
mod programs;
mod server;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::size;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// The command: both, or the one that is named.
pub(crate) fn run(workspace: &Workspace, progress: Progress, which: Option<Which>) -> Result<(), Failure> {
    let tools = Tools::for_browser_build(workspace, progress)?;
    if which != Some(Which::Server) {
        npm::pack(workspace, progress, &tools)?;
        size::check(workspace)?;
    }
    if which != Some(Which::Npm) {
        server::archive(workspace, progress, &tools)?;
    }
    Ok(())
}

/// What can be packed alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// For pages.
    Npm,
    /// For machines.
    Server,
}
