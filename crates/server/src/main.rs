//! `softphone-server`: see `softphone-server --help`.

use std::process::ExitCode;

use clap::Parser;
use server::ops::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    Cli::parse().run().await
}
