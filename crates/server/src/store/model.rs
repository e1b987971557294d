//! The records a store keeps.

use exotel::hooks::HookKind;
use protocol::Millis;
use protocol::admin::jobs::{JobCounts, JobKind, JobState, RowState};
use protocol::call::{CallView, Direction, Outcome, Placement};
use protocol::dial::DialContext;
use protocol::event::Event;
use protocol::history::{Issue, Note};
use protocol::phone::DeviceState;
use protocol::session::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::calls::Facts;

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

/// A local account.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Lower case, unique.
    pub name: String,
    /// PHC string of argon2id; empty for somebody who signs in by ticket only.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId` at the vendor.
    pub agent: Option<String>,
    /// Their subscriber's name at the vendor, for push notifications and dial-whom.
    pub subscriber: Option<String>,
    /// May not sign in.
    pub disabled: bool,
    /// When they were added.
    pub created_at: Millis,
}

/// How a session's secret travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In a `__Host-` cookie, at top level.
    Cookie,
    /// In the `Authorization` header, from a frame inside a page of this origin.
    Bearer {
        /// The embedding page's origin.
        embedded_in: String,
    },
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Of its secret.
    pub hash: TokenHash,
    /// Whose.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId`.
    pub agent: Option<String>,
    /// How it travels.
    pub carrier: Carrier,
    /// When it began.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// A one-time ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTicket {
    /// Of its secret.
    pub hash: TokenHash,
    /// The account it signs in.
    pub name: String,
    /// The only origin it is good on.
    pub origin: String,
    /// When it ends.
    pub expires_at: Millis,
}

/// A key of a CRM's backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Of its secret.
    pub hash: TokenHash,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// No longer good.
    pub revoked: bool,
}

/// Who changed what, and how it went. Without secrets and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// When.
    pub at: Millis,
    /// Which account, or `system`, or `key <name>`.
    pub who: String,
    /// What was done: an operation's name.
    pub what: String,
    /// To what: an id.
    pub target: String,
    /// `done`, `refused` or `unknown`.
    pub result: String,
    /// More, for people; may be empty.
    pub detail: String,
}

/// An audit record from the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAudit {
    /// Grows with time.
    pub id: i64,
    /// The record.
    pub record: AuditRecord,
}

/// A version of something that admins write.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// What it is of, such as `policy`.
    pub subject: String,
    /// Which version, from 1.
    pub no: i64,
    /// Which account wrote it.
    pub by: String,
    /// When.
    pub at: Millis,
    /// What it says.
    pub body: Value,
}

/// A job without its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredJob {
    /// Its id.
    pub id: String,
    /// What it adds.
    pub kind: JobKind,
    /// Where it stands.
    pub state: JobState,
    /// Why it stopped by itself.
    pub trouble: Option<String>,
    /// Which account made it.
    pub by: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// Its rows by how they stand; counted when it is read, never written.
    pub counts: JobCounts,
}

/// A row of a job. What is added may hold numbers and names.
#[derive(Clone, PartialEq)]
pub struct StoredRow {
    /// Its number, from 1.
    pub no: i64,
    /// The id or name that is added.
    pub id: String,
    /// What is added.
    pub entry: Value,
    /// How it stands.
    pub state: RowState,
    /// The field that is wrong.
    pub field: Option<String>,
    /// Why it was not added.
    pub message: String,
    /// The vendor's own words.
    pub vendor: Option<String>,
}

/// The device of an agent, as last heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardDevice {
    /// Whose.
    pub agent: String,
    /// Which rings.
    pub device: DeviceState,
}

/// What an agent said of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Who.
    pub agent: String,
    /// Of which call.
    pub sid: String,
    /// 1 to 5.
    pub rating: u8,
    /// When.
    pub at: Millis,
}

/// An agent's ratings with one issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatedCalls {
    /// Who.
    pub agent: String,
    /// What was wrong.
    pub issue: Issue,
    /// How many calls.
    pub count: i64,
    /// Their ratings, added up.
    pub sum: i64,
}

/// Which audit records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Of this account only.
    pub who: Option<String>,
    /// Of this operation only.
    pub what: Option<String>,
    /// With this in the target.
    pub target: Option<String>,
    /// That went so.
    pub result: Option<String>,
    /// Of this moment or later.
    pub from: Option<Millis>,
    /// Before this moment.
    pub to: Option<Millis>,
    /// Before this id.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
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
