//! `cargo xtask bench server`: webhooks made durable, events pushed, callers connected.

use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::{Tools, packages};
use crate::workspace::Workspace;

/// Builds server and load in release; the load starts the servers it needs. Writes `target/report/bench-server.json`.
pub(crate) fn run(workspace: &Workspace, progress: Progress) -> Result<(), Failure> {
    let tools = Tools::of_machine();
    packages::for_servers(workspace, progress, &tools)?;
    let mut cargo = tools.command("cargo");
    cargo
        .args(["build", "--release", "--package", "server"])
        .args(["--bin", "softphone-server", "--example", "server_load"])
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target);
    let what = "building server and load, release: 10 to 20 minutes the first time";
    progress.quietly(what, &mut cargo, &workspace.scratch().join("bench-server.log"))?;

    let release = workspace.target.join("release");
    progress.say("measuring: 3 to 5 minutes");
    let mut load = Command::new(release.join("examples/server_load"));
    load.arg(release.join("softphone-server"))
        .stderr(Stdio::inherit());
    let output = load
        .output()
        .map_err(|e| Failure::new(format!("cannot start {:?}: {e}", load.get_program())))?;
    if !output.stdout.is_empty() {
        super::report(workspace, "bench-server.json", &output.stdout)?;
    }
    match output.status.success() {
        true => Ok(()),
        false => Err(Failure::new(
            "the load did not come to its end; what it said is above",
        )),
    }
}
