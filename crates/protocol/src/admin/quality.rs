//! What agents said of their calls' quality.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::history::Issue;

/// `GET /api/admin/quality?from=&to=`: feedback in this time (the last week if none), by agent, the worst first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityReport {
    /// The first moment.
    pub from: Millis,
    /// The moment after the last.
    pub to: Millis,
    /// Each agent who rated a call.
    pub agents: Vec<AgentQuality>,
}

/// An agent's ratings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentQuality {
    /// Their `AppUserId`.
    pub agent: String,
    /// How many calls they rated.
    pub rated: u32,
    /// The mean in hundredths: 100 terrible to 500 excellent.
    pub mean_hundredths: u32,
    /// What they complained of, the most first.
    pub issues: Vec<IssueCount>,
}

/// How often something was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueCount {
    /// What.
    pub issue: Issue,
    /// How often.
    pub count: u32,
}
