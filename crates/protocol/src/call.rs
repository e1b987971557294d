//! A call, as an agent sees it.

use serde::{Deserialize, Serialize};

use crate::{Millis, PhoneNumber};

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A customer called.
    Inbound,
    /// The agent called.
    Outbound,
}

/// How far a call is, in the words of the seed voice-client-sdk-guide. The server knows what the platform tells it; the
/// phone itself knows more.
///
/// ```text
/// OUTGOING_INITIATED -> ESTABLISHED -> ENDED
///           INCOMING -> ESTABLISHED -> ENDED      (and from every state to ENDED, never back)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallState {
    /// The platform has taken the call and rings the agent, then the customer.
    OutgoingInitiated,
    /// A customer's call rings at the agent.
    Incoming,
    /// Both sides talk.
    Established,
    /// It is over.
    Ended,
}

/// How a call ended for this agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They talked.
    Completed,
    /// Inbound: it rang and nobody took it.
    Missed,
    /// Inbound: the agent refused it.
    Declined,
    /// Inbound: another agent took it.
    AnsweredElsewhere,
    /// Outbound: the customer did not answer, or rejected.
    CustomerUnanswered,
    /// Outbound: the agent's own device did not take its leg.
    AgentUnanswered,
    /// Outbound: the agent hung up while the customer's phone rang.
    AgentCancelled,
    /// One side could not be dialled.
    NotDialled,
    /// It is over, and nothing says how it went; later news may.
    Unknown,
}

/// A call. Every change raises `rev`: a reader keeps the one with the highest and may drop the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    /// The platform's id of the call.
    pub sid: String,
    /// Grows with each change.
    pub rev: i64,
    /// The agent whose view this is: their `AppUserId`; empty if the platform has named none.
    pub agent: String,
    /// Who called whom.
    pub direction: Direction,
    /// How far it is.
    pub state: CallState,
    /// How it ended; none until it has.
    pub outcome: Option<Outcome>,
    /// The customer's number, masked where the reader may not see it.
    pub number: PhoneNumber,
    /// The platform's number that was called or called with.
    pub virtual_number: PhoneNumber,
    /// When the first word of it came.
    pub started_at: Millis,
    /// When somebody answered, if that is known.
    pub answered_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Seconds of talk, if the platform has said.
    pub talk_seconds: Option<u32>,
    /// Whether there is a recording.
    pub recorded: bool,
}

/// `POST /api/calls`: place a call through the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCall {
    /// The number, in any form a person writes.
    #[serde(default)]
    pub to: PhoneNumber,
    /// Instead of `to`, an earlier call of this agent: its customer is called, whose number they need not see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// One for each click, 8 to 64 letters, digits or hyphens: a repeat with the same key places nothing new.
    pub key: String,
}

/// What became of the click (design §4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// The platform took it: the agent's own leg, an INVITE whose `X-Exotel-Callsid` is `sid`, may be here already.
    Placed {
        /// The platform's id of the call.
        sid: String,
        /// The number as it was dialled.
        dialled: PhoneNumber,
    },
    /// The platform said no.
    Refused {
        /// A sentence for the agent.
        message: String,
        /// The vendor's own words; may be empty.
        vendor: String,
    },
    /// No readable answer came: the phone may still ring.
    Unknown {
        /// A sentence for the agent.
        message: String,
    },
}

/// `POST /api/calls/{sid}/leg`: the agent's own phone says what it did with its leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegReport {
    /// The agent answered here.
    Answered,
    /// The agent refused it here.
    Declined,
    /// It stopped ringing before anybody did anything.
    RangOut,
}

/// `GET /api/numbers?text=`: what a typed number would be dialled as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberPreview {
    /// E.164: what the platform is given.
    pub dialled: PhoneNumber,
    /// As people of its country write it.
    pub national: PhoneNumber,
    /// ISO 3166 alpha-2; empty for numbers of no one country.
    pub country: String,
}
