//! Set-up, build, demo, test and size: one command each, from a bare machine on. `cargo xtask help` lists them.

#![expect(clippy::print_stdout, reason = "a command-line program")]

mod bench;
mod build;
mod compress;
mod demo;
mod failure;
mod fingerprint;
mod finish;
mod glue;
mod language;
mod loader;
mod package;
mod progress;
mod size;
mod test;
mod tools;
mod wasm_file;
mod workspace;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;

const HELP: &str = "\
cargo xtask <command>     fetches or builds what it needs first, and says each step

  demo [--port N]   build the phone, start it with a server and a sandbox of the platform, say its address (8080 or the
                    next free port), who may sign in, and where a CRM has the phone in it (8090 or the next free port)
  test              everything CI runs; ends with `N passed, N failed`
  test --fast       the native part: format, clippy, tests without a browser
  setup             only fetch and build what the others need
  build             the widget in dist/, release, pre-compressed
  language          the texts of the screens into the catalogues www/lang/*.po, for translators
  size              what a browser downloads, against the budget; JSON in target/report/size.json
  package [npm|server]
                    what others install, in target/package: the npm package, the server's archive
  bench sandbox     REST requests a second of the sandbox on one core; JSON in target/report/bench-sandbox.json
  bench server      acks, streams, resume, dial-whom of the server; JSON in target/report/bench-server.json
  help              this

Tools built for it are kept in ~/.cargo/softphone-tools; logs of its steps are in target/xtask.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.show();
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let progress = Progress::start();
    match arguments {
        ["demo"] => demo::run(&workspace, progress, None),
        ["demo", "--port", port] => {
            let port = port
                .parse()
                .map_err(|_| Failure::new(format!("`{port}` is not a port")))?;
            demo::run(&workspace, progress, Some(port))
        }
        ["test"] => test::run(&workspace, progress, false),
        ["test", "--fast"] => test::run(&workspace, progress, true),
        ["setup"] => tools::all(&workspace, progress),
        ["build"] => build::run(&workspace, progress),
        ["language"] => language::run(&workspace),
        ["size"] => size::run(&workspace, progress),
        ["package"] => package::run(&workspace, progress, None),
        ["package", "npm"] => package::run(&workspace, progress, Some(package::Which::Npm)),
        ["package", "server"] => package::run(&workspace, progress, Some(package::Which::Server)),
        ["bench", "sandbox"] => bench::sandbox(&workspace, progress),
        ["bench", "server"] => bench::server(&workspace, progress),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(Failure::new(format!(
            "no such command: {}\n\n{HELP}",
            arguments.join(" ")
        ))),
    }
}
