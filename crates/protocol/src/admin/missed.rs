//! Missed calls, and who called back.

use serde::{Deserialize, Serialize};

use crate::{Millis, PhoneNumber};

/// `GET /api/admin/missed?from=&to=&zone=&agent=`: inbound calls that nobody took. `from` and `to` are moments (the last
/// day if none, at most 31 days apart), `zone` is minutes east of UTC for the hours of the day (the account's zone if none).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedReport {
    /// The first moment.
    pub from: Millis,
    /// The moment after the last.
    pub to: Millis,
    /// All together.
    pub total: MissedCount,
    /// By hour of the day, 0 to 23.
    pub hours: Vec<MissedHour>,
    /// By agent, the most first. A call that rang at several agents counts for each.
    pub agents: Vec<MissedAgent>,
    /// The calls themselves, newest first, at most 500.
    pub calls: Vec<MissedCall>,
    /// There are more calls than were read (50,000): narrow the time.
    pub cut: bool,
}

/// How many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedCount {
    /// Calls missed.
    pub missed: u32,
    /// Of them: whose caller was called, or took up a call of their own and was answered, later in this time.
    pub called_back: u32,
}

/// An hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedHour {
    /// 0 to 23.
    pub hour: u8,
    /// How many.
    pub count: MissedCount,
}

/// An agent's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedAgent {
    /// Their `AppUserId`; empty for calls that named nobody.
    pub agent: String,
    /// How many.
    pub count: MissedCount,
}

/// One missed call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedCall {
    /// The call.
    pub sid: String,
    /// At which agents it rang.
    pub agents: Vec<String>,
    /// The caller, masked where the reader may not see numbers.
    pub number: PhoneNumber,
    /// When it came.
    pub at: Millis,
    /// When the caller was spoken to or called, if they were.
    pub called_back_at: Option<Millis>,
    /// Who did.
    pub called_back_by: Option<String>,
}
