//! Past calls.

use phone::Millis;
use phone::view::Way;

use super::Json;

/// A page of past calls, newest first (`protocol::history::CallPage`).
#[derive(Clone, PartialEq, Eq)]
pub struct History {
    /// The calls.
    pub calls: Vec<Past>,
    /// Where the next page begins; none at the end.
    pub next: Option<String>,
}

/// One past call.
#[derive(Clone, PartialEq, Eq)]
pub struct Past {
    /// The platform's id.
    pub sid: String,
    /// Who called whom.
    pub way: Way,
    /// The customer's number, perhaps masked.
    pub number: String,
    /// The platform's number.
    pub virtual_number: String,
    /// When it began.
    pub at: Millis,
    /// How it ended; none while it goes on.
    pub outcome: Option<Outcome>,
    /// Seconds of talk, where known.
    pub talked: Option<u32>,
}

/// How a call ended for this agent (`protocol::call::Outcome`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They talked.
    Completed,
    /// Nobody took it.
    Missed,
    /// The agent refused it.
    Declined,
    /// Another agent took it.
    AnsweredElsewhere,
    /// The customer did not answer.
    CustomerUnanswered,
    /// The agent's own device did not take its leg.
    AgentUnanswered,
    /// The agent hung up while it rang.
    AgentCancelled,
    /// One side could not be dialled.
    NotDialled,
    /// Nothing says how it went.
    Unknown,
}

impl History {
    /// Reads a page. Entries without an id are left out.
    pub fn read(json: &impl Json) -> Self {
        Self {
            calls: json.all("calls").iter().filter_map(Past::read).collect(),
            next: json.text("next"),
        }
    }
}

impl Past {
    fn read(entry: &impl Json) -> Option<Self> {
        let call = entry.get("call")?;
        let outcome = call.text("outcome").map(|word| Outcome::named(&word));
        Some(Self {
            sid: call.text("sid")?,
            way: if call.text("direction")? == "inbound" {
                Way::In
            } else {
                Way::Out
            },
            number: call.text("number").unwrap_or_default(),
            virtual_number: call.text("virtual_number").unwrap_or_default(),
            at: call.whole("started_at").unwrap_or_default(),
            outcome,
            talked: call
                .whole("talk_seconds")
                .and_then(|talked| talked.try_into().ok()),
        })
    }
}

impl Outcome {
    /// The wire's word; one that a newer server has invented says nothing.
    #[must_use]
    pub fn named(word: &str) -> Self {
        match word {
            "completed" => Self::Completed,
            "missed" => Self::Missed,
            "declined" => Self::Declined,
            "answered_elsewhere" => Self::AnsweredElsewhere,
            "customer_unanswered" => Self::CustomerUnanswered,
            "agent_unanswered" => Self::AgentUnanswered,
            "agent_cancelled" => Self::AgentCancelled,
            "not_dialled" => Self::NotDialled,
            _ => Self::Unknown,
        }
    }
}
