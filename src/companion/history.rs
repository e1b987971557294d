//! Past calls.

use phone::view::Way;
use phone::{Millis, Outcome};

use super::{Json, news};

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
        let outcome = call.text("outcome").map(|word| news::outcome(&word));
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
