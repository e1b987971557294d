//! What is worth telling about a call.

use exotel::call_details::{CallOutcome, CallStatus};

/// A step of a call that someone may want to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The agent's device rings.
    AgentRings,
    /// The agent took an outbound call; the customer's phone rings.
    CustomerRings,
    /// Both sides hear each other.
    Connected,
    /// It is over.
    Over(Ending),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Both talked.
    Completed,
    /// The agent's device did not take its leg: it rang in vain, was busy, declined, or is not registered.
    AgentUnanswered(Why),
    /// The agent has no device that could be dialled.
    AgentNotDialled,
    /// Outbound: the agent hung up while the customer's phone rang.
    AgentCancelled,
    /// Outbound: the customer did not answer, was busy or declined.
    CustomerUnanswered(Why),
    /// Outbound: there is no such customer's number.
    CustomerNotDialled,
    /// Inbound: the customer gave up while the agent's device rang.
    CustomerGaveUp,
}

/// Why a leg was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    RangInVain,
    BusyOrDeclined,
}

impl Why {
    fn status(self) -> CallStatus {
        match self {
            Self::RangInVain => CallStatus::NoAnswer,
            Self::BusyOrDeclined => CallStatus::Busy,
        }
    }
}

impl Ending {
    /// The word of an outbound call's last callback, which is also version 3's.
    pub(crate) fn outcome(self) -> CallOutcome {
        match self {
            Self::Completed => CallOutcome::Completed,
            Self::AgentUnanswered(_) => CallOutcome::FromLegUnanswered,
            Self::AgentNotDialled => CallOutcome::FromLegNoDial,
            Self::AgentCancelled => CallOutcome::FromLegCancelled,
            Self::CustomerUnanswered(_) => CallOutcome::ToLegUnanswered,
            Self::CustomerNotDialled => CallOutcome::ToLegNoDial,
            // The customer is the leg it came from.
            Self::CustomerGaveUp => CallOutcome::FromLegCancelled,
        }
    }

    /// Version 1's words for the agent's and the customer's side.
    pub(crate) fn sides(self) -> (CallStatus, CallStatus) {
        match self {
            Self::Completed => (CallStatus::Completed, CallStatus::Completed),
            Self::AgentUnanswered(why) => (why.status(), CallStatus::Canceled),
            Self::AgentNotDialled => (CallStatus::Failed, CallStatus::Canceled),
            Self::AgentCancelled => (CallStatus::Completed, CallStatus::Canceled),
            Self::CustomerUnanswered(why) => (CallStatus::Completed, why.status()),
            Self::CustomerNotDialled => (CallStatus::Completed, CallStatus::Failed),
            Self::CustomerGaveUp => (CallStatus::NoAnswer, CallStatus::Canceled),
        }
    }
}
