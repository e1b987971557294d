//! What page and worker say to each other over a `MessagePort`, packed into bytes by `postcard`: page and worker are built
//! together, so no names need to travel, and the worker need not carry what would read them.

use phone::{CallId, Command, Mark, MediaEvent, MediaRequest, PageId, View};
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ToPage {
    /// Who you are, and how things stand: the reply to `Attach`, and then whenever the phone has changed.
    View(PageId, Box<View>),
    /// Do something with audio.
    Media(MediaRequest),
    /// A moment to mark, with the worker's time: milliseconds since the epoch, fractions kept.
    Mark(Mark, f64),
}
