//! Set-up, build, demo, test and size: one command each, from a bare machine on. `cargo xtask help` lists them.

mod failure;
mod stamp;

use std::process::ExitCode;

use crate::failure::Failure;

fn main() -> ExitCode {
    let done = match std::env::args().nth(1).as_deref() {
        Some("stamp") => stamp::run(),
        other => Err(Failure::new(format!(
            "no such command: {}",
            other.unwrap_or("none given")
        ))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
