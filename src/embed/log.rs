//! Calls on their way into the host's CRM: when the server is asked for those that are due, and which the host has at hand.

use phone::Millis;
use protocol::crm_log::{LogEntries, LogEntry};

/// How often the server is asked, ms: a call of another page, or one that failed, is nobody's news here.
const PERIOD: Millis = 60_000;
/// For a while after a call it is asked more often, until the agent has wrapped it up.
const EAGER: Millis = 5_000;
/// That while.
const WHILE: Millis = 150_000;

/// See the module.
///
/// ```text
///  Off ──the host logs──► Waiting ──its time has come──► Asking ──answer──► Waiting
///   ▲                        │                              │
///   └────the host does not───┴──────────────────────────────┘
/// ```
#[derive(Debug, Default)]
pub(super) enum Log {
    /// The host does not log.
    #[default]
    Off,
    /// Asked next then.
    Waiting(Millis, Hand),
    /// The server is being asked.
    Asking(Hand),
}

/// What the host has at hand.
#[derive(Debug, Default)]
pub(super) struct Hand {
    /// Of each call that was told: its lease.
    leases: Vec<(String, String)>,
    /// Until then it is asked often.
    eager: Millis,
}

impl Log {
    /// The host logs from now on, or no longer.
    pub(super) fn switch(&mut self, now: Millis, on: bool) {
        match self {
            Self::Off if on => *self = Self::Waiting(now, Hand::default()),
            Self::Waiting(..) | Self::Asking(_) if !on => *self = Self::Off,
            Self::Off | Self::Waiting(..) | Self::Asking(_) => {}
        }
    }

    /// When the server is to be asked.
    pub(super) const fn next(&self) -> Option<Millis> {
        match self {
            Self::Waiting(next, _) => Some(*next),
            Self::Off | Self::Asking(_) => None,
        }
    }

    /// Whether the server is to be asked now; then it is being asked.
    pub(super) fn ask(&mut self, now: Millis) -> bool {
        match self {
            Self::Waiting(next, hand) if *next <= now => {
                *self = Self::Asking(std::mem::take(hand));
                true
            }
            Self::Off | Self::Waiting(..) | Self::Asking(_) => false,
        }
    }

    /// A call has ended, or its note has changed.
    pub(super) fn hurry(&mut self, now: Millis) {
        match self {
            Self::Waiting(next, hand) => {
                hand.eager = now + WHILE;
                *next = (*next).min(now + EAGER);
            }
            Self::Asking(hand) => hand.eager = now + WHILE,
            Self::Off => {}
        }
    }

    /// The server has answered, or not; what the host is to be told.
    pub(super) fn answered(&mut self, now: Millis, entries: Option<LogEntries>) -> Vec<LogEntry> {
        let Self::Asking(hand) = self else {
            // A lease that nobody wants runs out.
            return Vec::new();
        };
        let mut hand = std::mem::take(hand);
        let entries = entries.map_or_else(Vec::new, |all| all.entries);
        for entry in &entries {
            hand.leases.retain(|(sid, _)| *sid != entry.sid);
            hand.leases.push((entry.sid.clone(), entry.lease.clone()));
        }
        let period = if now < hand.eager { EAGER } else { PERIOD };
        *self = Self::Waiting(now + period, hand);
        entries
    }

    /// The lease of a call that the host has been told of; it is used up.
    pub(super) fn lease(&mut self, sid: &str) -> Option<String> {
        let (Self::Waiting(_, hand) | Self::Asking(hand)) = self else {
            return None;
        };
        let at = hand.leases.iter().position(|(told, _)| told == sid)?;
        Some(hand.leases.remove(at).1)
    }
}
