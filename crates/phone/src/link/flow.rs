//! What socket, registrar and clock do to the link.

use super::{Act, Failure, Link, OPEN_LIMIT, REGISTER_LIMIT};
use crate::retry::delay;
use crate::{LinkFault, Millis};

/// A registration that lived this long ends a row of failures; a shorter one counts as one of them.
const STEADY: Millis = 10_000;

impl Link {
    /// The socket opened.
    pub(crate) fn opened(self, now: Millis) -> (Self, Act) {
        match self {
            Self::Connecting { failures, .. } => (
                Self::Registering {
                    failures,
                    until: now + REGISTER_LIMIT,
                },
                Act::Register,
            ),
            Self::Idle
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. }
            | Self::Leaving { .. } => (self, Act::None),
        }
    }

    /// The socket closed or failed.
    pub(crate) fn closed(self, now: Millis, random: u64) -> (Self, Act) {
        let (link, act) = match self {
            Self::Connecting { failures, .. } => again(now, failures, LinkFault::Unreachable, random),
            Self::Idle
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. }
            | Self::Leaving { .. } => self.without_flow(now, random, LinkFault::ClosedEarly),
        };
        // There is nothing left to close.
        (link, if matches!(act, Act::Close) { Act::None } else { act })
    }

    /// The user agent found the flow dead (RFC 5626 §4.4.1).
    pub(crate) fn dead(self, now: Millis, random: u64) -> (Self, Act) {
        self.without_flow(now, random, LinkFault::NoAnswer)
    }

    /// The open socket is of no use any more; `unregistered` says what that is before the first 200 OK.
    fn without_flow(self, now: Millis, random: u64, unregistered: LinkFault) -> (Self, Act) {
        match self {
            Self::Registering { failures, .. } => again(now, failures, unregistered, random),
            Self::Ready { failures, since, .. } => {
                again(now, row(now, failures, since), LinkFault::Lost, random)
            }
            Self::Waiting {
                failures,
                until,
                not_before,
                fault,
                ..
            } => (
                Self::Waiting {
                    failures,
                    until,
                    not_before,
                    fault,
                    flow: false,
                },
                Act::Close,
            ),
            Self::Refused { fault, .. } => (Self::Refused { fault, flow: false }, Act::Close),
            Self::Leaving { next, .. } => (Self::Idle, Act::Depart(next)),
            Self::Idle | Self::Connecting { .. } | Self::Offline { .. } => (self, Act::None),
        }
    }

    /// 200 OK to REGISTER; the binding lasts `expires` seconds.
    pub(crate) fn registered(self, now: Millis, expires: u32) -> (Self, Act) {
        let until = now + Millis::from(expires) * 1_000;
        let link = match self {
            Self::Registering { failures, .. }
            | Self::Waiting {
                failures, flow: true, ..
            } => Self::Ready {
                failures,
                since: now,
                until,
            },
            Self::Ready { failures, since, .. } => Self::Ready {
                failures,
                since,
                until,
            },
            Self::Refused { flow: true, .. } => Self::Ready {
                failures: 0,
                since: now,
                until,
            },
            Self::Idle
            | Self::Connecting { .. }
            | Self::Waiting { flow: false, .. }
            | Self::Offline { .. }
            | Self::Refused { flow: false, .. }
            | Self::Leaving { .. } => self,
        };
        (link, Act::None)
    }

    /// REGISTER did not succeed. With a call up an answering server keeps its socket.
    pub(crate) fn failed(self, now: Millis, failure: Failure, in_call: bool, random: u64) -> (Self, Act) {
        let failures = match self {
            Self::Registering { failures, .. } => failures,
            Self::Ready { failures, since, .. } => row(now, failures, since),
            Self::Leaving { next, .. } => return (Self::Idle, Act::Depart(next)),
            Self::Idle
            | Self::Connecting { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. } => return (self, Act::None),
        };
        match failure {
            Failure::Final(fault) if in_call => (Self::Refused { fault, flow: true }, Act::None),
            Failure::Final(fault) => (Self::Refused { fault, flow: false }, Act::Close),
            Failure::Later(fault, retry_after) => {
                let failures = failures.saturating_add(1);
                let not_before = now + Millis::from(retry_after.unwrap_or(0)) * 1_000;
                // An answer came, so haste cannot help: skip the immediate tries.
                let until = not_before.max(now + 1 + delay(failures.max(3), random));
                (
                    Self::Waiting {
                        failures,
                        until,
                        not_before,
                        fault,
                        flow: true,
                    },
                    Act::None,
                )
            }
            Failure::Silent(fault) => again(now, failures, fault, random),
        }
    }

    /// The deadline has come.
    pub(crate) fn time(self, now: Millis, random: u64) -> (Self, Act) {
        match self {
            Self::Connecting { failures, .. } => again(now, failures, LinkFault::Unreachable, random),
            Self::Registering { failures, .. } => again(now, failures, LinkFault::NoAnswer, random),
            Self::Ready { failures, since, .. } => {
                again(now, row(now, failures, since), LinkFault::NoAnswer, random)
            }
            Self::Waiting {
                failures, flow: true, ..
            } => (
                Self::Registering {
                    failures,
                    until: now + REGISTER_LIMIT,
                },
                Act::Register,
            ),
            Self::Waiting {
                failures,
                flow: false,
                ..
            } => (
                Self::Connecting {
                    failures,
                    until: now + OPEN_LIMIT,
                },
                Act::Open,
            ),
            Self::Offline { .. } => (
                Self::Connecting {
                    failures: 0,
                    until: now + OPEN_LIMIT,
                },
                Act::Open,
            ),
            Self::Leaving { next, .. } => (Self::Idle, Act::Depart(next)),
            Self::Idle | Self::Refused { .. } => (self, Act::None),
        }
    }

    /// The server has let us go.
    pub(crate) fn left(self) -> (Self, Act) {
        match self {
            Self::Leaving { next, .. } => (Self::Idle, Act::Depart(next)),
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. } => (self, Act::None),
        }
    }
}

/// Failures in a row before the loss of a registration that began at `since`.
const fn row(now: Millis, failures: u32, since: Millis) -> u32 {
    if now.saturating_sub(since) >= STEADY {
        0
    } else {
        failures
    }
}

/// One more failure and no flow: wait, or go at once where the wait is nothing.
fn again(now: Millis, failures: u32, fault: LinkFault, random: u64) -> (Link, Act) {
    let failures = failures.saturating_add(1);
    match delay(failures, random) {
        0 => (
            Link::Connecting {
                failures,
                until: now + OPEN_LIMIT,
            },
            Act::Open,
        ),
        wait => {
            let until = now + wait;
            (
                Link::Waiting {
                    failures,
                    until,
                    not_before: now,
                    fault,
                    flow: false,
                },
                Act::Close,
            )
        }
    }
}
