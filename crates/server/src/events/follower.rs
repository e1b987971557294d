//! Follows the log for this node's streams.

use std::time::Duration;

use futures_util::poll;

use super::hub::Hub;
use crate::clock;
use crate::store::{Audience, Seq};

/// Events of one read.
const PAGE: u32 = 500;
/// After the log could not be read.
const PAUSE: Duration = Duration::from_millis(200);

/// Reads on from where it is, hands out, waits.
pub(super) struct Follower {
    hub: Hub,
    at: Seq,
    poll: Duration,
}

impl Follower {
    pub(super) fn new(hub: Hub, at: Seq, poll: Duration) -> Self {
        Self { hub, at, poll }
    }

    /// Until the server is down. No failure ends it.
    pub(super) async fn run(mut self) {
        loop {
            let hub = self.hub.clone();
            let mut wake = hub.store().wait_for_commit();
            // It listens from its first poll on; only then is the log read, so that no commit falls between.
            let woken = poll!(&mut wake).is_ready();
            let more = self.read().await;
            if !woken && !more {
                // Either ends the wait; a wake-up that was missed costs one turn of `poll`.
                let _ = tokio::time::timeout(self.poll, wake).await;
            }
        }
    }

    /// One page. Whether there may be more.
    async fn read(&mut self) -> bool {
        let store = self.hub.store();
        let page = match store.events_after(self.at, &Audience::Server, PAGE).await {
            Ok(page) => page,
            Err(error) => {
                tracing::error!(%error, "the log cannot be followed for the moment");
                self.hub.metrics().follow_failed();
                tokio::time::sleep(PAUSE).await;
                return false;
            }
        };
        let full = page.len() >= PAGE as usize;
        if let Some(last) = page.last() {
            self.at = last.seq;
            let ago = u64::try_from(clock::now() - last.at).unwrap_or(0);
            self.hub.metrics().followed(Duration::from_millis(ago));
        }
        self.hub.hand_out(page);
        full
    }
}
