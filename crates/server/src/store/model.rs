//! The records a store keeps.

mod admin;
mod crm_log;
mod outgoing;
mod people;

use crate::calls::Facts;
use exotel::hooks::HookKind;
use protocol::Millis;
use protocol::call::{CallView, Direction, Outcome, Placement};
use protocol::dial::DialContext;
use protocol::event::Event;
use protocol::history::Note;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use admin::{
    AuditQuery, AuditRecord, HeardDevice, RatedCalls, Rating, Revision, StoredAudit, StoredJob, StoredRow,
};
pub use crm_log::{DueCall, FailedWord, LogLease, LoggedWord, lease_name, leased_revision, log_wait};
pub use outgoing::{EndpointStanding, NewOutgoing, OutgoingTried, StoredOutgoing};
pub use people::{ApiKey, Carrier, Person, StoredSession, StoredTicket};

/// A place in the log. The first event has 1.
pub type Seq = i64;

/// The SHA-256 of a session's, ticket's or key's secret; the secret itself is kept nowhere.
pub type TokenHash = [u8; 32];

/// All that one message changes.
#[derive(Clone, Debug, Default)]
pub struct Write {
    /// For a webhook: what came, with its key against repeats.
    pub delivery: Option<NewDelivery>,
    /// What it says of a call: joined with what is known. If that changes a view, the new view is logged as an event.
    pub facts: Option<(String, Facts)>,
    /// What it says of an allocation.
    pub allocation: Option<AllocationNews>,
    /// Further events.
    pub events: Vec<NewEvent>,
    /// When it came.
    pub at: Millis,
}

/// What became of a [`Write`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was new.
    Fresh {
        /// The last event that it logged; 0 if none.
        last: Seq,
    },
    /// Its key was known: nothing changed.
    Repeated,
}

/// A webhook, as it is kept. The body is what the platform sent, without pins.
#[derive(Clone, PartialEq)]
pub struct NewDelivery {
    /// Which webhook.
    pub kind: HookKind,
    /// Two deliveries with one key are one event.
    pub key: String,
    /// The call it is about.
    pub call_sid: Option<String>,
    /// The body; text as it came where it could not be read.
    pub body: Value,
    /// Why it could not be read.
    pub unread: Option<String>,
}

/// A webhook from the records.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Grows with time.
    pub id: i64,
    /// When it came.
    pub received_at: Millis,
    /// The webhook.
    pub delivery: NewDelivery,
}

/// In place of an agent: all of them.
pub const EVERYONE: &str = "";

/// An event to be logged.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    /// The agent it is for, by `AppUserId`; supervisors and admins see every agent's. `None`: only they see it.
    /// [`EVERYONE`]: so does every agent.
    pub agent: Option<String>,
    /// What happened.
    pub body: Logged,
}

/// What the log holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Logged {
    /// For browsers.
    Public(Event),
    /// For the other nodes: this session ended (hexadecimal hash).
    SessionEnded(String),
    /// For the other nodes: every session of this account ended.
    SessionsEnded(String),
    /// For who tells CRMs: an agent wrote a note of this call.
    NoteSaved {
        /// The call.
        sid: String,
        /// Whose note.
        agent: String,
    },
    /// What stands at this place cannot be read: a newer program wrote it, or somebody else. Never written.
    #[serde(skip)]
    Unreadable,
}

/// An event from the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEvent {
    /// Its place.
    pub seq: Seq,
    /// When it was logged.
    pub at: Millis,
    /// What and for whom.
    pub event: NewEvent,
}

/// Who reads the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// One agent: their own events.
    Agent(String),
    /// Supervisors and admins: all public events.
    Everybody,
    /// The server itself: all there is.
    Server,
}

/// The log's identity and reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogBounds {
    /// Made up when the log was made: a restored or another log has another.
    pub epoch: String,
    /// Everything up to here has been forgotten; 0 if nothing has.
    pub forgotten: Seq,
    /// The newest event; 0 if there is none.
    pub last: Seq,
    /// When the oldest event that is left was logged; 0 if there is none.
    pub since: Millis,
}

/// A call from the records.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCall {
    /// The platform's id.
    pub sid: String,
    /// Raised by every change.
    pub rev: i64,
    /// What is known.
    pub facts: Facts,
}

/// Which calls.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Of this agent only.
    pub agent: Option<String>,
    /// This call only.
    pub sid: Option<String>,
    /// Only these.
    pub direction: Option<Direction>,
    /// Only those that ended so.
    pub outcome: Option<Outcome>,
    /// Only those that go on.
    pub open: bool,
    /// That began then or later.
    pub from: Option<Millis>,
    /// That began before.
    pub to: Option<Millis>,
    /// Part of a number (digits), of a note, or the call's whole id.
    pub search: Option<String>,
    /// Before this place, as the last page gave it.
    pub before: Option<(Millis, String, String)>,
    /// At most so many, 1 to 200.
    pub limit: u32,
}

/// A page of calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryPage {
    /// Each with the agent's note.
    pub calls: Vec<(CallView, Option<Note>)>,
    /// Where the next page begins: start, call, agent.
    pub next: Option<(Millis, String, String)>,
}

/// An earlier click with the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlacementState {
    /// It has not ended yet, or its server died: the outcome is unknown.
    Begun,
    /// It was for another number.
    AnotherNumber,
    /// What became of it.
    Ended(Placement),
}

/// A GreenPin allocation, as far as we keep it: without pins.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// Its id.
    pub greenpin_id: String,
    /// The customer's own id of it.
    pub transaction_id: String,
    /// `active` or `vault`.
    pub state: String,
    /// The vendor's record, pins masked.
    pub body: Value,
    /// Calls over it.
    pub calls: i64,
    /// Wrong and right pins that were entered.
    pub verified: i64,
    /// When we heard last.
    pub updated_at: Millis,
}

/// What a webhook says of an allocation. Applied once, with the delivery it came with.
#[derive(Clone, Debug, PartialEq)]
pub enum AllocationNews {
    /// A call over it is over.
    Called {
        /// The allocation.
        greenpin_id: String,
        /// The customer's own id of it.
        transaction_id: String,
    },
    /// It was given back. Nothing brings it back to life.
    Deallocated(Box<Allocation>),
    /// The right pin was entered.
    Verified {
        /// The allocation.
        greenpin_id: String,
        /// The customer's own id of it.
        transaction_id: String,
    },
}

/// A dial context under its index key, such as `caller:8040408080`.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredDialContext {
    /// See [`crate::dial_whom::index_key`].
    pub key: String,
    /// The answer's parts.
    pub context: DialContext,
}

/// What is older than these moments may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Events.
    pub events: Millis,
    /// Webhooks; the keys against repeats go with them.
    pub deliveries: Millis,
    /// Calls with their notes and feedback.
    pub calls: Millis,
    /// Audit records.
    pub audit: Millis,
    /// Uploaded logs, and jobs that are over.
    pub logs: Millis,
    /// Now: ended sessions, tickets, placements and dial contexts go.
    pub now: Millis,
}
