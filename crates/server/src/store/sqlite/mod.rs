//! SQLite: one file on one machine.
//!
//! One connection writes, because SQLite has one writer anyway and a queue in the pool is fairer than `SQLITE_BUSY`. A
//! few others read; in WAL mode neither side waits for the other. Every commit is on the disk when it returns.

mod backup;
mod scrub;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Pool, Transaction};

use super::{Kept, StoreError};

/// The database, for the shared SQL.
type Db = sqlx::Sqlite;

/// The rows of a JSON array of arrays, given as `$1`: `value ->> 0` is a row's first field.
macro_rules! rows {
    () => {
        " json_each($1) "
    };
}

#[path = "../sql/mod.rs"]
mod sql;

use backup::backup;
use scrub::scrub;
use sql::Sql;

/// Words of the schema: a call's view as JSON; types: a growing row number, a sequence number, bytes. Tables have a `rowid` of their own.
const SCHEMA_WORDS: [(&str, &str); 5] = [
    ("{id}", "INTEGER PRIMARY KEY"),
    ("{seq}", "INTEGER PRIMARY KEY"),
    ("{bytes}", "BLOB"),
    ("{rowid}", ""),
    ("{view}", "view"),
];
/// Makes a JSON object of names and values.
const JSON_OBJECT: &str = "json_object";
/// Connections that read.
const READERS: u32 = 4;
/// How long one waits for a connection, or for another process's write.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the file, makes it if it is not there, and brings it up to date.
///
/// # Errors
/// The folder is missing, the file is no database, or a newer program wrote it.
pub(super) async fn open(file: &Path) -> Kept<Sql> {
    make_private(file)?;
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted or written over is zeros in the file: numbers, notes and payloads do not outlive their row.
        .pragma("secure_delete", "ON")
        .busy_timeout(PATIENCE)
        .disable_statement_logging();
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
    };
    let write = pool().max_connections(1).connect_with(options.clone()).await?;
    sql::schema::update(&write).await?;
    let read = pool()
        .max_connections(READERS)
        .connect_with(options.read_only(true))
        .await?;
    Ok(Sql::new(read, write, Arc::default(), Wake))
}

/// An empty file only we may read: SQLite would make it for everybody, and it holds people's numbers.
fn make_private(file: &Path) -> Kept<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(file);
    opened.map(drop).map_err(|error| StoreError::Folder {
        file: file.to_owned(),
        why: error.to_string(),
    })
}

/// A transaction that may write: it holds the file's only write lock from the start, so it never has to give up later.
async fn begin(write: &Pool<Db>) -> Kept<Transaction<'static, Db>> {
    Ok(write.begin_with("BEGIN IMMEDIATE").await?)
}

/// There are no other nodes to wake.
pub(super) struct Wake;

impl Wake {
    /// After a commit.
    fn others(&self) {}

    /// At the end.
    fn stop(&self) {}
}

/// Whether it takes writes: only who may write gets the lock.
async fn may_write(write: &Pool<Db>) -> Kept<()> {
    Ok(begin(write).await?.rollback().await?)
}
