//! The line on which the server's news come: when to open it, and when to try again.

use crate::news::StreamEvent;
use crate::view::NewsLine;
use crate::{Millis, retry};

/// A server that has not begun to answer by then never will.
const OPEN_LIMIT: Millis = 15_000;
/// The server gives a sign of life every 20 s; after two and a half of them the line is dead.
const SILENCE_LIMIT: Millis = 50_000;

/// One that lived so long was none that the server, or something before it, ends at once again and again.
const PROOF: Millis = 10_000;
/// The longest that a server may ask for.
const LONGEST_SPREAD: Millis = 10_000;
/// How far apart the lines of many phones are opened again where the server has not said.
const SPREAD: Millis = 400;
/// A line being opened so recently is not opened anew: each page says that the network is back.
const JUST_NOW: Millis = 1_000;

/// ```text
///   Off --session--> Opening --Open--> Live --ended, 50 s silent--+
///                     ^ ^  |                                      |
///                     | |  +-- refused, 15 s --> Waiting <--------+
///                     | +--- time, online --------+   (online also from Opening and Live: the old stream may be dead)
///                     +-- session -- SignedOut <-- 401 (from Opening or Live)
///   any --no session--> Off
///
/// The server ends a stream every ten minutes, to be opened anew: the end of one that was Live for 10 s is no failure and is
/// not shown.
/// ```
#[derive(Debug)]
pub(crate) enum Line {
    /// No session with a server.
    Off,
    /// Asked for, no answer yet.
    Opening { failures: u32, until: Millis },
    /// News come as they happen. The failures count until it has proved itself; `spread` is how long the server wants this
    /// phone to wait after its end.
    Live {
        failures: u32,
        proof: Millis,
        spread: Option<Millis>,
        until: Millis,
    },
    /// Until the next attempt.
    Waiting { failures: u32, until: Millis },
    /// The server does not know the session any more.
    SignedOut,
}

/// What a transition asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    None,
    /// Drop any stream, open a new one.
    Open,
    /// Drop the stream.
    Close,
}

impl Line {
    /// A session began or ended.
    pub(crate) fn session(&mut self, now: Millis, on: bool) -> Act {
        if on {
            self.open(now, 0)
        } else {
            *self = Self::Off;
            Act::Close
        }
    }

    fn open(&mut self, now: Millis, failures: u32) -> Act {
        let until = now + OPEN_LIMIT;
        *self = Self::Opening { failures, until };
        Act::Open
    }

    /// Something of the stream. `random` spreads the attempts of many phones.
    pub(crate) fn heard(&mut self, now: Millis, event: StreamEvent, random: u64) -> Act {
        match (event, &mut *self) {
            (_, Self::Off | Self::SignedOut | Self::Waiting { .. }) => Act::None,
            (StreamEvent::Retry(_), Self::Opening { .. }) => Act::None,
            (StreamEvent::Open | StreamEvent::Heard, Self::Opening { failures, .. }) => {
                *self = Self::Live {
                    failures: *failures,
                    proof: now + PROOF,
                    spread: None,
                    until: now + SILENCE_LIMIT,
                };
                Act::None
            }
            (StreamEvent::Open | StreamEvent::Heard, Self::Live { until, .. }) => {
                *until = now + SILENCE_LIMIT;
                Act::None
            }
            (StreamEvent::Retry(ms), Self::Live { spread, .. }) => {
                *spread = Some(ms.min(LONGEST_SPREAD));
                Act::None
            }
            (StreamEvent::Unauthorized, Self::Opening { .. } | Self::Live { .. }) => {
                *self = Self::SignedOut;
                Act::Close
            }
            (StreamEvent::Closed, Self::Opening { failures, .. }) => {
                let failures = *failures + 1;
                self.wait(now, failures, None, random)
            }
            (
                StreamEvent::Closed,
                Self::Live {
                    failures,
                    proof,
                    spread,
                    ..
                },
            ) => {
                let failures = if *proof <= now { 0 } else { *failures + 1 };
                let spread = *spread;
                self.wait(now, failures, spread, random)
            }
        }
    }

    fn wait(&mut self, now: Millis, failures: u32, spread: Option<Millis>, random: u64) -> Act {
        // A server that restarts loses every stream at once: even the first attempt is spread.
        let spread = spread.unwrap_or(random % SPREAD);
        let until = now + retry::delay(failures.max(2), random) + spread;
        *self = Self::Waiting { failures, until };
        Act::Close
    }

    /// The browser says the network is back.
    pub(crate) fn online(&mut self, now: Millis) -> Act {
        match self {
            Self::Opening { until, .. } if *until + JUST_NOW > now + OPEN_LIMIT => Act::None,
            Self::Waiting { .. } | Self::Opening { .. } | Self::Live { .. } => self.open(now, 0),
            Self::Off | Self::SignedOut => Act::None,
        }
    }

    /// Its deadline has come.
    pub(crate) fn time(&mut self, now: Millis, random: u64) -> Act {
        match *self {
            Self::Waiting { failures, .. } => self.open(now, failures),
            Self::Opening { .. } | Self::Live { .. } => self.heard(now, StreamEvent::Closed, random),
            Self::Off | Self::SignedOut => Act::None,
        }
    }

    pub(crate) const fn deadline(&self) -> Option<Millis> {
        match self {
            Self::Opening { until, .. } | Self::Live { until, .. } | Self::Waiting { until, .. } => {
                Some(*until)
            }
            Self::Off | Self::SignedOut => None,
        }
    }

    /// News can be expected: the line is up, or has just ended as it does now and then.
    pub(crate) const fn expected(&self) -> bool {
        match self {
            Self::Live { .. } => true,
            Self::Opening { failures, .. } | Self::Waiting { failures, .. } => *failures == 0,
            Self::Off | Self::SignedOut => false,
        }
    }

    pub(crate) const fn view(&self) -> NewsLine {
        match self {
            Self::Off => NewsLine::Off,
            Self::Opening { .. } | Self::Waiting { failures: 0, .. } => NewsLine::Opening,
            Self::Live { .. } => NewsLine::Live,
            Self::Waiting { until, .. } => NewsLine::Waiting { until: *until },
            Self::SignedOut => NewsLine::SignedOut,
        }
    }
}
