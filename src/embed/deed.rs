//! What the link wants done in the browser.

use phone::{Command, Millis};
use protocol::Secret;
use protocol::crm_log::{LogDone, LogFailed};
use protocol::embed::{Fault, Look, Outcome, Ringing, ToHost};

/// Something to do in the browser.
#[derive(Debug, PartialEq)]
pub enum Deed {
    /// Say this to the host.
    Say(ToHost),
    /// Hand this to the phone, as the page.
    Command(Command),
    /// Have the page call somebody.
    Dial(String),
    /// Have the page sign in by this ticket.
    SignIn(Secret),
    /// Ask the server, and tell [`super::Link::settled`].
    Server(u32, ServerWork),
    /// Measure how the call of this page sounds, and tell [`super::Link::settled`].
    Measure(u32),
    /// Have the page put this into its field.
    Fill(String),
    /// Ask the server for calls to be logged, and tell [`super::Link::leased`].
    Lease,
    /// Look like this.
    Look(Look),
    /// Call [`super::Link::tick`] then; `None` for never.
    Wake(Option<Millis>),
}

/// What the server is asked.
#[derive(Clone, PartialEq, Eq)]
pub enum ServerWork {
    /// `PUT /api/device`
    Device(Ringing),
    /// `PUT /api/calls/{sid}/note`
    Note {
        /// The call.
        sid: String,
        /// The text.
        text: String,
        /// A word of the list, or empty.
        disposition: String,
    },
    /// `POST /api/log/{sid}/done`
    Logged {
        /// The call.
        sid: String,
        /// The body.
        done: LogDone,
    },
    /// `POST /api/log/{sid}/failed`
    LogFailed {
        /// The call.
        sid: String,
        /// The body.
        failed: LogFailed,
    },
}

impl std::fmt::Debug for ServerWork {
    /// Without what was noted.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Device(_) => "Device",
            Self::Note { .. } => "Note",
            Self::Logged { .. } => "Logged",
            Self::LogFailed { .. } => "LogFailed",
        })
    }
}

/// What the server said.
pub type Settled = Result<Outcome, Fault>;
