//! The call log with filters, for supervisors.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::call::{Direction, Outcome};

/// The query of `GET /api/admin/calls` (answered with [`crate::history::CallPage`], newest first) and of
/// `GET /api/admin/calls.csv` (a file of at most 100,000 lines, without `before` and `limit`). All may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallFilter {
    /// Of this agent: their `AppUserId`.
    pub agent: Option<String>,
    /// Who called whom.
    pub direction: Option<Direction>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// That began at this moment or later.
    pub from: Option<Millis>,
    /// That began before this moment.
    pub to: Option<Millis>,
    /// Part of a number (where the reader may see numbers) or of a note, or the call's whole id.
    pub search: Option<String>,
    /// The place of the next page, as the page before gave it.
    pub before: Option<String>,
    /// 1 to 200; 50 if none.
    pub limit: Option<u32>,
}
