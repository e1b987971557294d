//! `cargo xtask bench sandbox`: REST requests a second on one core, and how long they take.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// Builds sandbox and load in release, runs the one against the other, writes `target/report/bench-sandbox.json`.
pub(crate) fn run(workspace: &Workspace, progress: Progress) -> Result<(), Failure> {
    let tools = Tools::of_machine();
    let mut cargo = tools.command("cargo");
    cargo
        .args(["build", "--release", "--package", "sandbox"])
        .args(["--bin", "sandbox", "--example", "rest_load"])
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target);
    let what = "building sandbox and load, release: 5 to 15 minutes the first time";
    progress.quietly(what, &mut cargo, &workspace.scratch().join("bench-sandbox.log"))?;

    let release = workspace.target.join("release");
    let server = Server::start(&release.join("sandbox"))?;
    progress.say("asking for 8 seconds");
    let mut load = Command::new(release.join("examples/rest_load"));
    load.arg(&server.address).stderr(Stdio::inherit());
    let output = load
        .output()
        .map_err(|e| Failure::new(format!("cannot start {:?}: {e}", load.get_program())))?;
    if !output.stdout.is_empty() {
        super::report(workspace, "bench-sandbox.json", &output.stdout)?;
    }
    match output.status.success() {
        true => Ok(()),
        false => Err(Failure::new(
            "the goal was missed; a busy machine is the commonest reason",
        )),
    }
}

/// A sandbox on one worker thread. Dropping it stops it.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> Result<Self, Failure> {
        let fail = |why: String| Failure::new(format!("the sandbox did not start: {why}"));
        let mut child = Command::new(program)
            .args(["--port", "0"])
            // tokio's own variable: all requests are answered by this many threads.
            .env("TOKIO_WORKER_THREADS", "1")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| fail(e.to_string()))?;
        let mut line = String::new();
        let read = child
            .stdout
            .take()
            .map(|out| BufReader::new(out).read_line(&mut line));
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        match (read, address.map(str::to_owned)) {
            (Some(Ok(_)), Some(address)) => Ok(Self { child, address }),
            _ => {
                let _ = child.kill();
                Err(fail(format!("it said \"{}\"", line.trim())))
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
