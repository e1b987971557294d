//! PostgreSQL: many nodes, one log.
//!
//! Whoever appends holds one lock of the database until its commit can be seen, so places in the log appear in their own
//! order and a reader with a cursor skips nothing (PostgreSQL itself promises that of no sequence). The price is one
//! commit at a time; batches make it small.

mod wake;

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use exotel::Secret;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, Pool, Transaction};

use super::{Kept, StoreError};
use wake::Wake;

/// The database, for the shared SQL.
type Db = sqlx::Postgres;

/// The rows of a JSON array of arrays, given as `$1`: `value ->> 0` is a row's first field.
macro_rules! rows {
    () => {
        " json_array_elements($1::json) AS rows(value) "
    };
}

#[path = "../sql/mod.rs"]
mod sql;

use sql::Sql;

/// Words of the schema: a call's view as JSON; types: a growing row number, a sequence number, bytes; and the row number that SQLite has by itself.
const SCHEMA_WORDS: [(&str, &str); 5] = [
    ("{id}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    ("{seq}", "BIGINT PRIMARY KEY"),
    ("{bytes}", "BYTEA"),
    ("{rowid}", "rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,"),
    ("{view}", "CAST(view AS JSONB)"),
];
/// Makes a JSON object of names and values.
const JSON_OBJECT: &str = "json_build_object";
/// Connections that read, and that write.
const CONNECTIONS: (u32, u32) = (8, 4);
/// How long one waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// The lock of whoever appends: "softphon" in ASCII.
const APPEND: i64 = 0x736f_6674_7068_6f6e;

/// Connects, makes the tables if there are none, and brings them up to date.
///
/// # Errors
/// The server cannot be reached, refuses us, or a newer program wrote the tables.
pub(super) async fn open(url: &Secret) -> Kept<Sql> {
    let options = PgConnectOptions::from_str(url.reveal()).map_err(|_| {
        StoreError::Unsupported(
            "The PostgreSQL address cannot be read: write postgres://user:password@host/database.",
        )
    })?;
    let options = options
        .application_name("softphone-server")
        .disable_statement_logging();
    let (readers, writers) = CONNECTIONS;
    let write = pool(writers).connect_with(options.clone()).await?;
    sql::schema::update(&write).await?;
    let read = pool(readers).connect_lazy_with(options.clone());
    let committed = Arc::default();
    let wake = Wake::start(pool(2).connect_lazy_with(options), Arc::clone(&committed));
    Ok(Sql::new(read, write, committed, wake))
}

/// Connections with limits: a node that dies or hangs within a transaction gives the lock back soon.
fn pool(most: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| {
            let limits = "SET statement_timeout = '15s'; SET idle_in_transaction_session_timeout = '10s'";
            Box::pin(async move { connection.execute(limits).await.map(drop) })
        })
        // Without a limit of ours the pool would ask a host that has vanished until the kernel gives up, and keep the
        // connection's place meanwhile.
        .after_release(|connection, _| {
            Box::pin(async move {
                let answer = tokio::time::timeout(PATIENCE, connection.ping()).await;
                answer.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map(|()| true)
            })
        })
}

/// A transaction that may append to the log; it waits for its turn.
async fn begin(write: &Pool<Db>) -> Kept<Transaction<'static, Db>> {
    let mut tx = write.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(APPEND)
        .execute(&mut *tx)
        .await?;
    Ok(tx)
}

/// Whether it takes writes; it waits for no other writer.
async fn may_write(write: &Pool<Db>) -> Kept<()> {
    let ask = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";
    let (only_reads,): (bool,) = sqlx::query_as(ask).fetch_one(write).await?;
    match only_reads {
        true => Err(StoreError::Unsupported(
            "This PostgreSQL only reads, it is a standby or set so: name the one that writes.",
        )),
        false => Ok(()),
    }
}

/// Old versions of a row are PostgreSQL's own to clear, by its vacuum.
async fn scrub(_: &Pool<Db>) -> Kept<()> {
    Ok(())
}

/// PostgreSQL has its own tool.
async fn backup(_: &Pool<Db>, _: &Path) -> Kept<()> {
    Err(StoreError::Unsupported(
        "PostgreSQL makes its own copies: pg_dump --format=custom --file=softphone.dump <the store's address>",
    ))
}
