//! The link: socket and registration as one state, and when to try again. No socket is named here: a transition
//! consumes the old state and says what is to be done.

use crate::retry::delay;
use crate::{Account, LinkFault, LinkView, Millis};

/// A socket that has not opened by then never will.
pub(crate) const OPEN_LIMIT: Millis = 5_000;
/// REGISTER with its digest round trip, from a bad mobile network.
pub(crate) const REGISTER_LIMIT: Millis = 10_000;
/// How long signing out waits for its answers.
pub(crate) const LEAVE_LIMIT: Millis = 2_000;
/// A registration that lived this long ends a row of failures; a shorter one counts as one of them.
const STEADY: Millis = 10_000;
/// A browser may forget to say `online`, or have been wrong about `offline`.
const PROBE: Millis = 30_000;

/// ```text
///   Idle --account--> Connecting --open--> Registering --200--> Ready --expiry, loss--+
///                       ^  |                   |                  |                   |
///                online,|  | closed, 5 s       | refused, silent  | refresh refused   |
///                 time, |  v                   v                  v                   |
///                 retry +-- Waiting <-----------------------------+-------------------+
///                       |      (at once after the first loss: the wait is 0)
///                       +-- Offline <-- the browser lost its network (from any of these)
///                       +-- Refused <-- wrong password, 403, 404, no usable challenge, bad address
///   any --sign out, other account--> Leaving --answers, 2 s--> Idle | Connecting | Refused
/// ```
#[derive(Debug)]
pub(crate) enum Link {
    /// No account.
    Idle,
    /// The socket is opening.
    Connecting {
        /// Attempts in a row that failed before this one.
        failures: u32,
        /// When it counts as failed.
        until: Millis,
    },
    /// The socket is open, REGISTER is on its way.
    Registering { failures: u32, until: Millis },
    /// The registrar's 200 OK came over the open socket.
    Ready {
        failures: u32,
        /// When it began.
        since: Millis,
        /// When the binding expires unless refreshed.
        until: Millis,
    },
    /// Until the next attempt.
    Waiting {
        failures: u32,
        until: Millis,
        /// The server asked for patience (Retry-After): only the agent may go before.
        not_before: Millis,
        fault: LinkFault,
        /// The socket still works: the server answered on it. A call up may go on using it.
        flow: bool,
    },
    /// The browser has no network.
    Offline {
        /// When to try in spite of it.
        probe: Millis,
    },
    /// Given up until the agent changes something.
    Refused {
        fault: LinkFault,
        /// Kept open for a call that is up.
        flow: bool,
    },
    /// Unregistering.
    Leaving { until: Millis, next: Next },
}

/// What follows after signing out.
#[derive(Debug)]
pub(crate) enum Next {
    /// Nothing.
    Idle,
    /// Another account.
    Account(Box<Account>),
    /// The account given cannot be used.
    Refused(LinkFault),
}

/// What a transition asks for.
#[derive(Debug)]
pub(crate) enum Act {
    /// Nothing.
    None,
    /// Drop any socket, open a new one.
    Open,
    /// Drop the socket.
    Close,
    /// Send REGISTER over the open socket.
    Register,
    /// Drop the socket and the account, then start over.
    Depart(Next),
}

/// Why REGISTER did not succeed, as far as the policy cares.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Trying again cannot help.
    Final(LinkFault),
    /// The server answered; it may say otherwise later. Seconds of its Retry-After.
    Later(LinkFault, Option<u32>),
    /// Nothing was heard: the socket is not to be trusted.
    Silent(LinkFault),
}

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

    /// A socket is open, as far as anybody knows.
    pub(crate) const fn flow(&self) -> bool {
        match self {
            Self::Registering { .. } | Self::Ready { .. } | Self::Leaving { .. } => true,
            Self::Waiting { flow, .. } | Self::Refused { flow, .. } => *flow,
            Self::Idle | Self::Connecting { .. } | Self::Offline { .. } => false,
        }
    }

    /// Requests within a call may be sent: the server knows this flow.
    pub(crate) const fn usable(&self) -> bool {
        match self {
            Self::Ready { .. } => true,
            Self::Waiting { flow, .. } | Self::Refused { flow, .. } => *flow,
            Self::Idle
            | Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Offline { .. }
            | Self::Leaving { .. } => false,
        }
    }

    /// Registered on this flow.
    pub(crate) const fn ready(&self) -> bool {
        matches!(self, Self::Ready { .. })
    }

    /// When [`Link::time`] has something to do.
    pub(crate) const fn deadline(&self) -> Option<Millis> {
        match self {
            Self::Connecting { until, .. }
            | Self::Registering { until, .. }
            | Self::Ready { until, .. }
            | Self::Waiting { until, .. }
            | Self::Leaving { until, .. } => Some(*until),
            Self::Offline { probe } => Some(*probe),
            Self::Idle | Self::Refused { .. } => None,
        }
    }

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
            Self::Registering { failures, .. } => again(now, failures, LinkFault::ClosedEarly, random),
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
                Act::None,
            ),
            Self::Refused { fault, .. } => (Self::Refused { fault, flow: false }, Act::None),
            Self::Leaving { next, .. } => (Self::Idle, Act::Depart(next)),
            Self::Idle | Self::Offline { .. } => (self, Act::None),
        };
        // There is nothing left to close.
        (link, if matches!(act, Act::Close) { Act::None } else { act })
    }

    /// The user agent found the flow dead (RFC 5626 §4.4.1).
    pub(crate) fn dead(self, now: Millis, random: u64) -> (Self, Act) {
        match self {
            Self::Registering { failures, .. } => again(now, failures, LinkFault::NoAnswer, random),
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

    /// What a screen may show.
    pub(crate) fn view(&self) -> LinkView {
        match self {
            Self::Idle | Self::Leaving { next: Next::Idle, .. } => LinkView::Idle,
            Self::Connecting { .. }
            | Self::Registering { .. }
            | Self::Leaving {
                next: Next::Account(_),
                ..
            } => LinkView::Connecting,
            Self::Ready { .. } => LinkView::Ready,
            Self::Waiting { until, fault, .. } => LinkView::Waiting {
                until: *until,
                fault: fault.clone(),
            },
            Self::Offline { .. } => LinkView::Offline,
            Self::Refused { fault, .. }
            | Self::Leaving {
                next: Next::Refused(fault),
                ..
            } => LinkView::Refused(fault.clone()),
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

#[cfg(test)]
#[path = "link/tests.rs"]
mod tests;
