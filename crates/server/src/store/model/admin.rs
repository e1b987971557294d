//! What admins and supervisors work with: the audit trail, revisions, jobs, reports.

use protocol::Millis;
use protocol::admin::jobs::{JobCounts, JobKind, JobState, RowState};
use protocol::history::Issue;
use protocol::phone::DeviceState;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
