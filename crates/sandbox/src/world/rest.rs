//! A request over REST: its answer, and at once what it causes.

use sip::Instant;

use super::World;
use crate::platform::{Ask, Operation, Reply};

impl World {
    /// Answers a request. The answer waits where it names a call: that one's INVITE leaves first.
    pub(crate) fn rest(&mut self, now: Instant, operation: &Operation, ask: &Ask) -> (Reply, Option<String>) {
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
