//! What the platform does in more than one way, and where no document says which: a person chooses.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Habits {
    /// When the agent's INVITE leaves, against the answer of `outbound_call`.
    pub(crate) invite: Invite,
    /// How long either side rings, seconds.
    pub(crate) ring_s: u32,
    /// How times of call notices are written.
    pub(crate) times: Times,
    /// Callbacks leave out `CustomerId`, `ExotelAccountSid` and `TicketId`, as seen live.
    pub(crate) sparse: bool,
    /// A missed call is followed by `incomingCallHangup` too.
    pub(crate) missed_also_hung_up: bool,
}

/// When the agent's INVITE leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Invite {
    AfterReply,
    BeforeReply,
    /// Every other call.
    Either,
}

/// How times are written: the documentation has one form, live callbacks the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Times {
    /// `2026-09-28T14:31:08+05:30`
    Offset,
    /// `2026-09-28T09:01:08Z`
    Utc,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            invite: Invite::AfterReply,
            ring_s: 30,
            times: Times::Offset,
            sparse: false,
            missed_also_hung_up: false,
        }
    }
}

/// Why a choice is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HabitsError;

impl fmt::Display for HabitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ring_s is 1 to 600 seconds.")
    }
}

impl std::error::Error for HabitsError {}

impl Habits {
    pub(crate) fn check(&self) -> Result<(), HabitsError> {
        match self.ring_s {
            1..=600 => Ok(()),
            _ => Err(HabitsError),
        }
    }

    /// How long either side rings, ms.
    pub(super) fn ring_ms(&self) -> u64 {
        u64::from(self.ring_s) * 1000
    }
}
