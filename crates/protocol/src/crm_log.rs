//! Calls that a page of a CRM writes into its CRM: each ended call of an agent once, whatever becomes of the page.
//!
//! The page leases entries, writes each into the CRM, and says so with the CRM's own id of it (the reference). An entry
//! that it says nothing of is given out again once its lease is over, to whoever asks. News of a call that was written
//! (a note, a late word of the platform) makes it due again, with its reference: to be written over, not anew.

use serde::{Deserialize, Serialize};

use crate::call::{Direction, Outcome};
use crate::{Millis, PhoneNumber};

/// `POST /api/log/lease`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogAsk {
    /// Who asks: something random of the page, 8 to 64 letters, digits or hyphens.
    pub holder: String,
}

/// The answer: what is due, oldest first, at most 20. Each is this holder's for a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntries {
    /// The entries.
    pub entries: Vec<LogEntry>,
}

/// A call to be written into the CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The platform's id of the call.
    pub sid: String,
    /// Goes with the word of what became of it.
    pub lease: String,
    /// Grows with each change of the call or its note.
    pub revision: i64,
    /// The CRM's id of what was written earlier: write over it. None: write it anew.
    pub reference: Option<String>,
    /// Who called whom.
    pub direction: Direction,
    /// The customer's number, masked where the reader may not see it.
    pub number: PhoneNumber,
    /// The platform's number.
    pub virtual_number: PhoneNumber,
    /// When the first word of it came.
    pub started_at: Millis,
    /// When it ended.
    pub ended_at: Millis,
    /// Seconds of talk; 0 if there was none, or nobody said.
    pub talked_s: u32,
    /// How it ended for this agent.
    pub outcome: Outcome,
    /// The agent's note; may be empty.
    pub note: String,
    /// What the agent chose after the call; may be empty.
    pub disposition: String,
}

/// `POST /api/log/{sid}/done`: it is in the CRM. 409 `logged_meanwhile` if another page wrote it first: the reference that
/// stands is in [`crate::problem::Problem::stands`], and what this page made anew is one too many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogDone {
    /// Of the entry.
    pub lease: String,
    /// The CRM's id of it, 1 to 200 characters.
    pub reference: String,
}

/// `POST /api/log/{sid}/failed`: it is not in the CRM. It is given out again later and later. 409 `lease_over` if the lease
/// is no longer this page's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFailed {
    /// Of the entry.
    pub lease: String,
    /// Why, for an admin; at most 500 characters. Numbers in it become dots.
    pub words: String,
}

/// `GET /api/admin/log`: calls that could not be written into the CRM, newest first, at most 200.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogTroubles {
    /// The calls.
    pub troubles: Vec<LogTrouble>,
}

/// A call that could not be written into the CRM so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogTrouble {
    /// The call.
    pub sid: String,
    /// Whose.
    pub agent: String,
    /// How often it was tried in vain.
    pub tries: u32,
    /// Why, in the words of the page that tried last.
    pub words: String,
    /// When it failed last.
    pub at: Millis,
    /// Before this it is not tried again.
    pub next: Millis,
}
