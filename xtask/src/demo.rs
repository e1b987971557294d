//! `cargo xtask demo`: the widget on a sandbox of its own, on this machine alone.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use crate::build;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

const FIRST_PORT: u16 = 8080;
const PORTS: u16 = 20;

/// Runs until Ctrl-C.
pub(crate) fn run(workspace: &Workspace, progress: Progress, port: Option<u16>) -> Result<(), Failure> {
    let tools = Tools::for_browser_build(workspace, progress)?;
    build::dist(workspace, progress, &tools)?;

    let mut cargo = tools.command("cargo");
    cargo
        .args(["build", "--package", "sandbox"])
        .current_dir(&workspace.root);
    cargo.env("CARGO_TARGET_DIR", &workspace.target);
    let what = "building the sandbox: 2 to 5 minutes the first time";
    progress.quietly(what, &mut cargo, &workspace.scratch().join("sandbox.log"))?;

    let port = match port {
        Some(port) => port,
        None => free_port()?,
    };
    progress.say("starting the sandbox; Ctrl-C stops it. It says its address once it answers:");
    let mut sandbox = tools.command(workspace.target.join("debug/sandbox"));
    sandbox
        .arg("--www")
        .arg(workspace.dist())
        .arg("--port")
        .arg(port.to_string());
    become_it(&mut sandbox)
}

fn free_port() -> Result<u16, Failure> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let last = FIRST_PORT + PORTS - 1;
    (FIRST_PORT..=last).find(is_free).ok_or_else(|| {
        Failure::new(format!(
            "ports {FIRST_PORT} to {last} are taken: give one with --port"
        ))
    })
}

/// The sandbox takes this process's place, so signals reach it whoever sends them.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;

    let error = command.exec();
    Err(Failure::new(format!(
        "cannot start {:?}: {error}",
        command.get_program()
    )))
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("the sandbox ended: {status}"))),
        Err(error) => Err(Failure::new(format!(
            "cannot start {:?}: {error}",
            command.get_program()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        // Whoever holds the first port, we or another program, the found one must be free.
        let _held = TcpListener::bind((Ipv4Addr::LOCALHOST, FIRST_PORT));
        let port = free_port().unwrap();
        assert_ne!(port, FIRST_PORT);
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok());
    }
}
