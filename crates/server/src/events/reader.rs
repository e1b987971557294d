//! One stream's way through the log.
//!
//! ```text
//! OPENING -- first words, or `lost` --> READING -- end of session, rotation, drain --> ENDED
//! ```

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::Instant;

use super::frame::{self, Frame};
use super::hub::{Hub, Subscription};
use super::inbox::{End, Taken};
use crate::clock;
use crate::ops::OpenStream;
use protocol::session::Role;

use crate::admin::policy::Held;
use crate::store::{Kept, Seq};

/// Silence is broken after this.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Events of one read of the log, and of one piece that is handed to the connection.
const PAGE: u32 = 128;
/// What a reader is told to wait before it comes back from a planned end, in milliseconds.
const SOON: u32 = 100;

/// A stream that is being read.
pub(super) struct Reader {
    pub(super) hub: Hub,
    pub(super) subscription: Subscription,
    /// Everything for this reader up to here has been handed on.
    pub(super) at: Seq,
    /// Says whether numbers are shown whole: it may change meanwhile.
    pub(super) policy: Arc<Held>,
    /// What the reader may do.
    pub(super) role: Role,
    /// Their own `AppUserId`.
    pub(super) own: Option<String>,
    /// When the session ends, as far as is known.
    pub(super) session_ends: protocol::Millis,
    /// When the stream ends to be opened anew.
    pub(super) rotates: Instant,
    /// What is to be handed on next.
    pub(super) ready: VecDeque<Bytes>,
    pub(super) state: State,
    pub(super) _open: OpenStream,
}

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Reading,
    Ended,
}

/// Whether the log holds more after a page.
enum More {
    Maybe,
    No,
}

impl Reader {
    /// The next piece; `None` ends the stream.
    pub(super) async fn next(mut self: Box<Self>) -> Option<(Result<Bytes, Infallible>, Box<Self>)> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some((Ok(piece), self));
            }
            match self.state {
                State::Ended => return None,
                State::Reading => self.read().await,
            }
        }
    }

    /// Fills `ready`, waits, or ends.
    async fn read(&mut self) {
        // Asked here and not only while waiting: a stream with something to say all the time never waits.
        if self.rotates <= Instant::now() {
            return self.end();
        }
        if self.session_ends <= clock::now() {
            self.ask_for_the_session().await;
            if self.state == State::Ended {
                return;
            }
        }
        // Before the inbox is taken: see `Hub::position`.
        let position = self.hub.position();
        match self.subscription.inbox.take(self.at) {
            Taken::End(End::SessionEnded) => self.state = State::Ended,
            Taken::End(End::GoingDown) => self.end(),
            Taken::Behind(complete_after) => match self.replay().await {
                Ok(More::Maybe) => {}
                Ok(More::No) => self.at = self.at.max(complete_after),
                // The reader comes back by its cursor when the store does.
                Err(_) => self.end(),
            },
            Taken::News(frames) => {
                self.hand_on(&frames);
                self.at = self.at.max(position);
                if self.ready.is_empty() {
                    self.wait().await;
                }
            }
        }
    }

    /// One page of the log.
    async fn replay(&mut self) -> Kept<More> {
        let store = self.hub.store();
        let page = store
            .events_after(self.at, &self.subscription.audience, PAGE)
            .await?;
        let more = if page.len() < PAGE as usize {
            More::No
        } else {
            More::Maybe
        };
        let read_up_to = page.last().map(|event| event.seq);
        let frames: Vec<_> = page
            .into_iter()
            .filter_map(|event| Frame::new(event).map(Arc::new))
            .collect();
        self.hand_on(&frames);
        // Past what could not be read, too.
        self.at = self.at.max(read_up_to.unwrap_or(self.at));
        Ok(more)
    }

    /// Makes one piece of the events that have not been handed on.
    fn hand_on(&mut self, frames: &[Arc<Frame>]) {
        let fresh: Vec<_> = frames.iter().filter(|frame| frame.seq > self.at).collect();
        let Some(last) = fresh.last() else { return };
        self.at = last.seq;
        self.hub.metrics().pushed(fresh.len());
        let whole_numbers = self.policy.sees_numbers(self.role);
        let bytes = |frame: &Arc<Frame>| frame.bytes(self.hub.epoch(), whole_numbers, self.own.as_deref());
        let piece = match fresh.as_slice() {
            [one] => bytes(one),
            many => {
                let mut piece = BytesMut::new();
                many.iter()
                    .for_each(|frame| piece.extend_from_slice(&bytes(frame)));
                piece.freeze()
            }
        };
        self.ready.push_back(piece);
    }

    /// Waits for news, for the next sign of life, or for an end.
    async fn wait(&mut self) {
        let left = u64::try_from(self.session_ends - clock::now()).unwrap_or(0);
        let now = Instant::now();
        let session_ends = now + Duration::from_millis(left);
        let until = session_ends.min(self.rotates).min(now + HEARTBEAT);
        let changed = self.subscription.inbox.changed();
        if tokio::time::timeout_at(until, changed).await.is_ok() {
            return;
        }
        // The other two ends are seen at the next turn.
        if until < self.rotates && until < session_ends {
            let beat = frame::heartbeat(self.hub.epoch(), self.at);
            self.ready.push_back(beat);
        }
    }

    /// The session may have been used elsewhere since; else it is over.
    async fn ask_for_the_session(&mut self) {
        let session = self.subscription.inbox.session;
        match self.hub.store().session(&session, clock::now()).await {
            Ok(Some(session)) => self.session_ends = session.expires_at,
            Ok(None) => self.state = State::Ended,
            Err(_) => self.end(),
        }
    }

    /// A planned end: the reader is told where it stands and to come back soon.
    fn end(&mut self) {
        let closing = frame::closing(self.hub.epoch(), self.at, SOON);
        self.ready.push_back(closing);
        self.state = State::Ended;
    }
}
