//! Calls on their way into a CRM.

use protocol::Millis;
use protocol::call::CallView;
use protocol::history::Note;

/// The first wait after a failure.
const FIRST_WAIT: Millis = 30_000;
/// The longest.
const LONGEST_WAIT: Millis = 3_600_000;

/// Which entries are given out, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLease {
    /// Whose calls: an `AppUserId`.
    pub agent: String,
    /// The page that asks.
    pub holder: String,
    /// Now.
    pub now: Millis,
    /// When the lease is over.
    pub until: Millis,
    /// Calls that began before are left alone.
    pub oldest: Millis,
    /// The same for an agent of whom nobody has leased anything so far: what is older was before all this.
    pub first: Millis,
    /// Of a call without a note that ended later, the wrap-up goes on.
    pub wrapped_up: Millis,
    /// At most so many.
    pub limit: u32,
}

/// An entry that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueCall {
    /// The call, as its agent sees it.
    pub view: CallView,
    /// What they noted.
    pub note: Option<Note>,
    /// Of call and note together: see [`lease_name`].
    pub revision: i64,
    /// What the CRM called it the last time.
    pub reference: Option<String>,
    /// Its lease.
    pub lease: String,
}

/// What became of the word that an entry is in the CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoggedWord {
    /// It is kept.
    Kept,
    /// Another page wrote it first, under this reference.
    Stands(String),
    /// Nobody was given such an entry.
    NoSuchEntry,
}

/// What became of the word that an entry could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedWord {
    /// It is kept; the entry waits.
    Kept,
    /// The lease is over, or another's.
    LeaseOver,
    /// Nobody was given such an entry.
    NoSuchEntry,
}

/// The lease of `holder` on an entry of `revision`. It needs no secret: only the agent whose call it is may use it.
pub fn lease_name(revision: i64, holder: &str) -> String {
    format!("{revision}.{holder}")
}

/// The revision that a lease is for.
pub fn leased_revision(lease: &str) -> Option<i64> {
    lease.split_once('.')?.0.parse().ok()
}

/// How long an entry waits that could not be written so many times.
pub fn log_wait(tries: u32) -> Millis {
    let doublings = tries.saturating_sub(1).min(20);
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_says_its_revision() {
        assert_eq!(leased_revision(&lease_name(17, "tab-1.2")), Some(17));
        for none in ["", "17", "x.tab", ".tab", "99999999999999999999.tab"] {
            assert_eq!(leased_revision(none), None, "{none}");
        }
    }

    #[test]
    fn waits_grow_to_an_hour() {
        let waits: Vec<Millis> = [1, 2, 3, 9, u32::MAX].into_iter().map(log_wait).collect();
        assert_eq!(waits, [30_000, 60_000, 120_000, 3_600_000, 3_600_000]);
    }
}
