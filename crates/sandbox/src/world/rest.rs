//! A request over REST: its answer, and at once what it causes.

use sip::Instant;

use super::World;
use crate::platform::{Ask, Operation, Reply};

impl World {
    /// Answers a request, so many ms from now: a call it places may ring before the answer leaves.
    pub(crate) fn rest(&mut self, now: Instant, operation: &Operation, ask: &Ask) -> (Reply, u64) {
        let reply = self.platform.answer(now, operation, ask);
        self.settle(now);
        (reply, self.exchange.take_hold())
    }

    /// Moves the platform's clock ahead, and does what falls due by that.
    pub(crate) fn move_clock(&mut self, now: Instant, seconds: u32) {
        self.platform.move_clock(seconds);
        self.timeout(now);
    }
}
