//! What the follower has for one stream.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::frame::Frame;
use crate::store::{Seq, TokenHash};

/// More than this waits for nobody: the reader is slow, and reads the log itself once it is back.
const MOST: usize = 64;

/// Why a stream must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Its session ended.
    SessionEnded,
    /// The server goes down.
    GoingDown,
}

/// One stream's inbox. Only the follower puts in, only the stream takes out.
#[derive(Debug)]
pub(super) struct Inbox {
    /// The session that reads.
    pub(super) session: TokenHash,
    /// Its account.
    pub(super) name: String,
    waiting: Mutex<Waiting>,
    wake: Notify,
}

#[derive(Debug)]
struct Waiting {
    /// Everything for this reader after here is, or was, in `frames`.
    complete_after: Seq,
    frames: Vec<Arc<Frame>>,
    end: Option<End>,
}

/// What [`Inbox::take`] gives.
#[derive(Debug)]
pub(super) enum Taken {
    /// What waited, in the log's order. The reader has missed nothing.
    News(Vec<Arc<Frame>>),
    /// The reader has missed something: it must read the log at least up to here, then ask again. Nothing was taken.
    Behind(Seq),
    /// The stream must end.
    End(End),
}

impl Inbox {
    /// Empty; the follower has read the log up to `position`.
    pub(super) fn new(session: TokenHash, name: &str, position: Seq) -> Self {
        Self {
            session,
            name: name.to_owned(),
            waiting: Mutex::new(Waiting {
                complete_after: position,
                frames: Vec::new(),
                end: None,
            }),
            wake: Notify::new(),
        }
    }

    /// Puts an event in, or forgets all that waits if it is too much.
    pub(super) fn put(&self, frame: &Arc<Frame>) {
        let mut waiting = self.lock();
        if waiting.frames.len() >= MOST {
            waiting.frames = Vec::new();
            waiting.complete_after = frame.seq;
        } else {
            waiting.frames.push(Arc::clone(frame));
        }
        drop(waiting);
        self.wake.notify_one();
    }

    /// Tells the stream to end. The first reason stays.
    pub(super) fn end(&self, end: End) {
        self.lock().end.get_or_insert(end);
        self.wake.notify_one();
    }

    /// Takes all there is, for a reader that has everything up to `at`.
    pub(super) fn take(&self, at: Seq) -> Taken {
        let mut waiting = self.lock();
        match waiting.end {
            Some(end) => Taken::End(end),
            None if at < waiting.complete_after => Taken::Behind(waiting.complete_after),
            None => Taken::News(std::mem::take(&mut waiting.frames)),
        }
    }

    /// Returns once something was put in since the last time; one reader only.
    pub(super) async fn changed(&self) {
        self.wake.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use protocol::event::Event;

    use super::*;
    use crate::store::{Logged, LoggedEvent, NewEvent};

    fn frame(seq: Seq) -> Arc<Frame> {
        let body = Logged::Public(Event::Lost { since: 0 });
        let event = NewEvent { agent: None, body };
        Arc::new(Frame::new(LoggedEvent { seq, at: 0, event }).unwrap())
    }

    #[test]
    fn a_full_inbox_says_from_where_it_is_complete() {
        let inbox = Inbox::new([0; 32], "asha", 100);
        for seq in 101..=100 + MOST as Seq {
            inbox.put(&frame(seq));
        }
        inbox.put(&frame(170));
        inbox.put(&frame(171));
        assert!(matches!(inbox.take(169), Taken::Behind(170)));
        let Taken::News(frames) = inbox.take(170) else {
            panic!("a reader that has caught up gets what waits");
        };
        let seqs: Vec<Seq> = frames.iter().map(|frame| frame.seq).collect();
        assert_eq!(seqs, [171]);
        let again = inbox.take(171);
        assert!(matches!(again, Taken::News(frames) if frames.is_empty()));
    }

    #[test]
    fn the_first_reason_to_end_stays() {
        let inbox = Inbox::new([0; 32], "asha", 0);
        inbox.end(End::SessionEnded);
        inbox.end(End::GoingDown);
        assert!(matches!(inbox.take(0), Taken::End(End::SessionEnded)));
    }
}
