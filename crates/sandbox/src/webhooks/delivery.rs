//! How far one copy of a webhook got.

use sip::Instant;

use super::letter::Letter;
use crate::client::SendError;

/// How far it got.
///
/// ```text
/// Waiting --its turn--> Going --200--> Delivered
///    |                   |  ^
///    | fault             |  +--pause over--+
///    v                   +--anything else--> Pausing
/// Dropped                +--for the third time--> GivenUp
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not sent yet.
    Waiting(Turn),
    /// A request is out.
    Going {
        /// Since then.
        since: Instant,
    },
    /// The last attempt failed; the next is due then.
    Pausing {
        /// Then.
        until: Instant,
    },
    /// Answered 200.
    Delivered,
    /// Failed three times.
    GivenUp,
    /// Never sent, by a fault.
    Dropped,
}

/// What a first attempt waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Those before it about the same call.
    InOrder,
    /// A moment.
    At(Instant),
    /// One behind it about the same call to be sent, or a moment.
    AfterTheNext(Instant),
}

/// One attempt that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) began: Instant,
    pub(super) took_ms: u64,
    pub(super) result: Result<u16, SendError>,
}

/// One copy of a webhook.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) no: u64,
    pub(super) letter: Letter,
    pub(super) written: Instant,
    pub(super) fault: &'static str,
    pub(super) state: State,
    pub(super) attempts: Vec<Attempt>,
}

impl Delivery {
    /// Whether nothing more will happen to it.
    pub(super) fn is_over(&self) -> bool {
        match self.state {
            State::Delivered | State::GivenUp | State::Dropped => true,
            State::Waiting(_) | State::Going { .. } | State::Pausing { .. } => false,
        }
    }

    /// Whether its first attempt has come to an end, or never will begin.
    pub(super) fn has_been_sent(&self) -> bool {
        !self.attempts.is_empty() || self.is_over()
    }

    /// Whether those behind it have to wait.
    pub(super) fn goes_first(&self) -> bool {
        match self.state {
            State::Waiting(Turn::InOrder) => true,
            State::Going { .. } => self.attempts.is_empty(),
            // It lost its place in the row, by a fault.
            State::Waiting(Turn::At(_) | Turn::AfterTheNext(_))
            | State::Pausing { .. }
            | State::Delivered
            | State::GivenUp
            | State::Dropped => false,
        }
    }
}
