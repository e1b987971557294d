//! What the kernel wants done.

use serde::{Deserialize, Serialize};

use crate::{LegReport, MediaRequest, Millis, PageId, View};

/// One thing to do, in order.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// Drop any socket and open one to this URL with subprotocol `sip`.
    Connect(String),
    /// Close the socket.
    Close,
    /// Send one text frame.
    Send(String),
    /// Ask a page about media.
    Media(PageId, MediaRequest),
    /// Ask the server, from this page, to place a call through the platform. Reply: `Command::Placed` or its like.
    Place {
        /// The page where the agent clicked.
        page: PageId,
        /// One for each click.
        key: String,
        /// As the agent wrote it.
        number: String,
    },
    /// Drop any stream of news; open a new one if true.
    Listen(bool),
    /// Tell the server what became of our leg of a call.
    Report {
        /// The platform's id of the call.
        sid: String,
        /// What became of it.
        report: LegReport,
    },
    /// How things stand after an input, changed or not: send it to every page that has not been told so already.
    View(Box<View>),
    /// A moment of the timeline, to be marked in every page.
    Mark(Mark),
    /// Call back with `Input::Tick` at this time; replaces the last one.
    Wake(Option<Millis>),
}

/// Moments that tests and benches read as `performance.mark`s (design.md §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Registered.
    PhoneReady,
    /// Known not to be registered any more.
    PhoneLost,
    /// 200 OK to an INVITE handed to the socket.
    AnswerSent,
    /// INVITE handed to the socket.
    CallSent,
    /// ESTABLISHED.
    Connected,
    /// The call is over.
    Ended,
}

impl core::fmt::Debug for Output {
    /// Without the frames: they carry numbers and digest responses.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Connect(_) => f.write_str("Connect"),
            Self::Close => f.write_str("Close"),
            Self::Send(text) => f.debug_tuple("Send").field(&text.len()).finish(),
            Self::Media(page, request) => f.debug_tuple("Media").field(page).field(request).finish(),
            Self::Place { page, .. } => f.debug_tuple("Place").field(page).finish(),
            Self::Listen(on) => f.debug_tuple("Listen").field(on).finish(),
            Self::Report { sid, report } => f.debug_tuple("Report").field(sid).field(report).finish(),
            Self::View(view) => f.debug_tuple("View").field(view).finish(),
            Self::Mark(mark) => f.debug_tuple("Mark").field(mark).finish(),
            Self::Wake(at) => f.debug_tuple("Wake").field(at).finish(),
        }
    }
}
