//! The command line.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use super::logging::{self, LogFormat};
use super::{Limits, backup, export, signals, start};
use crate::auth::Auth;
use crate::auth::cli::{Key, User};
use crate::auth::token;
use crate::config::{self, Config, Summary};
use crate::store::{self, Store};

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
    /// How log lines look.
    #[arg(long, env = "SOFTPHONE_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
    /// What is logged: error, warn, info, debug, trace, or target=level with commas between.
    #[arg(long, env = "SOFTPHONE_LOG", default_value = "info")]
    pub log: String,
    /// What to do; without, serve.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Everything but serving.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Local accounts.
    #[command(subcommand)]
    User(User),
    /// Keys with which a CRM's backend asks for tickets.
    #[command(subcommand)]
    Key(Key),
    /// Prints what is kept as JSON lines, without secrets.
    Export {
        /// One table only.
        #[arg(long, value_parser = PossibleValuesParser::new(export::tables()))]
        table: Option<String>,
    },
    /// Writes a consistent copy of the SQLite file while the server runs.
    Backup {
        /// A file that does not exist yet.
        path: PathBuf,
    },
    /// Prints a new random secret, for `hooks.secrets`. Needs no configuration.
    Secret,
}

/// What a command says when it fails: a sentence for the terminal.
type Done = Result<(), String>;

impl Cli {
    /// Does what was asked; faults go to the standard error stream.
    pub async fn run(self) -> ExitCode {
        logging::start(self.log_format, &self.log);
        match self.work().await {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                eprintln!("{}", sentence.trim_end());
                ExitCode::FAILURE
            }
        }
    }

    async fn work(self) -> Done {
        if matches!(self.command, Some(Command::Secret)) {
            let (secret, _) = token::fresh().map_err(|_| "The system gives no random bytes.".to_owned())?;
            return say(&format!("{}\n", secret.reveal()));
        }
        let config = config::load(&self.config).map_err(|faults| faults.to_string())?;
        if self.check {
            return say(&format!("{}\n", Summary(&config)));
        }
        match self.command {
            None => serve(config).await,
            Some(Command::User(user)) => {
                let auth = Auth::new(&config, open(&config).await?);
                say(&user.run(&auth).await?)
            }
            Some(Command::Key(key)) => {
                let auth = Auth::new(&config, open(&config).await?);
                say(&key.run(&auth).await?)
            }
            Some(Command::Export { table }) => {
                let store = open(&config).await?;
                let out = &mut std::io::BufWriter::new(std::io::stdout());
                let done = export::export(store.as_ref(), table.as_deref(), out).await;
                done.map_err(|error| error.to_string())
            }
            Some(Command::Backup { path }) => {
                let store = open(&config).await?;
                let done = backup::backup(store.as_ref(), &path).await;
                done.map_err(|error| error.to_string())
            }
            // Done before the configuration was read.
            Some(Command::Secret) => Ok(()),
        }
    }
}

/// Serves until a signal says to stop.
async fn serve(config: Config) -> Done {
    let store = open(&config).await?;
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    // Before the address is told: a signal that comes right after must find its listener.
    let signals = signals::Signals::listen().map_err(|error| format!("Signals cannot be heard: {error}"))?;
    let running = start(config, store, Limits::default()).await;
    let running = running.map_err(|error| format!("The server does not start: {error}."))?;
    say(&format!("Listening on {scheme}://{}\n", running.addr))?;
    let patience = signals.wait(|| running.reread_certificate()).await;
    running.stop(patience).await;
    Ok(())
}

async fn open(config: &Config) -> Result<Arc<dyn Store>, String> {
    let store = store::open(&config.store).await;
    store.map_err(|error| format!("The store does not open: {error}."))
}

/// To the standard output, at once.
fn say(text: &str) -> Done {
    let mut out = std::io::stdout();
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    said.map_err(|error| format!("The standard output is closed: {error}"))
}
