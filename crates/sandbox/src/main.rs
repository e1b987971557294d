//! `sandbox`: see `sandbox --help`.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use sandbox::{Options, Sandbox};

#[tokio::main]
async fn main() -> ExitCode {
    let running = match Sandbox::spawn(Options::parse()).await {
        Ok(running) => running,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            return ExitCode::FAILURE;
        }
    };
    // One line, once it answers: scripts wait for it.
    let _ = writeln!(
        std::io::stdout(),
        "Listening on http://{}/ (control page: /control/)",
        running.addr
    );
    let _ = std::io::stdout().flush();
    let _ = tokio::signal::ctrl_c().await;
    drop(running);
    ExitCode::SUCCESS
}
