//! What a companion server says of the agent's calls, as plain data: the kernel knows no wire and no vendor.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::view::Way;

/// One call as the server knows it now. Told again whenever that changes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The platform's id of the call, as in the INVITE's `X-Exotel-Callsid`.
    pub sid: String,
    /// Grows with each change: of two, the higher counts.
    pub rev: u64,
    /// Who called whom.
    pub way: Way,
    /// How far it is.
    pub stage: Stage,
    /// The customer's number, masked where this agent may not see it; may be empty.
    pub number: String,
    /// The number that was called or called with; may be empty.
    pub virtual_number: String,
    /// When the server first heard of it.
    pub at: Millis,
}

/// How far a call is, by the server's word. It never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// INCOMING or OUTGOING_INITIATED.
    Begun,
    /// ESTABLISHED: both sides talk.
    Answered,
    /// It is over.
    Over(Outcome),
}

/// How a call ended for this agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// They talked.
    Completed,
    /// It rang and nobody took it.
    Missed,
    /// The agent refused it.
    Declined,
    /// Another agent, or another phone of this one, took it.
    AnsweredElsewhere,
    /// The customer did not answer, or rejected.
    CustomerUnanswered,
    /// The agent's own phone did not take its leg.
    AgentUnanswered,
    /// The agent hung up while the customer's phone rang.
    AgentCancelled,
    /// One side could not be dialled.
    NotDialled,
    /// Nobody has said.
    Unknown,
}

/// What this phone did with its leg of a call, for the server to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegReport {
    /// Answered here.
    Answered,
    /// Refused by the agent.
    Declined,
    /// It stopped ringing before the agent did anything.
    RangOut,
}

/// The life of one stream of news. Events of an older stream are dropped by the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StreamEvent {
    /// The server has begun to answer.
    Open,
    /// Something came, be it only a sign of life.
    Heard,
    /// How long to wait after its end, in milliseconds; each phone is given another time.
    Retry(Millis),
    /// It ended, or could not be opened.
    Closed,
    /// The server does not know our session (401).
    Unauthorized,
}

impl core::fmt::Debug for News {
    /// Without the numbers.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("News")
            .field("sid", &self.sid)
            .field("rev", &self.rev)
            .field("way", &self.way)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
