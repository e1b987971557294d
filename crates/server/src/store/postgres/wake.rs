//! LISTEN and NOTIFY, as a wake-up and nothing else: a notice carries no data, and may be lost.
//!
//! NOTIFY takes a lock of the whole server at commit. So it is sent outside the transactions it tells of, and many
//! commits share one.

use std::sync::Arc;
use std::time::Duration;

use sqlx::Pool;
use sqlx::postgres::PgListener;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::sleep;

use super::Db;

/// The channel's name.
const CHANNEL: &str = "softphone_log";
/// The shortest time between two notices of one node.
const BREATH: Duration = Duration::from_millis(20);
/// The wait before another try when the server is away.
const RETRY: Duration = Duration::from_millis(500);

/// Tells other nodes of commits, and hears of theirs. Ends when dropped.
pub(super) struct Wake {
    news: Arc<Notify>,
    tasks: [AbortHandle; 2],
}

impl Wake {
    /// Starts both tasks. `committed` is told of every node's commits.
    pub(super) fn start(pool: Pool<Db>, committed: Arc<Notify>) -> Self {
        let news = Arc::new(Notify::new());
        let speaker = tokio::spawn(speak(pool.clone(), Arc::clone(&news)));
        let listener = tokio::spawn(listen(pool, committed));
        let tasks = [speaker.abort_handle(), listener.abort_handle()];
        Self { news, tasks }
    }

    /// After a commit.
    pub(super) fn others(&self) {
        self.news.notify_one();
    }

    /// At the end.
    pub(super) fn stop(&self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Sends a notice for all commits since the last one. A lost one is not sent again: the others poll besides.
async fn speak(pool: Pool<Db>, news: Arc<Notify>) {
    let notice = format!("NOTIFY {CHANNEL}");
    loop {
        news.notified().await;
        if let Err(error) = sqlx::query(sqlx::AssertSqlSafe(notice.clone()))
            .execute(&pool)
            .await
        {
            tracing::debug!(%error, "other nodes could not be told of a commit");
        }
        sleep(BREATH).await;
    }
}

/// Hears notices for ever. A connection that was lost may have missed some, so it counts as one.
async fn listen(pool: Pool<Db>, committed: Arc<Notify>) {
    loop {
        if let Err(error) = hear(&pool, &committed).await {
            tracing::debug!(%error, "no notices of other nodes' commits for now");
        }
        committed.notify_waiters();
        committed.notify_one();
        sleep(RETRY).await;
    }
}

/// Hears notices until the connection fails.
async fn hear(pool: &Pool<Db>, committed: &Notify) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let notice = listener.try_recv().await?;
        committed.notify_waiters();
        committed.notify_one();
        if notice.is_none() {
            tracing::debug!("the connection for notices was lost and is made anew");
        }
    }
}
