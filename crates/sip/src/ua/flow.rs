//! Keep-alive over one flow (RFC 5626 §3.5.1, RFC 6223; browsers expose no WebSocket ping).

use crate::Instant;

/// How long a ping may go unanswered, ms.
pub const PONG_WITHIN: u64 = 10_000;

/// How this server shows that it is alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Not known yet: double CRLF is tried.
    Unknown,
    /// It answers double CRLF, so a missing pong means a dead flow.
    Pong,
    /// It never did: OPTIONS stands in, and any frame counts as an answer.
    Options,
}

/// One flow's life as we see it.
///
/// ```text
///   Down ──connected──▶ Quiet ──pause over──▶ Pinged ──10 s──▶ Dead ──disconnected──▶ Down
///                         ▲                     │ │  nothing heard
///                         └──pong, or any frame─┘ └ Unknown: once more with OPTIONS
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// No socket.
    Down,
    /// Nothing outstanding; the next ping is due at `ping_at`.
    Quiet {
        manner: Manner,
        ping_at: Option<Instant>,
        heard: Instant,
    },
    /// A ping is out.
    Pinged {
        manner: Manner,
        sent: Instant,
        heard: Instant,
    },
    /// Given up; the host was told.
    Dead,
}

/// What a due timer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Not due.
    Nothing,
    /// Send double CRLF.
    Ping,
    /// Send OPTIONS.
    Options,
    /// Tell the host that the flow is dead.
    Dead,
}

impl Flow {
    /// A fresh flow.
    pub(crate) fn up(now: Instant, pause: Option<u64>) -> Self {
        Self::Quiet {
            manner: Manner::Unknown,
            ping_at: pause.map(|ms| now + ms),
            heard: now,
        }
    }

    /// Whether something may be sent. A flow believed dead still takes frames: the belief may be wrong.
    pub(crate) fn is_up(&self) -> bool {
        match self {
            Self::Quiet { .. } | Self::Pinged { .. } | Self::Dead => true,
            Self::Down => false,
        }
    }

    /// Whether a frame came in after `moment`.
    pub(crate) fn heard_since(&self, moment: Instant) -> bool {
        match self {
            Self::Quiet { heard, .. } | Self::Pinged { heard, .. } => *heard > moment,
            Self::Down | Self::Dead => false,
        }
    }

    /// A frame came in; `pong` says it was a lone CRLF.
    pub(crate) fn hear(self, now: Instant, pong: bool, pause: Option<u64>) -> Self {
        let ping_at = pause.map(|ms| now + ms);
        match self {
            Self::Quiet { manner, ping_at, .. } => Self::Quiet {
                manner,
                ping_at,
                heard: now,
            },
            Self::Pinged { .. } if pong => Self::Quiet {
                manner: Manner::Pong,
                ping_at,
                heard: now,
            },
            Self::Pinged {
                manner: Manner::Options,
                ..
            } => Self::Quiet {
                manner: Manner::Options,
                ping_at,
                heard: now,
            },
            Self::Pinged { manner, sent, .. } => Self::Pinged {
                manner,
                sent,
                heard: now,
            },
            kept @ (Self::Down | Self::Dead) => kept,
        }
    }

    /// What is due, and the state after doing it. `options` says whether there is anyone to send OPTIONS to.
    pub(crate) fn tick(self, now: Instant, pause: Option<u64>, options: bool) -> (Self, Due) {
        match self {
            Self::Quiet {
                manner,
                ping_at: Some(at),
                heard,
            } if now >= at => {
                let due = if manner == Manner::Options {
                    Due::Options
                } else {
                    Due::Ping
                };
                (
                    Self::Pinged {
                        manner,
                        sent: now,
                        heard,
                    },
                    due,
                )
            }
            Self::Pinged { manner, sent, heard } if now >= sent + PONG_WITHIN => {
                let ping_at = pause.map(|ms| now + ms);
                match manner {
                    Manner::Pong | Manner::Options if heard <= sent => (Self::Dead, Due::Dead),
                    Manner::Unknown if options && heard <= sent => (
                        Self::Pinged {
                            manner: Manner::Options,
                            sent: now,
                            heard,
                        },
                        Due::Options,
                    ),
                    Manner::Unknown if options => (
                        Self::Quiet {
                            manner: Manner::Options,
                            ping_at,
                            heard,
                        },
                        Due::Nothing,
                    ),
                    Manner::Pong | Manner::Options | Manner::Unknown => (
                        Self::Quiet {
                            manner,
                            ping_at,
                            heard,
                        },
                        Due::Nothing,
                    ),
                }
            }
            kept @ (Self::Down | Self::Quiet { .. } | Self::Pinged { .. } | Self::Dead) => {
                (kept, Due::Nothing)
            }
        }
    }

    /// When `tick` has something to do.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self {
            Self::Quiet { ping_at, .. } => *ping_at,
            Self::Pinged { sent, .. } => Some(*sent + PONG_WITHIN),
            Self::Down | Self::Dead => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Option<u64> = Some(25_000);

    fn at(seconds: u64) -> Instant {
        Instant(seconds * 1_000)
    }

    #[test]
    fn a_server_that_ponged_once_must_go_on() {
        let (flow, due) = Flow::up(at(0), PAUSE).tick(at(25), PAUSE, true);
        assert_eq!(due, Due::Ping);
        let flow = flow.hear(at(26), true, PAUSE);
        let (flow, due) = flow.tick(at(51), PAUSE, true);
        assert_eq!(due, Due::Ping);
        assert_eq!(flow.tick(at(60), PAUSE, true).1, Due::Nothing);
        assert_eq!(flow.tick(at(61), PAUSE, true), (Flow::Dead, Due::Dead));
    }

    #[test]
    fn options_stand_in_where_nobody_pongs() {
        let (flow, _) = Flow::up(at(0), PAUSE).tick(at(25), PAUSE, true);
        let (flow, due) = flow.tick(at(35), PAUSE, true);
        assert_eq!(due, Due::Options);
        let flow = flow.hear(at(36), false, PAUSE);
        let (flow, due) = flow.tick(at(61), PAUSE, true);
        assert_eq!(due, Due::Options);
        assert_eq!(flow.tick(at(71), PAUSE, true).1, Due::Dead);
    }

    #[test]
    fn any_frame_shows_life() {
        let (flow, _) = Flow::up(at(0), PAUSE).tick(at(25), PAUSE, true);
        let flow = flow.hear(at(26), true, PAUSE);
        let (flow, _) = flow.tick(at(51), PAUSE, true);
        let (flow, due) = flow.hear(at(55), false, PAUSE).tick(at(61), PAUSE, true);
        assert_eq!(due, Due::Nothing);
        assert!(flow.heard_since(at(54)));
        assert!(!flow.heard_since(at(55)));
    }

    #[test]
    fn without_a_pause_nothing_is_ever_due() {
        let flow = Flow::up(at(0), None);
        assert_eq!(flow.deadline(), None);
        assert_eq!(flow.tick(at(9_999), None, true), (flow, Due::Nothing));
    }
}
