//! `server_load <softphone-server>`: starts servers, each a process of its own, and loads them from this one.
//!
//! `cargo xtask bench server` builds both and runs it. A table goes to standard error, one JSON object to standard
//! output. Goals are those of a quiet machine with two cores; a busy one misses them.

mod acks;
mod cross_node;
mod hooks;
mod posts;
mod process;
mod push;
mod seed;
mod servers;
mod streams;
mod table;
mod whom;

// The sandbox's load asks and counts in the same way.
#[path = "../../../sandbox/examples/rest_load/connection.rs"]
mod connection;
#[path = "../../../sandbox/examples/rest_load/measure.rs"]
mod measure;

#[path = "../../tests/support/postgres.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "a test's server")]
mod postgres;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use table::Table;

#[tokio::main]
async fn main() -> ExitCode {
    match bench().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn bench() -> Result<(), Box<dyn Error>> {
    let program: PathBuf = std::env::args_os()
        .nth(1)
        .ok_or("usage: server_load <softphone-server>")?
        .into();
    let folder = std::env::temp_dir().join(format!("softphone-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut table = Table::new();
    let done = all(&program, &folder, &mut table).await;
    let _ = std::fs::remove_dir_all(&folder);
    writeln!(std::io::stdout(), "{}", json!({ "server": table.report() }))?;
    done
}

async fn all(
    program: &std::path::Path,
    folder: &std::path::Path,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let postgres = postgres::Postgres::start();
    for store in ["sqlite", "postgres"] {
        let line = match store {
            "sqlite" => format!("sqlite = \"{}\"", folder.join("acks.sqlite").display()),
            _ => format!("postgres = \"{}\"", postgres.database().await),
        };
        acks::measure(program, folder, store, &line, table)?;
    }
    for readers in [1_000, 10_000] {
        push::measure(program, folder, readers, table).await?;
    }
    push::resume(program, folder, table).await?;
    whom::measure(program, folder, table).await?;
    cross_node::measure(program, folder, &postgres, table).await
}
