//! The conversation with the page that owns a call's audio. SDP is made and read by the browser; the kernel carries it.

use serde::{Deserialize, Serialize};

use crate::{CallId, MediaFault};

/// Which way audio may flow, seen from us (RFC 3264 §6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// We send, they listen: we hold them.
    SendOnly,
    /// We listen.
    RecvOnly,
    /// Neither.
    Inactive,
}

/// What the kernel asks of a page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaRequest {
    /// An incoming call may be answered here soon: prepare without touching the microphone. No reply. May be ignored.
    Prepare {
        /// The call.
        call: CallId,
        /// The caller's offer.
        offer: String,
    },
    /// Make an offer: the first one of a call, or a later one on the same connection. Reply: `MediaEvent::Offer`.
    Offer {
        /// The call.
        call: CallId,
        /// Our direction: `SendOnly` to hold (and then really send nothing), `SendRecv` to talk.
        direction: Direction,
        /// New ICE credentials and candidates.
        ice_restart: bool,
    },
    /// Answer this offer: the first one of a call (microphone opens), or a later one. Reply: `MediaEvent::Answer`.
    Answer {
        /// The call.
        call: CallId,
        /// The far end's offer; `None` keeps the one given in `Prepare`.
        offer: Option<String>,
        /// Our direction while nobody holds us.
        direction: Direction,
    },
    /// The far end's answer to our last offer. No reply unless it fails.
    Remote {
        /// The call.
        call: CallId,
        /// Their session description.
        answer: String,
        /// It is early media (183) and a final answer may follow.
        provisional: bool,
    },
    /// Our last offer was refused: return to the state before it. Nothing to do when no offer of ours stands.
    Rollback {
        /// The call.
        call: CallId,
    },
    /// Stop or resume sending our voice.
    Mute {
        /// The call.
        call: CallId,
        /// True to send silence.
        muted: bool,
    },
    /// Close the connection and stop the microphone now.
    Close {
        /// The call.
        call: CallId,
    },
}

/// What a page reports about a call's audio.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaEvent {
    /// The offer asked for.
    Offer(String),
    /// The answer asked for.
    Answer(String),
    /// It cannot be done.
    Failed(MediaFault),
    /// Audio packets arrive: the first ones, or again after a stall.
    Flowing,
    /// No packets for a while and the path is in doubt.
    Stalled,
    /// One direction is dead though the path works, and what the page could do about it did not help: renew the path, the
    /// call's state staying as it is.
    OneWay,
}

impl core::fmt::Debug for MediaRequest {
    /// Without the descriptions: they carry addresses and ICE passwords.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (name, call) = match self {
            Self::Prepare { call, .. } => ("Prepare", call),
            Self::Offer {
                call,
                direction,
                ice_restart,
            } => {
                return f
                    .debug_tuple("Offer")
                    .field(&call.0)
                    .field(direction)
                    .field(ice_restart)
                    .finish();
            }
            Self::Answer { call, direction, .. } => {
                return f.debug_tuple("Answer").field(&call.0).field(direction).finish();
            }
            Self::Remote {
                call,
                provisional: false,
                ..
            } => ("Remote", call),
            Self::Remote {
                call,
                provisional: true,
                ..
            } => ("RemoteEarly", call),
            Self::Rollback { call } => ("Rollback", call),
            Self::Mute { call, muted: true } => ("Mute", call),
            Self::Mute { call, muted: false } => ("Unmute", call),
            Self::Close { call } => ("Close", call),
        };
        f.debug_tuple(name).field(&call.0).finish()
    }
}

impl core::fmt::Debug for MediaEvent {
    /// Without the descriptions.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Offer(_) => f.write_str("Offer"),
            Self::Answer(_) => f.write_str("Answer"),
            Self::Failed(fault) => f.debug_tuple("Failed").field(fault).finish(),
            Self::Flowing => f.write_str("Flowing"),
            Self::Stalled => f.write_str("Stalled"),
            Self::OneWay => f.write_str("OneWay"),
        }
    }
}
