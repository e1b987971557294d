//! `cargo xtask demo`: sandbox, companion server and widget on one port of this machine alone, and a CRM's page with the phone
//! in it on another.
//!
//! ```text
//! browser -> sandbox :8080 --its own paths (SIP, REST, /control)
//!                          --the rest--> server :free (page, /api, /events, /hooks)
//!         -> CRM :8090, which is this program (crm.rs)
//! ```
//! The sandbox comes first: it makes up the vendor's credentials, from which the server's configuration is written. Records
//! live in a temporary folder and go with the demo.

mod configuration;
mod crm;
mod http;
mod process;
mod serve;
mod setup;

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::build;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;
use crm::Crm;
use process::Process;
use setup::{Demo, PEOPLE};

const FIRST_PORT: u16 = 8080;
const PORTS: u16 = 20;
/// Where the CRM is, if that is free.
const FIRST_CRM_PORT: u16 = 8090;
/// How often the demo looks whether both programs are still there.
const LOOK: Duration = Duration::from_millis(200);

/// Runs until Ctrl-C or SIGTERM.
pub(crate) fn run(workspace: &Workspace, progress: Progress, port: Option<u16>) -> Result<(), Failure> {
    let tools = Tools::for_browser_build(workspace, progress)?;
    build::dist(workspace, progress, &tools)?;

    // Debug: a release of both takes a quarter of an hour the first time, and a demo has one caller.
    let mut cargo = tools.command("cargo");
    cargo
        .args(["build", "--package", "sandbox", "--package", "server", "--bins"])
        .current_dir(&workspace.root);
    cargo.env("CARGO_TARGET_DIR", &workspace.target);
    let what = "building sandbox and server: 3 to 8 minutes the first time";
    progress.quietly(what, &mut cargo, &workspace.scratch().join("demo-build.log"))?;

    let port = match port {
        Some(port) => port,
        None => free_port()?,
    };
    let (crm_listener, crm_port) = crm_listener(port)?;
    // Before anything runs: a signal from now on ends the demo in order.
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody listens only when the demo is ending already.
        let _ = stop.send(());
    })
    .map_err(|e| Failure::new(format!("cannot listen for Ctrl-C: {e}")))?;

    let folder = Folder::new()?;
    let demo = Demo::new(port, crm_port, &folder.0, &workspace.dist())?;
    progress.say("starting sandbox and server; Ctrl-C stops them");
    let (sandbox, server, key) = start(workspace, &demo)?;
    let crm = Crm {
        origin: demo.crm_origin(),
        phone: demo.origin(),
        port,
        key,
        www: workspace.root.join("www"),
    };
    serve::serve(crm_listener, move |asked| crm.answer(asked));
    // One line, once both answer: scripts wait for it.
    println!("Listening on {}/ (control page: /control/)", demo.origin());
    let names = PEOPLE.map(|person| person.name).join(", ");
    println!("Sign in as {names}; the password of all is {}", demo.password);
    println!("A CRM with the phone in it: {}/", demo.crm_origin());
    while stopped.recv_timeout(LOOK).is_err() {
        for program in [&sandbox, &server] {
            program.still_runs()?;
        }
    }
    progress.say("stopping");
    server.stop();
    sandbox.stop();
    Ok(())
}

/// Both programs, each once it answers, with people and webhooks in place; and the CRM's key.
fn start(workspace: &Workspace, demo: &Demo) -> Result<(Process, Process, String), Failure> {
    let debug = workspace.target.join("debug");
    let scratch = workspace.scratch();
    let program = |name: &str| debug.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let sandbox = Process::start(
        "sandbox",
        &program("sandbox"),
        &demo.sandbox_arguments(),
        &scratch,
    )?;
    demo.write_configuration()?;
    demo.add_people(&program("softphone-server"))?;
    let key = demo.add_key(&program("softphone-server"))?;
    let arguments = demo.server_arguments();
    let server = Process::start("server", &program("softphone-server"), &arguments, &scratch)?;
    demo.install_webhooks()?;
    demo.write_people()?;
    Ok((sandbox, server, key))
}

/// A temporary folder for this user alone. It goes when this is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("softphone-demo-{}", std::process::id()));
        let folder = fs::create_dir(&path).and_then(|()| private(&path));
        folder.map_err(|e| Failure::io("create", &path, &e))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The system clears it away some day.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_: &Path) -> std::io::Result<()> {
    Ok(())
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

/// Held from now on, so that nobody else gets it; never the demo's own port.
fn crm_listener(taken: u16) -> Result<(TcpListener, u16), Failure> {
    let last = FIRST_CRM_PORT + PORTS - 1;
    let mut ports = (FIRST_CRM_PORT..=last).filter(|port| *port != taken);
    ports
        .find_map(|port| Some((TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?, port)))
        .ok_or_else(|| {
            Failure::new(format!(
                "ports {FIRST_CRM_PORT} to {last} are taken: the CRM needs one"
            ))
        })
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

    #[test]
    fn the_crm_takes_another_port_than_the_demo() {
        let (first, port) = crm_listener(FIRST_CRM_PORT).unwrap();
        assert_ne!(port, FIRST_CRM_PORT);
        let (_, next) = crm_listener(FIRST_CRM_PORT).unwrap();
        assert_ne!(port, next);
        assert_eq!(first.local_addr().unwrap().port(), port);
    }
}
