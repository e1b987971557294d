//! What the outside world tells the kernel.

use serde::{Deserialize, Serialize};

use crate::{CallId, Command, MediaEvent, Millis, News, PageId, StreamEvent};

/// One thing that happened, with its time given beside it to [`crate::Phone::handle`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// A page attached; it gets the current view.
    PageAttached(PageId),
    /// A page is gone (closed, crashed or navigated); its media is gone too.
    PageGone(PageId),
    /// The agent did something in that page.
    Command(PageId, Command),
    /// The socket last asked for by [`crate::Output::Connect`].
    Socket(SocketEvent),
    /// The page that owns the call's media reports.
    Media(PageId, CallId, MediaEvent),
    /// A session with a companion server began (true) or ended: its news are wanted, or are somebody else's from now on.
    Session(bool),
    /// Whether the agent of the session may see whole numbers.
    Numbers(Numbers),
    /// The stream last asked for by [`crate::Output::Listen`].
    Stream(StreamEvent),
    /// The server says how a call stands.
    News(News),
    /// The server's newest calls, read when the stream began or had lost some. No popup comes of them.
    Past {
        /// The calls.
        calls: Vec<News>,
        /// What of them was missed until then, the agent has seen.
        seen_until: Millis,
    },
    /// The browser says the network is back: retry at once.
    Online,
    /// The browser says there is no network.
    Offline,
    /// The deadline asked for by [`crate::Output::Wake`] has come (late or early is harmless).
    Tick,
}

/// How the numbers of callers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Numbers {
    /// As they are.
    Whole,
    /// All but the last digits hidden, as the server does it.
    Masked,
}

/// The life of one WebSocket. Events of an older socket are dropped by the shell.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SocketEvent {
    /// Open, subprotocol `sip` agreed.
    Open,
    /// One text frame.
    Text(String),
    /// One binary frame (RFC 7118 allows both).
    Binary(Vec<u8>),
    /// Closed or failed, with the WebSocket close code (1006 where the browser knows nothing).
    Closed(u16),
}

impl core::fmt::Debug for SocketEvent {
    /// Without the frames: they carry numbers and digest responses.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Open => f.write_str("Open"),
            Self::Text(text) => f.debug_tuple("Text").field(&text.len()).finish(),
            Self::Binary(bytes) => f.debug_tuple("Binary").field(&bytes.len()).finish(),
            Self::Closed(code) => f.debug_tuple("Closed").field(code).finish(),
        }
    }
}
