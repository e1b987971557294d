//! Calls that the host writes into its CRM: each ended call once (see [`crate::crm_log`]).

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::call::{Direction, Outcome};

/// A call to be written. Redacted in Debug.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// The platform's id of the call.
    pub sid: String,
    /// Grows with each change of the call or its note.
    pub revision: i64,
    /// What the host answered earlier: write over that. None: write it anew.
    pub reference: Option<String>,
    /// Who called whom.
    pub direction: Direction,
    /// The customer's number, masked where the agent may not see it.
    pub number: String,
    /// The platform's number.
    pub virtual_number: String,
    /// When it began.
    pub started_at: Millis,
    /// When it ended.
    pub ended_at: Millis,
    /// Seconds of talk; 0 if there was none, or nobody said.
    pub talked: u32,
    /// How it ended for this agent.
    pub outcome: Outcome,
    /// The agent's note; may be empty.
    pub note: String,
    /// What the agent chose after the call; may be empty.
    pub disposition: String,
}

impl fmt::Debug for LogEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("LogEntry");
        shown.field("sid", &self.sid).field("revision", &self.revision);
        shown.finish_non_exhaustive()
    }
}

impl From<crate::crm_log::LogEntry> for LogEntry {
    /// Without the lease, which the phone keeps.
    fn from(entry: crate::crm_log::LogEntry) -> Self {
        Self {
            sid: entry.sid,
            revision: entry.revision,
            reference: entry.reference,
            direction: entry.direction,
            number: entry.number.reveal().to_owned(),
            virtual_number: entry.virtual_number.reveal().to_owned(),
            started_at: entry.started_at,
            ended_at: entry.ended_at,
            talked: entry.talked_s,
            outcome: entry.outcome,
            note: entry.note,
            disposition: entry.disposition,
        }
    }
}
