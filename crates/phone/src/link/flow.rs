//! What socket, registrar and clock do to the link.

use super::{Act, Failure, Link};
use crate::retry::delay;
use crate::{LinkFault, Millis};

/// A registration that lived this long ends a row of failures; a shorter one counts as one of them.
const STEADY: Millis = 10_000;

impl Link {
    /// The socket opened.
    pub(crate) fn opened(&mut self, now: Millis) -> Act {
        match self {
            Self::Connecting { failures, .. } => {
                let failures = *failures;
                self.register(now, failures)
            }
            Self::Idle
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. }
            | Self::Leaving { .. } => Act::None,
        }
    }

    /// The socket closed or failed.
    pub(crate) fn closed(&mut self, now: Millis, random: u64) -> Act {
        let act = match self {
            Self::Connecting { failures, .. } => {
                let failures = *failures;
                self.again(now, failures, LinkFault::Unreachable, random)
            }
            Self::Idle
            | Self::Registering { .. }
            | Self::Ready { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. }
            | Self::Leaving { .. } => self.without_flow(now, random, LinkFault::ClosedEarly),
        };
        // There is nothing left to close.
        if matches!(act, Act::Close) { Act::None } else { act }
    }

    /// The user agent found the flow dead (RFC 5626 §4.4.1).
    pub(crate) fn dead(&mut self, now: Millis, random: u64) -> Act {
        self.without_flow(now, random, LinkFault::NoAnswer)
    }

    /// The open socket is of no use any more; `unregistered` says what that is before the first 200 OK.
    fn without_flow(&mut self, now: Millis, random: u64, unregistered: LinkFault) -> Act {
        match self {
            Self::Registering { failures, .. } => {
                let failures = *failures;
                self.again(now, failures, unregistered, random)
            }
            Self::Ready { failures, since, .. } => {
                let failures = row(now, *failures, *since);
                self.again(now, failures, LinkFault::Lost, random)
            }
            Self::Waiting { flow, .. } | Self::Refused { flow, .. } => {
                *flow = false;
                Act::Close
            }
            Self::Leaving { .. } => self.left(),
            Self::Idle | Self::Connecting { .. } | Self::Offline { .. } => Act::None,
        }
    }

    /// 200 OK to REGISTER; the binding lasts `expires` seconds.
    pub(crate) fn registered(&mut self, now: Millis, expires: u32) -> Act {
        let expiry = now + Millis::from(expires) * 1_000;
        let failures = match self {
            Self::Ready { until, .. } => {
                *until = expiry;
                return Act::None;
            }
            Self::Registering { failures, .. }
            | Self::Waiting {
                failures, flow: true, ..
            } => *failures,
            Self::Refused { flow: true, .. } => 0,
            Self::Idle
            | Self::Connecting { .. }
            | Self::Waiting { flow: false, .. }
            | Self::Offline { .. }
            | Self::Refused { flow: false, .. }
            | Self::Leaving { .. } => return Act::None,
        };
        *self = Self::Ready {
            failures,
            since: now,
            until: expiry,
        };
        Act::None
    }

    /// REGISTER did not succeed. With a call up an answering server keeps its socket.
    pub(crate) fn failed(&mut self, now: Millis, failure: Failure, in_call: bool, random: u64) -> Act {
        let failures = match self {
            Self::Registering { failures, .. } => *failures,
            Self::Ready { failures, since, .. } => row(now, *failures, *since),
            Self::Leaving { .. } => return self.left(),
            Self::Idle
            | Self::Connecting { .. }
            | Self::Waiting { .. }
            | Self::Offline { .. }
            | Self::Refused { .. } => return Act::None,
        };
        match failure {
            Failure::Final(fault) => {
                *self = Self::Refused { fault, flow: in_call };
                if in_call { Act::None } else { Act::Close }
            }
            Failure::Later(fault, retry_after) => {
                let failures = failures.saturating_add(1);
                let not_before = now + Millis::from(retry_after.unwrap_or(0)) * 1_000;
                // An answer came, so haste cannot help: skip the immediate tries.
                let until = not_before.max(now + 1 + delay(failures.max(3), random));
                *self = Self::Waiting {
                    failures,
                    until,
                    not_before,
                    fault,
                    flow: true,
                };
                Act::None
            }
            Failure::Silent(fault) => self.again(now, failures, fault, random),
        }
    }

    /// The deadline has come.
    pub(crate) fn time(&mut self, now: Millis, random: u64) -> Act {
        match self {
            Self::Connecting { failures, .. } => {
                let failures = *failures;
                self.again(now, failures, LinkFault::Unreachable, random)
            }
            Self::Registering { failures, .. } => {
                let failures = *failures;
                self.again(now, failures, LinkFault::NoAnswer, random)
            }
            Self::Ready { failures, since, .. } => {
                let failures = row(now, *failures, *since);
                self.again(now, failures, LinkFault::NoAnswer, random)
            }
            Self::Waiting {
                failures, flow: true, ..
            } => {
                let failures = *failures;
                self.register(now, failures)
            }
            Self::Waiting {
                failures,
                flow: false,
                ..
            } => {
                let failures = *failures;
                self.open(now, failures)
            }
            Self::Offline { .. } => self.start(now),
            Self::Leaving { .. } => self.left(),
            Self::Idle | Self::Refused { .. } => Act::None,
        }
    }

    /// One more failure and no flow: wait, or go at once where the wait is nothing.
    fn again(&mut self, now: Millis, failures: u32, fault: LinkFault, random: u64) -> Act {
        let failures = failures.saturating_add(1);
        match delay(failures, random) {
            0 => self.open(now, failures),
            wait => {
                *self = Self::Waiting {
                    failures,
                    until: now + wait,
                    not_before: now,
                    fault,
                    flow: false,
                };
                Act::Close
            }
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
