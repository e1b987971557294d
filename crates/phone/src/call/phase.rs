//! The phases of a call.

use sip::Uri;

use super::placing::Placing;
use super::recovery::Path;
use super::talk::Talk;
use crate::deadline::sooner;
use crate::view::CallState;
use crate::{EndReason, Millis, PageId};

/// How long an incoming call rings.
pub(crate) const RING_LIMIT: Millis = 60_000;
/// How long an outgoing call may stay unanswered: past every gateway's own limit (RFC 3261 §16.6 timer C).
pub(crate) const CALLING_LIMIT: Millis = 185_000;
/// How long a page may take over the first offer or answer of a call: the browser may be asking the agent for the
/// microphone meanwhile.
pub(crate) const PROMPT_LIMIT: Millis = 45_000;
/// How long a page may take over a later one.
pub(crate) const REPLY_LIMIT: Millis = 10_000;
/// How long a ringing call outlives its socket.
pub(crate) const ORPHAN_LIMIT: Millis = 10_000;
/// How long ENDING may last on the screen; the user agent settles the rest alone.
pub(crate) const ENDING_LIMIT: Millis = 4_000;

/// The seed's states (voice-client-sdk-guide §4.5) in capitals; a phase in small letters owns what they share.
///
/// ```text
///  dial -> Drafting --Offer: INVITE--> Calling: OUTGOING_INITIATED, RINGING, EARLY
///  (OUTGOING_INITIATED)                   | 200 OK
///                                         v
///                                      Talking: CONNECTING -> ESTABLISHED <-> MEDIA_DISRUPTED
///                                         ^                        ^               | 2 s
///                                         | ACK                    +------- RENEWING_MEDIA
///  INVITE -> INCOMING --answer--> ANSWERING: asked --Answer: 200 OK--> sent        | 60 s: ended
///
///  Place -> Placing: OUTGOING_INITIATED --own INVITE--> Answering (shown CONNECTING) --ACK--> Talking, alone: RINGING
///             (see `placing`)                                              `answered` news: ESTABLISHED
///
///  news of a caller -> Announced: INCOMING --its INVITE--> INCOMING
///                         \--news, 60 s--> ended
///
///  any with a leg --hang up, media failed, page gone--> ENDING --settled, 4 s--> ended
///  any --far end, limits--> ended
/// ```
///
/// ESTABLISHED is: our ACK of their 200 is with the socket and their answer with the page (outgoing), or their ACK of
/// our 200 has arrived (incoming). Of a call placed through the platform it is the server's word that the customer
/// answered. CONNECTING lasts from the one to the other of the first two.
pub(crate) enum Phase {
    /// The server says that a caller is on the way to this phone; the INVITE is not here yet.
    Announced { until: Millis },
    /// The server is asked to place a call.
    Placing(Placing),
    /// The owner makes the offer of the INVITE.
    Drafting {
        owner: PageId,
        target: Uri,
        until: Millis,
    },
    /// INVITE sent, no final answer yet.
    Calling {
        owner: PageId,
        leg: sip::CallId,
        heard: Heard,
        until: Millis,
    },
    /// Ringing here.
    Incoming(Ringing),
    /// An agent clicked *Answer*.
    Answering {
        owner: PageId,
        leg: sip::CallId,
        opener: Opener,
        step: Step,
    },
    /// Both sides said yes.
    Talking { talk: Talk, path: Path },
    /// We ended it, the far end has not yet confirmed.
    Ending {
        leg: sip::CallId,
        since: Option<Millis>,
        reason: EndReason,
        until: Millis,
    },
}

/// What the far end let us hear before its answer.
pub(crate) enum Heard {
    /// Nothing, or 100 Trying.
    Nothing,
    /// 180.
    Ringing,
    /// Audio (a 1xx with SDP).
    Early,
}

/// A call ringing here.
pub(crate) struct Ringing {
    pub(crate) leg: sip::CallId,
    /// None: the caller wants our offer (RFC 3261 §13.2.1).
    pub(crate) offer: Option<String>,
    /// The end of the ringing: by the ring limit, or sooner if its socket died.
    pub(crate) until: RingEnd,
}

/// When and why ringing ends by itself.
#[derive(Clone, Copy)]
pub(crate) enum RingEnd {
    /// Unanswered at this time.
    Limit(Millis),
    /// Its socket is gone; the caller may try again over the next one until this time.
    Orphan(Millis),
}

impl RingEnd {
    pub(crate) const fn at(self) -> Millis {
        match self {
            Self::Limit(at) | Self::Orphan(at) => at,
        }
    }
}

/// Who makes the offer of an incoming call.
#[derive(Clone, Copy)]
pub(crate) enum Opener {
    /// The caller; our 200 carries the answer.
    Caller,
    /// We do, in the 200; the answer comes with the ACK.
    Us,
}

/// How far answering got.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// The page makes our session description until then.
    Asked(Millis),
    /// 200 OK sent; the user agent repeats it until the ACK.
    Sent,
}

impl Phase {
    /// The seed's word for it.
    pub(crate) const fn state(&self) -> CallState {
        match self {
            Self::Drafting { .. }
            | Self::Calling {
                heard: Heard::Nothing,
                ..
            } => CallState::OutgoingInitiated,
            Self::Calling {
                heard: Heard::Ringing,
                ..
            } => CallState::Ringing,
            Self::Calling {
                heard: Heard::Early, ..
            } => CallState::Early,
            Self::Placing(placing) => placing.ask.state(),
            Self::Announced { .. } | Self::Incoming(_) => CallState::Incoming,
            Self::Answering { .. } => CallState::Answering,
            Self::Talking { path, .. } => path.state(),
            Self::Ending { .. } => CallState::Ending,
        }
    }

    /// The user agent's name for it, where it has one.
    pub(crate) const fn leg(&self) -> Option<sip::CallId> {
        match self {
            Self::Announced { .. } | Self::Placing(_) | Self::Drafting { .. } => None,
            Self::Calling { leg, .. } | Self::Answering { leg, .. } | Self::Ending { leg, .. } => Some(*leg),
            Self::Incoming(ringing) => Some(ringing.leg),
            Self::Talking { talk, .. } => Some(talk.leg),
        }
    }

    /// The page that carries its audio.
    pub(crate) const fn owner(&self) -> Option<PageId> {
        match self {
            Self::Drafting { owner, .. } | Self::Calling { owner, .. } | Self::Answering { owner, .. } => {
                Some(*owner)
            }
            Self::Placing(placing) => Some(placing.owner),
            Self::Talking { talk, .. } => Some(talk.owner),
            Self::Announced { .. } | Self::Incoming(_) | Self::Ending { .. } => None,
        }
    }

    /// When it was established.
    pub(crate) const fn since(&self) -> Option<Millis> {
        match self {
            Self::Talking { talk, path } => match path {
                Path::Connecting | Path::Alone => None,
                Path::Sound | Path::Disrupted { .. } | Path::Renewing { .. } => Some(talk.since),
            },
            Self::Ending { since, .. } => *since,
            Self::Announced { .. }
            | Self::Placing(_)
            | Self::Drafting { .. }
            | Self::Calling { .. }
            | Self::Incoming(_)
            | Self::Answering { .. } => None,
        }
    }

    /// The server is asked to place it, and no leg of it is here.
    pub(crate) const fn is_placing(&self) -> bool {
        matches!(self, Self::Placing(_))
    }

    /// There is somebody, or a menu, to hear them. Of a call that the platform joins nobody may have said that it is joined.
    pub(crate) const fn takes_digits(&self) -> bool {
        match self {
            Self::Talking { path, .. } => match path {
                Path::Connecting => false,
                Path::Alone | Path::Sound | Path::Disrupted { .. } | Path::Renewing { .. } => true,
            },
            Self::Announced { .. }
            | Self::Placing(_)
            | Self::Drafting { .. }
            | Self::Calling { .. }
            | Self::Incoming(_)
            | Self::Answering { .. }
            | Self::Ending { .. } => false,
        }
    }

    /// A hold or resume is on its way.
    pub(crate) fn hold_pending(&self) -> bool {
        match self {
            Self::Talking { talk, .. } => talk.hold_pending(),
            Self::Announced { .. }
            | Self::Placing(_)
            | Self::Drafting { .. }
            | Self::Calling { .. }
            | Self::Incoming(_)
            | Self::Answering { .. }
            | Self::Ending { .. } => false,
        }
    }

    /// When time alone changes something.
    pub(crate) fn deadline(&self, usable: bool) -> Option<Millis> {
        match self {
            Self::Announced { until }
            | Self::Drafting { until, .. }
            | Self::Calling { until, .. }
            | Self::Ending { until, .. } => Some(*until),
            Self::Placing(placing) => Some(placing.ask.deadline()),
            Self::Incoming(ringing) => Some(ringing.until.at()),
            Self::Answering {
                step: Step::Asked(until),
                ..
            } => Some(*until),
            Self::Answering { step: Step::Sent, .. } => None,
            Self::Talking { talk, path } => {
                let path = path.deadline(talk.is_quiet() && usable);
                sooner(talk.deadline(), path)
            }
        }
    }
}
