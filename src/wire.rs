//! What page and worker say to each other over a `MessagePort`, packed into bytes by `postcard`: page and worker are built
//! together, so no names need to travel, and the worker need not carry what would read them.

mod unpack;

pub use unpack::unpack;

use phone::{CallId, Command, Mark, MediaEvent, MediaRequest, Millis, PageId, View};
use serde::{Deserialize, Serialize};

use crate::companion::Device;

/// Page to worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ToWorker {
    /// First message of a page. `lock` names a Web Lock the page holds as long as it lives: the worker waits for it,
    /// and getting it means the page is gone, even by a crash.
    Attach {
        /// Name of the lock; `None` where the browser has no Web Locks.
        lock: Option<String>,
    },
    /// The agent did something.
    Command(Command),
    /// Who is signed in at the companion server, or that nobody is. A page that says the same again changes nothing.
    Session(Option<Session>),
    /// Media news of a call this page owns.
    Media(CallId, MediaEvent),
    /// `online` or `offline` event of the page (workers get none in every browser).
    Network {
        /// True for `online`.
        online: bool,
    },
    /// The page is being left (`pagehide`). It may come back with another `Attach` (back/forward cache).
    Leaving,
}

/// Worker to page.
#[derive(Clone, Serialize, Deserialize)]
pub enum ToPage {
    /// Who you are, and how things stand: the reply to `Attach`, and then whenever the phone has changed.
    View(PageId, Box<View>),
    /// Do something with audio.
    Media(MediaRequest),
    /// Ask the server to place a call, then say what became of it (`Command::Placed` and its like).
    Place {
        /// One for each click.
        key: String,
        /// As the agent wrote it.
        number: String,
    },
    /// The server's news have a gap that only a new reading of the history fills.
    Reread,
    /// The platform rings this device of the agent now, or none.
    Device(Option<Device>),
    /// A moment to mark, with the worker's time: milliseconds since the epoch, fractions kept.
    Mark(Mark, f64),
}

/// A session with the companion server, as far as the worker needs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Whose calls are news: the agent's `AppUserId`.
    pub agent: String,
    /// The token of a page inside a frame; elsewhere the cookie stands in.
    pub bearer: Option<String>,
    /// Whether the agent may see whole numbers; `None` where the page does not know yet, which changes nothing.
    pub whole_numbers: Option<bool>,
    /// Missed calls until then, the agent has seen.
    pub seen_until: Millis,
}

impl core::fmt::Debug for Session {
    /// Without the token.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Session")
            .field("agent", &self.agent)
            .finish_non_exhaustive()
    }
}
