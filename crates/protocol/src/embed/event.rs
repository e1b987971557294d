//! What a host is told without asking.

use serde::{Deserialize, Serialize};

use super::{Agent, Call, Ended, LogEntry, Phone, Ringing};

/// Something has changed. Each says how that part stands from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Event {
    /// The registration.
    Phone(Phone),
    /// Who is signed in; none if nobody is.
    Agent(Option<Agent>),
    /// The call that rings or goes on; none once there is none.
    Call(Option<Call>),
    /// A call is over.
    Ended(Ended),
    /// What the platform rings.
    Ringing(Ringing),
    /// How many missed calls the agent has not looked at.
    Missed(u32),
    /// The agent is to be signed in: by a ticket, if the host has one.
    SignIn(SignInWanted),
    /// A call is to be written into the CRM. Told only to a host that has said it does so.
    Log(LogEntry),
}

impl Event {
    /// Its name on the wire.
    pub fn name(&self) -> EventName {
        match self {
            Self::Phone(_) => EventName::Phone,
            Self::Agent(_) => EventName::Agent,
            Self::Call(_) => EventName::Call,
            Self::Ended(_) => EventName::Ended,
            Self::Ringing(_) => EventName::Ringing,
            Self::Missed(_) => EventName::Missed,
            Self::SignIn(_) => EventName::SignIn,
            Self::Log(_) => EventName::Log,
        }
    }
}

/// An event's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum EventName {
    /// See [`Event::Phone`].
    Phone,
    /// See [`Event::Agent`].
    Agent,
    /// See [`Event::Call`].
    Call,
    /// See [`Event::Ended`].
    Ended,
    /// See [`Event::Ringing`].
    Ringing,
    /// See [`Event::Missed`].
    Missed,
    /// See [`Event::SignIn`].
    SignIn,
    /// See [`Event::Log`].
    Log,
}

/// Why the agent is to be signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SignInWanted {
    /// Nobody has been since the frame was loaded.
    Start,
    /// The session has ended, and not by the agent's wish.
    Ended,
}
