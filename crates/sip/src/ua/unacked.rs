//! The 200 OK to an INVITE, until it is acknowledged.

use super::stack::Stack;
use crate::Instant;
use crate::dialog::cseq;
use crate::message::Request;
use crate::transaction::{GIVE_UP, T1, T2};

/// A 200 OK of ours that is said again until ACK (RFC 3261 §13.3.1.4).
pub(crate) struct Unacked {
    written: String,
    cseq: u32,
    pause: u64,
    again: Instant,
    give_up: Instant,
    /// Our offer, where theirs was missing: ACK brings the answer.
    pub(crate) offered: Option<String>,
    /// A re-offer of ours that waits for the ACK.
    pub(crate) queued: Option<String>,
}

impl Unacked {
    pub(crate) fn new(now: Instant, written: String, invite: &Request, offered: Option<String>) -> Box<Self> {
        let cseq = cseq(&invite.headers);
        Box::new(Self {
            written,
            cseq,
            pause: T1,
            again: now + T1,
            give_up: now + GIVE_UP,
            offered,
            queued: None,
        })
    }

    /// Whether an ACK is for this 200 OK.
    pub(crate) fn is_for(&self, ack: &Request) -> bool {
        cseq(&ack.headers) == self.cseq
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.again.min(self.give_up)
    }

    pub(crate) fn is_hopeless(&self, now: Instant) -> bool {
        now >= self.give_up
    }

    /// Says it again if it is time, and waits twice as long before the next time, up to T2.
    pub(crate) fn tick(&mut self, stack: &mut Stack, now: Instant) {
        if now >= self.again {
            stack.send(self.written.clone());
            self.pause = (self.pause * 2).min(T2);
            self.again = now + self.pause;
        }
    }

    /// A new flow: says it at once.
    pub(crate) fn say_again(&mut self, stack: &mut Stack, now: Instant) {
        stack.send(self.written.clone());
        self.pause = T1;
        self.again = now + T1;
    }
}
