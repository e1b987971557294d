//! What the tests need from the system: Chromium, the SIP servers, PostgreSQL, coturn and proxies, by apt where there is one.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::tools::cargo_bin;
use crate::tools::npm_bin::{AXE, HUBSPOT, VITE};
use crate::workspace::Workspace;

/// How to see that a package is there.
enum Proof {
    /// A program on the path.
    Program(&'static str),
    /// A program on the path, or where Debian keeps what only root runs.
    SystemProgram(&'static str),
    /// A module of Kamailio.
    KamailioModule(&'static str),
    /// A program of PostgreSQL, which Debian keeps in a folder for each version.
    PostgresProgram(&'static str),
}

use Proof::{KamailioModule, PostgresProgram, Program, SystemProgram};

/// A Debian package, and how to see that it is there.
type Package = (&'static str, Proof);

/// For the tests of the server: a real database, a real TURN server, the proxies of deploy/.
const SERVERS: [Package; 4] = [
    ("postgresql", PostgresProgram("initdb")),
    ("coturn", Program("turnserver")),
    ("nginx-light", SystemProgram("nginx")),
    ("caddy", Program("caddy")),
];

/// For the browser and interop stories.
const STORIES: [Package; 10] = [
    ("chromium", Program("chromium")),
    ("chromium-driver", Program("chromedriver")),
    ("firefox-esr", Program("firefox-esr")),
    ("kamailio", Program("kamailio")),
    ("kamailio-websocket-modules", KamailioModule("websocket.so")),
    ("rtpengine-daemon", Program("rtpengine")),
    ("sip-tester", Program("sipp")),
    ("baresip-core", Program("baresip")),
    ("openssl", Program("openssl")),
    ("npm", Program("npm")),
];

/// What the tests of the server need.
pub(crate) fn for_servers(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    provide(
        "PostgreSQL, coturn, nginx and Caddy",
        &SERVERS,
        workspace,
        progress,
        tools,
    )
}

/// What the browser and interop stories need.
pub(crate) fn for_stories(workspace: &Workspace, progress: Progress, tools: &Tools) -> Result<(), Failure> {
    provide(
        "Chromium and the SIP servers",
        &STORIES,
        workspace,
        progress,
        tools,
    )?;
    cargo_bin::geckodriver(workspace, progress, &mut tools.clone())?;
    for tool in [AXE, HUBSPOT, VITE] {
        tool.find_or_fetch(workspace, progress, tools);
        tool.find(workspace).ok_or_else(|| {
            Failure::new("npm did not bring axe-core, Vite or HubSpot's SDK, which the stories take: install node and npm")
        })?;
    }
    Ok(())
}

/// Installs what is missing, or says the line that would.
fn provide(
    what: &str,
    packages: &[Package],
    workspace: &Workspace,
    progress: Progress,
    tools: &Tools,
) -> Result<(), Failure> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|(_, proof)| !is_there(proof, tools))
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        progress.say(&format!("{what}: present"));
        return Ok(());
    }
    let options = "-y --no-install-recommends";
    let by_hand = format!(
        "sudo apt-get update && sudo apt-get install {options} {}",
        missing.join(" ")
    );
    if tools.which("apt-get").is_none() {
        let names = missing.join(", ");
        return Err(Failure::new(format!(
            "missing for the tests: {names} (names of Debian packages; there is no apt here, \
             install their like). On Debian: {by_hand}"
        )));
    }
    let root = output_of("id", &["-u"]) == "0";
    let sudo = !root
        && Command::new("sudo")
            .args(["-n", "true"])
            .output()
            .is_ok_and(|out| out.status.success());
    if !root && !sudo {
        return Err(Failure::new(format!(
            "missing for the tests, and this is not root. Run: {by_hand}"
        )));
    }
    let apt = |arguments: &[&str]| {
        let mut command = if root {
            tools.command("env")
        } else {
            tools.command("sudo")
        };
        command
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .args(arguments);
        command
    };
    let log = |name: &str| workspace.scratch().join(name);
    let say_line = |e: Failure| Failure::new(format!("{e}\nOnce that is mended, run: {by_hand}"));
    progress
        .quietly("apt-get update", &mut apt(&["update"]), &log("apt-update.log"))
        .map_err(say_line)?;
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    install.args(&missing);
    let step = format!("apt-get install {}", missing.join(" "));
    progress
        .quietly(&step, &mut install, &log("apt-install.log"))
        .map_err(say_line)?;
    // A package that calls itself otherwise on this system must not end as an obscure test failure.
    let still: Vec<&str> = packages
        .iter()
        .filter(|(_, proof)| !is_there(proof, tools))
        .map(|(package, _)| *package)
        .collect();
    if still.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "installed, yet not found where expected: {}",
        still.join(", ")
    )))
}

fn is_there(proof: &Proof, tools: &Tools) -> bool {
    match proof {
        Program(name) => tools.which(name).is_some(),
        SystemProgram(name) => tools.which(name).is_some() || Path::new("/usr/sbin").join(name).is_file(),
        KamailioModule(file) => kamailio_module(file),
        PostgresProgram(name) => tools.which(name).is_some() || postgres_program(name),
    }
}

fn postgres_program(name: &str) -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    versions
        .map(|version| version.path().join("bin").join(name))
        .any(|program| program.is_file())
}

/// Debian keeps them under the architecture's own folder.
fn kamailio_module(file: &str) -> bool {
    let libraries = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64"].map(Path::new);
    let architectures = fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    libraries
        .into_iter()
        .map(Path::to_path_buf)
        .chain(architectures)
        .any(|library| library.join("kamailio/modules").join(file).is_file())
}

fn output_of(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output
        .map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
        .unwrap_or_default()
}
