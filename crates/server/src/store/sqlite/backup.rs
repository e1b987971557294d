//! A consistent copy of the file, while others read and write.

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _, Pool};

use super::{Db, make_private, sql};
use crate::store::{Kept, StoreError};

/// Writes the copy to `to`, which is not there before, and is whole once it is there. A failure leaves nothing.
pub(super) async fn backup(read: &Pool<Db>, to: &Path) -> Kept<()> {
    if to.exists() {
        return Err(fault(to, "it exists, and a copy is never written over"));
    }
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    if part.exists() {
        return Err(fault(&part, "another copy is being made; if not, remove it"));
    }
    let done = match write(read, &part).await {
        Ok(()) => std::fs::rename(&part, to).map_err(|error| fault(to, &error.to_string())),
        Err(error) => Err(error),
    };
    if done.is_err() {
        // Best effort: what is wrong is told already.
        let _ = std::fs::remove_file(&part);
    }
    done
}

async fn write(read: &Pool<Db>, to: &Path) -> Kept<()> {
    let Some(name) = to.to_str() else {
        return Err(StoreError::Unsupported("The copy's path must be UTF-8."));
    };
    make_private(to)?;
    sqlx::query("VACUUM INTO $1").bind(name).execute(read).await?;
    give_new_epoch(to).await?;
    let synced = std::fs::File::open(to).and_then(|copy| copy.sync_all());
    synced.map_err(|error| fault(to, &error.to_string()))
}

/// A restored log goes on with numbers that the lost one may have given already. With an epoch of its own, a reader's
/// cursor of the lost one is answered with `lost`, not with other events under the same numbers.
async fn give_new_epoch(file: &Path) -> Kept<()> {
    // Without a write-ahead log the copy stays one file.
    let mut copy = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Delete)
        .connect()
        .await?;
    sqlx::query("UPDATE meta SET value = $1 WHERE key = 'epoch'")
        .bind(sql::schema::new_epoch()?)
        .execute(&mut copy)
        .await?;
    Ok(copy.close().await?)
}

fn fault(file: &Path, why: &str) -> StoreError {
    StoreError::Copy {
        file: file.to_owned(),
        why: why.to_owned(),
    }
}
