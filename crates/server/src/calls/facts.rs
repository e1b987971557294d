//! Facts of a call and how they are joined.

use std::collections::BTreeMap;

use protocol::Millis;
use protocol::call::CallView;
use serde::{Deserialize, Serialize};

/// All that is known of a call. A join-semilattice: [`Facts::join`] is commutative, associative and idempotent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The agents it has to do with, by `AppUserId`.
    pub agents: BTreeMap<String, AgentFacts>,
    /// When the first word of it came; 0 for never.
    pub first_news: Millis,
    /// When the last new word of it came; 0 for never.
    pub last_news: Millis,
}

/// What is known of one agent's part in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgentFacts {}

impl Facts {
    /// Takes in what `other` knows. Whether anything changed.
    pub fn join(&mut self, other: &Self) -> bool {
        let _ = other;
        false
    }

    /// Whether the call is over and it is known how it went: nothing needs to be asked.
    pub fn is_settled(&self) -> bool {
        false
    }

    /// The call as each of its agents sees it; one view without an agent where none is named.
    pub fn views(&self, sid: &str, rev: i64) -> Vec<CallView> {
        let _ = (sid, rev);
        Vec::new()
    }
}
