//! `cargo xtask bench`: figures on the screen, JSON in `target/report/`. Measured against running programs from a second
//! process, so that the one that asks does not slow the one that answers more than a browser would.

mod sandbox;
mod server;

use std::fs;

pub(crate) use sandbox::run as sandbox;
pub(crate) use server::run as server;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Keeps what a load program said.
fn report(workspace: &Workspace, name: &str, json: &[u8]) -> Result<(), Failure> {
    let folder = workspace.target.join("report");
    let file = folder.join(name);
    fs::create_dir_all(&folder).map_err(|e| Failure::io("create", &folder, &e))?;
    fs::write(&file, json).map_err(|e| Failure::io("write", &file, &e))?;
    println!("  {}", file.display());
    Ok(())
}
