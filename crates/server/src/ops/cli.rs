//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The companion of the browser phone: keeps the vendor's secrets, takes its webhooks, pushes events, serves the widget.
#[derive(Debug, Parser)]
#[command(name = "softphone-server", version)]
pub struct Cli {
    /// The configuration.
    #[arg(
        long,
        global = true,
        env = "SOFTPHONE_CONFIG",
        default_value = "softphone.toml"
    )]
    pub config: PathBuf,
    /// Only check the configuration: every fault with its line.
    #[arg(long)]
    pub check: bool,
    /// What to do; without, serve.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Everything but serving.
#[derive(Debug, Subcommand)]
pub enum Command {}

impl Cli {
    /// Does what was asked; faults go to the standard error stream.
    pub async fn run(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}
