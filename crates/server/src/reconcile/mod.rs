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
        // A node that dies is followed by another within three turns.
        let until = clock::now() + millis(every * 3);
        match app.store.lease(LEASE, &holder, clock::now(), until).await {
            Ok(true) => report(once(&app, clock::now()).await),
            Ok(false) => tracing::debug!("another node settles calls"),
            Err(error) => tracing::error!(%error, "the store failed; calls are settled later"),
        }
    }
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
