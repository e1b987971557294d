//! Past calls and what agents say of them.

use serde::{Deserialize, Serialize};

use crate::call::CallView;
use crate::dial::Customer;
use crate::{Millis, PhoneNumber};

/// `GET /api/calls?agent=&direction=&outcome=&search=&before=&limit=`: newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPage {
    /// The calls of this page, each with the agent's note.
    pub calls: Vec<PastCall>,
    /// The next page's `before`; none at the end.
    pub next: Option<String>,
}

/// A call and what was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastCall {
    /// The call.
    pub call: CallView,
    /// The agent's note.
    pub note: Option<Note>,
}

/// `PUT /api/calls/{sid}/note`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Free text, at most 10,000 characters.
    pub text: String,
    /// A word of the configured list; empty for none.
    #[serde(default)]
    pub disposition: String,
    /// When it was written; what a writer sends here is not read.
    #[serde(default)]
    pub updated_at: Millis,
}

/// `GET /api/calls/{sid}/caller`: what is known of a call's customer, for the agent who has the call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerCard {
    /// Their number, masked where the reader may not see it.
    pub number: PhoneNumber,
    /// What a CRM has told of them.
    pub customer: Option<Customer>,
    /// How many earlier calls this agent had with them, as far as they were counted.
    pub earlier: u32,
    /// There may be more.
    pub more: bool,
    /// The last of them.
    pub last: Option<PastCall>,
    /// The newest note of those calls.
    pub last_note: Option<Note>,
}

/// What may have been wrong (seed: voice-client-sdk-guide §4.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Issue {
    /// Nothing.
    NoIssue,
    /// Noise around.
    BackgroundNoise,
    /// Words went missing.
    ChoppyAudio,
    /// Long pauses between saying and hearing.
    HighLatency,
    /// Nothing was heard.
    NoAudio,
    /// One's own voice came back.
    Echo,
}

/// `POST /api/calls/{sid}/feedback`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// 1 terrible to 5 excellent.
    pub rating: u8,
    /// What was wrong.
    pub issue: Issue,
    /// Figures of the call, as the phone measured them: JSON text of at most 16 KiB, stored as it is.
    #[serde(default)]
    pub statistics: Option<String>,
}

/// `POST /api/logs` (seed: voice-client-sdk-guide §4.10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogUpload {
    /// The first moment it covers.
    pub from: Millis,
    /// The last.
    pub to: Millis,
    /// What went wrong, in the agent's words.
    pub description: String,
    /// The lines, without numbers and secrets; at most 1 MiB.
    pub lines: Vec<String>,
}

/// The answer to an upload: what to tell support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogReceipt {
    /// The upload's id.
    pub id: String,
}
