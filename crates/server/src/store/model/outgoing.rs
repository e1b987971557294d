//! Webhooks on their way to CRMs.

use std::fmt;

use protocol::Millis;
use protocol::crm_webhooks::{CrmNews, OutgoingState};

/// A webhook to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct NewOutgoing {
    /// The header `webhook-id`.
    pub message: String,
    /// Where it goes: a name of the configuration.
    pub endpoint: String,
    /// What it tells.
    pub news: CrmNews,
    /// The call.
    pub sid: String,
    /// Whose part in it.
    pub agent: String,
    /// JSON, as it is sent each time.
    pub body: String,
    /// Now.
    pub made_at: Millis,
    /// Before this it is not sent: newer words may come.
    pub not_before: Millis,
    /// After this it is given up.
    pub until: Millis,
}

/// A webhook from the records.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredOutgoing {
    /// Grows with time.
    pub id: i64,
    /// What is sent.
    pub outgoing: NewOutgoing,
    /// How it stands.
    pub state: OutgoingState,
    /// How often it was tried.
    pub tries: u32,
    /// What came of the last try.
    pub words: String,
}

/// What a try changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingTried {
    /// How it stands now.
    pub state: OutgoingState,
    /// What came of it.
    pub words: String,
    /// When it is tried again, if it waits.
    pub not_before: Millis,
    /// Whether anything got through.
    pub through: bool,
    /// The receiver wants no more, or has been away for too long: why.
    pub off: Option<String>,
    /// When.
    pub at: Millis,
}

/// How a receiver stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointStanding {
    /// Its name.
    pub name: String,
    /// Since when nothing has got through.
    pub failing_since: Option<Millis>,
    /// Why it is told nothing any more.
    pub off: Option<String>,
}

/// The body holds numbers: it stays out of logs.
impl fmt::Debug for NewOutgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} to {}", self.news.word(), self.message, self.endpoint)
    }
}

impl fmt::Debug for StoredOutgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?}, {:?} after {} tries",
            self.outgoing, self.state, self.tries
        )
    }
}
