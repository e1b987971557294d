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
    asked_to_stop().await;
    // Saves the state once more.
    drop(running);
    ExitCode::SUCCESS
}

/// Waits for Ctrl-C, or for what service managers send.
async fn asked_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
