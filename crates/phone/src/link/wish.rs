//! What the agent and the browser do to the link.

use super::{Act, LEAVE_LIMIT, Link, Next, OPEN_LIMIT, REGISTER_LIMIT};
use crate::Millis;

/// A browser may forget to say `online`, or have been wrong about `offline`.
const PROBE: Millis = 30_000;
/// An attempt younger than this belongs to the network that has just come; twenty pages may say so one by one.
const YOUNG: Millis = 1_000;

impl Link {
    /// A first attempt.
    pub(crate) fn start(&mut self, now: Millis) -> Act {
        self.open(now, 0)
    }

    /// Opens a socket after so many failures.
    pub(super) fn open(&mut self, now: Millis, failures: u32) -> Act {
        *self = Self::Connecting {
            failures,
            until: now + OPEN_LIMIT,
        };
        Act::Open
    }

    /// Registers over the open socket after so many failures.
    pub(super) fn register(&mut self, now: Millis, failures: u32) -> Act {
        *self = Self::Registering {
            failures,
            until: now + REGISTER_LIMIT,
        };
        Act::Register
    }

    /// The browser says there is no network.
    pub(crate) fn offline(&mut self, now: Millis) -> Act {
        match self {
            Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. } => {
                *self = Self::Offline { probe: now + PROBE };
                Act::Close
            }
            Self::Idle | Self::Offline { .. } | Self::Refused { .. } | Self::Leaving { .. } => Act::None,
        }
    }

    /// The browser says the network is back.
    pub(crate) fn online(&mut self, now: Millis) -> Act {
        let stuck = match self {
            Self::Waiting { not_before, .. } => *not_before <= now,
            // An attempt from before is likely stuck in the network that went.
            Self::Connecting { until, .. } => *until + YOUNG <= now + OPEN_LIMIT,
            Self::Registering { until, .. } => *until + YOUNG <= now + REGISTER_LIMIT,
            Self::Offline { .. } => true,
            Self::Idle | Self::Ready { .. } | Self::Refused { .. } | Self::Leaving { .. } => false,
        };
        if stuck { self.start(now) } else { Act::None }
    }

    /// The agent asks for an attempt now.
    pub(crate) fn retry(&mut self, now: Millis) -> Act {
        match self {
            Self::Waiting { flow: true, .. } | Self::Refused { flow: true, .. } => self.register(now, 0),
            Self::Waiting { flow: false, .. } | Self::Refused { flow: false, .. } | Self::Offline { .. } => {
                self.start(now)
            }
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Leaving { .. } => Act::None,
        }
    }

    /// The call is over: a socket kept open for it alone may go.
    pub(crate) fn call_over(&mut self) -> Act {
        match self {
            Self::Refused { flow, .. } if *flow => {
                *flow = false;
                Act::Close
            }
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. }
            | Self::Leaving { .. } => Act::None,
        }
    }

    /// Sign out, then go on with `next`. Over an open flow the server is told first.
    pub(crate) fn leave(&mut self, now: Millis, next: Next) -> Act {
        let until = match self {
            Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { flow: true, .. }
            | Self::Refused { flow: true, .. } => now + LEAVE_LIMIT,
            // A second change of mind replaces the first.
            Self::Leaving { until, .. } => *until,
            Self::Idle
            | Self::Connecting { .. }
            | Self::Waiting { flow: false, .. }
            | Self::Offline { .. }
            | Self::Refused { flow: false, .. } => {
                *self = Self::Idle;
                return Act::Depart(next);
            }
        };
        *self = Self::Leaving { until, next };
        Act::None
    }

    /// The server has let us go, or has had its time: what was to follow follows.
    pub(crate) fn left(&mut self) -> Act {
        match core::mem::replace(self, Self::Idle) {
            Self::Leaving { next, .. } => Act::Depart(next),
            kept @ (Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. }) => {
                *self = kept;
                Act::None
            }
        }
    }
}
