//! What the kernel wants done.

use serde::{Deserialize, Serialize};

use crate::{MediaRequest, Millis, PageId, View};

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
    /// Something a page shows has changed; send it to every page.
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
            Self::View(view) => f.debug_tuple("View").field(view).finish(),
            Self::Mark(mark) => f.debug_tuple("Mark").field(mark).finish(),
            Self::Wake(at) => f.debug_tuple("Wake").field(at).finish(),
        }
    }
}
