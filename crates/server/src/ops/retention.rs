//! Forgetting: once an hour, on one node of many; what only a ringing device may read, after minutes on any.

use std::time::Duration;

use protocol::Millis;

use crate::config::RetentionConfig;
use crate::store::Retention;
use crate::{App, clock};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);
/// The first time: soon, but not while everything starts.
const FIRST: Duration = Duration::from_secs(60);
/// How long a push notification keeps its payload. Whoever has it could take the call, which rings a minute at most; a
/// phone that comes back later than this learns from the log that it was rung, and can do nothing with more.
const PUSH_PAYLOAD: Duration = Duration::from_secs(5 * 60);
/// How often payloads go.
const PUSH_EVERY: Duration = Duration::from_secs(60);
/// The lease's name.
const LEASE: &str = "retention";

/// Forgets what is too old, for ever.
pub(super) async fn run(app: App) {
    let holder = format!("{:08x}", getrandom::u32().unwrap_or(std::process::id()));
    tokio::time::sleep(FIRST).await;
    loop {
        match once(&app, &holder).await {
            Ok(Some(rows)) => tracing::info!(rows, "forgot what was too old"),
            Ok(None) => tracing::debug!("another node forgets what is too old"),
            Err(error) => tracing::error!(%error, "what is too old could not be forgotten; again in an hour"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Empties push notifications that have rung, for ever. Nodes may do it at once: the second finds nothing.
pub(super) async fn empty_pushes(app: App) {
    loop {
        match app.store.empty_pushes(clock::now() - millis(PUSH_PAYLOAD)).await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "emptied push notifications that have rung"),
            Err(error) => {
                tracing::error!(%error, "push notifications could not be emptied; again in a minute")
            }
        }
        tokio::time::sleep(PUSH_EVERY).await;
    }
}

/// Once, if no other node does. How many rows went.
async fn once(app: &App, holder: &str) -> Result<Option<u64>, crate::store::StoreError> {
    let now = clock::now();
    // A little less than the turn, so that the holder takes it again and a node that died is followed by another.
    let until = now + millis(EVERY) - 60_000;
    if !app.store.lease(LEASE, holder, now, until).await? {
        return Ok(None);
    }
    let limits = limits(&app.config.retention, now);
    app.store.forget(&limits).await.map(Some)
}

/// The moments before which things go.
fn limits(config: &RetentionConfig, now: Millis) -> Retention {
    Retention {
        events: now - millis(config.events),
        deliveries: now - millis(config.events),
        calls: now - millis(config.calls),
        audit: now - millis(config.audit),
        logs: now - millis(config.logs),
        now,
    }
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX / 4)
}

#[cfg(test)]
mod tests {
    use protocol::event::Event;

    use super::*;
    use crate::config::Config;
    use crate::store::{self, Logged, NewEvent, Write};

    #[tokio::test]
    async fn one_node_forgets_and_the_others_leave_it_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::for_tests(dir.path(), None);
        config.retention.events = Duration::ZERO;
        let store = store::open(&config.store).await.unwrap();
        let app = App::start(config, store).await.unwrap();
        let body = Logged::Public(Event::Lost { since: 0 });
        let write = Write {
            events: vec![NewEvent { agent: None, body }],
            at: clock::now() - 10,
            ..Write::default()
        };
        app.store.commit(&[write]).await.unwrap();
        assert_eq!(once(&app, "one").await.unwrap(), Some(1));
        assert_eq!(once(&app, "two").await.unwrap(), None);
        assert_eq!(app.store.log_bounds().await.unwrap().forgotten, 1);
        app.drain.cut();
    }
}
