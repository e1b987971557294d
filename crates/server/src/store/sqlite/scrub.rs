//! The write-ahead log keeps what a row held before it was written over. This empties it.

use std::time::Duration;

use sqlx::{ConnectOptions as _, Connection as _, Pool};

use super::Db;
use crate::store::Kept;

/// How long readers in the middle of the log are waited for. Nobody writes meanwhile, so it is short.
const PATIENCE: Duration = Duration::from_millis(250);
/// Tries, and the pause between them. A copy being made reads for longer than all of them: then the log is written over
/// in its own time.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// Moves the log into the file and makes it empty.
pub(super) async fn scrub(write: &Pool<Db>) -> Kept<()> {
    for _ in 0..TRIES {
        if is_emptied(write).await? {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    tracing::warn!(
        "the write-ahead log is being read and keeps what was written over; it is emptied in its own time"
    );
    Ok(())
}

/// One try. The only writer waits in `turn`; a connection of its own has its own patience.
async fn is_emptied(write: &Pool<Db>) -> Kept<bool> {
    let turn = write.acquire().await?;
    let options = write.connect_options().as_ref().clone();
    let mut connection = options.busy_timeout(PATIENCE).connect().await?;
    let (busy, ..): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    drop(turn);
    Ok(busy == 0)
}
