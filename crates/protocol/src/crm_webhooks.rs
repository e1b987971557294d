//! Webhooks to a CRM, signed as Standard Webhooks says (standardwebhooks.com): what they say, and what admins see of them.
//! docs/webhooks.md is for whoever receives them.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::history::PastCall;

/// What a webhook tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CrmNews {
    /// A call is over for an agent, however it went. Again, with a higher `rev` of the call, when more becomes known.
    #[serde(rename = "call.ended")]
    CallEnded,
    /// A customer's call that nobody took. It is an ended call as well.
    #[serde(rename = "call.missed")]
    CallMissed,
    /// An agent wrote a note or chose a disposition.
    #[serde(rename = "note.saved")]
    NoteSaved,
}

impl CrmNews {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::CallEnded, Self::CallMissed, Self::NoteSaved];

    /// Its word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::CallEnded => "call.ended",
            Self::CallMissed => "call.missed",
            Self::NoteSaved => "note.saved",
        }
    }
}

/// The body of a webhook to a CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmMessage {
    /// What happened.
    #[serde(rename = "type")]
    pub news: CrmNews,
    /// When, in UTC (RFC 3339).
    pub timestamp: String,
    /// The call as its agent sees it, with whole numbers, and the note.
    pub data: PastCall,
}

/// `GET /api/admin/outgoing?before=&limit=`: newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingPage {
    /// Where webhooks go, as the configuration says; the same with every page.
    pub endpoints: Vec<EndpointView>,
    /// The webhooks of this page.
    pub messages: Vec<OutgoingView>,
    /// The next page's `before`; none at the end.
    pub next: Option<i64>,
}

/// Where webhooks go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointView {
    /// Its name in the configuration.
    pub name: String,
    /// Its host.
    pub host: String,
    /// What it is told.
    pub events: Vec<CrmNews>,
    /// Since when nothing has got through; none if the last try did.
    pub failing_since: Option<Millis>,
    /// Why it is told nothing any more, a sentence; none if it is on.
    pub off: Option<String>,
}

/// A webhook to a CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingView {
    /// Grows with time.
    pub id: i64,
    /// The header `webhook-id`: the same with every try.
    pub message: String,
    /// Where it goes.
    pub endpoint: String,
    /// What it tells.
    pub news: CrmNews,
    /// The call.
    pub sid: String,
    /// When it was made.
    pub made_at: Millis,
    /// How it stands.
    pub state: OutgoingState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, if it waits.
    pub next: Option<Millis>,
    /// What came of the last try, a sentence; empty before the first.
    pub words: String,
}

/// How a webhook stands.
///
/// ```text
/// WAITING -> DONE
///         -> GIVEN_UP            (and from both back to WAITING, when an admin sends it again)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutgoingState {
    /// It is sent soon, or again later.
    Waiting,
    /// It was taken.
    Done,
    /// A day has passed, or its receiver wants no more.
    GivenUp,
}
