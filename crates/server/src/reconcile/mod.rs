//! Calls whose end never came are settled from call details.
//!
//! ```text
//! lease -> calls that are not settled and have been silent for a while -> 20 a request: call details -> facts -> Writer
//!                                                  nothing new of it -> the end of the queue
//! ```
//! The platform's data settles some two minutes after a call, so silence comes first. It leaves out calls that still go
//! on, so that one it does not list is asked about again; only a day later it is closed, with an unknown outcome.

mod pass;

use std::time::Duration;

pub use pass::{Tally, Trouble, once};

use crate::store::Kept;
use crate::{App, clock};

/// The lease's name: one node of many asks.
const LEASE: &str = "reconcile";

/// Asks, as often as the configuration says, for ever.
pub async fn run(app: App) {
    let every = app.config.reconcile.every;
    if every.is_zero() {
        return;
    }
    let holder = format!("{:08x}", getrandom::u32().unwrap_or(std::process::id()));
    loop {
        tokio::time::sleep(every).await;
        match renewed(&app, &holder).await {
            Ok(true) => report(pass::pass(&app, clock::now(), Some(&holder)).await),
            Ok(false) => tracing::debug!("another node settles calls"),
            Err(error) => tracing::error!(%error, "the store failed; calls are settled later"),
        }
    }
}

/// Takes or renews the lease. A node that dies is followed by another within three turns, or a minute.
async fn renewed(app: &App, holder: &str) -> Kept<bool> {
    let turns = millis(app.config.reconcile.every * 3).max(60_000);
    let now = clock::now();
    app.store.lease(LEASE, holder, now, now + turns).await
}

fn report(outcome: Result<Tally, Trouble>) {
    match outcome {
        Ok(Tally { asked: 0, .. }) => {}
        Ok(tally) => tracing::info!(
            asked = tally.asked,
            learnt = tally.learnt,
            closed = tally.closed,
            "calls were settled"
        ),
        Err(error) => tracing::warn!(%error, "calls are settled later"),
    }
}

fn millis(duration: Duration) -> protocol::Millis {
    protocol::Millis::try_from(duration.as_millis()).unwrap_or(protocol::Millis::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::of_placement;
    use crate::config::Config;
    use crate::store::{self, Write};

    #[tokio::test]
    async fn whoever_loses_the_lease_asks_no_more() {
        let dir = tempfile::tempdir().unwrap();
        let config = Config::for_tests(dir.path(), None);
        let store = store::open(&config.store).await.unwrap();
        let app = App::start(config, store).await.unwrap();
        let write = Write {
            facts: Some(("c1".to_owned(), of_placement("asha", "+911", "", 1))),
            at: 1,
            ..Write::default()
        };
        app.writer.write(write).await.unwrap();
        assert!(renewed(&app, "another").await.unwrap());
        let tally = pass::pass(&app, clock::now(), Some("slow")).await;
        assert_eq!(tally.unwrap().asked, 0);
        // Nobody answers there: whoever has the lease does ask.
        assert!(pass::pass(&app, clock::now(), Some("another")).await.is_err());
        app.drain.cut();
    }
}
