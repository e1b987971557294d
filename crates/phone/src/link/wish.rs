//! What the agent and the browser do to the link.

use super::{Act, LEAVE_LIMIT, Link, Next, OPEN_LIMIT, REGISTER_LIMIT};
use crate::Millis;

/// A browser may forget to say `online`, or have been wrong about `offline`.
const PROBE: Millis = 30_000;
/// An attempt younger than this belongs to the network that has just come; twenty pages may say so one by one.
const YOUNG: Millis = 1_000;

impl Link {
    /// A first attempt.
    pub(crate) const fn start(now: Millis) -> (Self, Act) {
        (
            Self::Connecting {
                failures: 0,
                until: now + OPEN_LIMIT,
            },
            Act::Open,
        )
    }

    /// The browser says there is no network.
    pub(crate) fn offline(self, now: Millis) -> (Self, Act) {
        match self {
            Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. } => (Self::Offline { probe: now + PROBE }, Act::Close),
            Self::Idle | Self::Offline { .. } | Self::Refused { .. } | Self::Leaving { .. } => {
                (self, Act::None)
            }
        }
    }

    /// The browser says the network is back.
    pub(crate) fn online(self, now: Millis) -> (Self, Act) {
        match self {
            Self::Waiting { not_before, .. } if not_before > now => (self, Act::None),
            // An attempt from before is likely stuck in the network that went.
            Self::Connecting { until, .. } if until + YOUNG <= now + OPEN_LIMIT => Self::start(now),
            Self::Registering { until, .. } if until + YOUNG <= now + REGISTER_LIMIT => Self::start(now),
            Self::Waiting { .. } | Self::Offline { .. } => Self::start(now),
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Refused { .. }
            | Self::Leaving { .. } => (self, Act::None),
        }
    }

    /// The agent asks for an attempt now.
    pub(crate) fn retry(self, now: Millis) -> (Self, Act) {
        match self {
            Self::Waiting { flow: true, .. } | Self::Refused { flow: true, .. } => (
                Self::Registering {
                    failures: 0,
                    until: now + REGISTER_LIMIT,
                },
                Act::Register,
            ),
            Self::Waiting { flow: false, .. } | Self::Refused { flow: false, .. } | Self::Offline { .. } => {
                Self::start(now)
            }
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Leaving { .. } => (self, Act::None),
        }
    }

    /// The call is over: a socket kept open for it alone may go.
    pub(crate) fn call_over(self) -> (Self, Act) {
        match self {
            Self::Refused { fault, flow: true } => (Self::Refused { fault, flow: false }, Act::Close),
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { flow: false, .. }
            | Self::Leaving { .. } => (self, Act::None),
        }
    }

    /// Sign out, then go on with `next`. Over an open flow the server is told first.
    pub(crate) fn leave(self, now: Millis, next: Next) -> (Self, Act) {
        match self {
            Self::Registering { .. } | Self::Ready { .. } => (
                Self::Leaving {
                    until: now + LEAVE_LIMIT,
                    next,
                },
                Act::None,
            ),
            Self::Waiting { flow: true, .. } | Self::Refused { flow: true, .. } => (
                Self::Leaving {
                    until: now + LEAVE_LIMIT,
                    next,
                },
                Act::None,
            ),
            // A second change of mind replaces the first.
            Self::Leaving { until, .. } => (Self::Leaving { until, next }, Act::None),
            Self::Idle
            | Self::Connecting { .. }
            | Self::Waiting { flow: false, .. }
            | Self::Offline { .. }
            | Self::Refused { flow: false, .. } => (Self::Idle, Act::Depart(next)),
        }
    }
}
