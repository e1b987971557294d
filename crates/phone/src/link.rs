//! The link: socket and registration as one state, and when to try again. No socket is named here: a transition
//! puts the next state in the place of the old one and says what is to be done.

mod flow;
mod wish;

use crate::{Account, LinkFault, LinkView, Millis};

/// A socket that has not opened by then never will.
pub(crate) const OPEN_LIMIT: Millis = 5_000;
/// REGISTER with its digest round trip, from a bad mobile network.
pub(crate) const REGISTER_LIMIT: Millis = 10_000;
/// How long signing out waits for its answers.
pub(crate) const LEAVE_LIMIT: Millis = 2_000;
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

    /// Attempts in a row that failed before this one.
    pub(crate) const fn failures(&self) -> u32 {
        match self {
            Self::Connecting { failures, .. }
            | Self::Registering { failures, .. }
            | Self::Ready { failures, .. }
            | Self::Waiting { failures, .. } => *failures,
            Self::Idle | Self::Offline { .. } | Self::Refused { .. } | Self::Leaving { .. } => 0,
        }
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

#[cfg(test)]
#[path = "link/tests.rs"]
mod tests;
