//! Who changed what, for admins.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// `GET /api/audit?before=&limit=&who=&what=&target=&result=&from=&to=`: newest first. `who`, `what` and `result` are whole
/// words, `target` is a part, `from` and `to` are moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The records of this page.
    pub records: Vec<AuditEntry>,
    /// The next page's `before`; none at the end.
    pub next: Option<i64>,
}

/// A change and how it went. Without secrets and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Grows with time.
    pub id: i64,
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
