//! A call placed through the platform, before our own leg of it is answered.

use core::mem::replace;

use super::context::Context;
use super::incoming::take_leg;
use super::phase::{Phase, Ringing};
use super::{Call, Next};
use crate::view::{Peer, Way};
use crate::{CallState, EndReason, MediaRequest, Millis, PageId};

/// How long the page may wait for the server's answer. It has a limit of its own, well before.
const REPLY_LIMIT: Millis = 100_000;
/// How long the reply is waited for once the agent has hung up.
const LEAVING_LIMIT: Millis = 10_000;
/// How long our own leg may take. The server's news usually end it sooner.
const LEG_LIMIT: Millis = 120_000;
/// How long an attempt without an answer stays on the screen.
const UNSURE_LIMIT: Millis = 30_000;
/// Callers kept waiting while the reply is out. One of them may be our own leg.
const MOST_KNOCKS: usize = 4;

/// A call that the server is placing for this agent.
pub(crate) struct Placing {
    pub(crate) owner: PageId,
    /// Names the click.
    pub(crate) key: String,
    pub(crate) ask: Ask,
}

/// ```text
///   Out --Placed--> Taken --INVITE with its sid--> Answering (CONNECTING), see `phase`
///    | \--Placed, its INVITE has come before-----------^
///    |--PlaceUnknown--> Unsure --INVITE that the server calls ours--^
///    |                          \--any other INVITE rings instead; 30 s--> ended
///    |--PlaceRefused, 100 s--> ended
///    \--hang up--> Leaving (ENDING) --any reply, 10 s--> ended; a leg that still comes is refused
///
///   Taken --hang up, news, page gone, 120 s--> ended; a leg that still comes is refused
/// ```
///
/// Whose an INVITE is cannot be told before the sid is known, so it waits; one without `X-Exotel-Callsid`, or that the
/// server calls inbound, is busy at once. What waits when the attempt ends rings then; after Leaving only if the server calls
/// it inbound, or says that nothing was placed.
///
/// Unsure has no sid to compare with. An INVITE is answered without a click only if the server says that this sid is a
/// call of ours: guessing would open the microphone to a stranger. Else it rings, also if it is our own leg.
pub(crate) enum Ask {
    /// The page's request is out.
    Out { until: Millis, knocks: Vec<Knock> },
    /// The platform took it; the sid is in the call's facts.
    Taken { until: Millis },
    /// Nobody knows whether the platform took it.
    Unsure { words: String, until: Millis },
    /// The agent hung up before the reply.
    Leaving { until: Millis, knocks: Vec<Knock> },
}

/// An INVITE that has come.
pub(crate) struct Knock {
    pub(crate) leg: sip::CallId,
    pub(crate) peer: Peer,
    pub(crate) offer: Option<String>,
    pub(crate) sid: Option<String>,
    pub(crate) sip_call_id: String,
}

/// What to do with an INVITE.
pub(crate) enum Door {
    /// It is our own leg.
    Ours,
    /// Nobody can tell yet.
    Wait,
    /// Somebody else: we are busy.
    Busy,
    /// The attempt makes room for it.
    Room,
}

impl Ask {
    pub(crate) const fn state(&self) -> CallState {
        match self {
            Self::Out { .. } | Self::Taken { .. } | Self::Unsure { .. } => CallState::OutgoingInitiated,
            Self::Leaving { .. } => CallState::Ending,
        }
    }

    pub(crate) const fn deadline(&self) -> Millis {
        match self {
            Self::Out { until, .. }
            | Self::Taken { until }
            | Self::Unsure { until, .. }
            | Self::Leaving { until, .. } => *until,
        }
    }

    /// Those who wait.
    pub(crate) fn into_knocks(self) -> Vec<Knock> {
        match self {
            Self::Out { knocks, .. } | Self::Leaving { knocks, .. } => knocks,
            Self::Taken { .. } | Self::Unsure { .. } => Vec::new(),
        }
    }

    fn knocks(&mut self) -> Option<&mut Vec<Knock>> {
        match self {
            Self::Out { knocks, .. } | Self::Leaving { knocks, .. } => Some(knocks),
            Self::Taken { .. } | Self::Unsure { .. } => None,
        }
    }

    /// Whom to let in. `ours` is the call's sid once it is known; `way` is the server's word on the INVITE's sid.
    pub(crate) fn door(&self, sid: Option<&str>, ours: Option<&str>, way: Option<Way>) -> Door {
        match self {
            Self::Out { knocks, .. } | Self::Leaving { knocks, .. } => {
                if sid.is_none() || way == Some(Way::In) || knocks.len() >= MOST_KNOCKS {
                    Door::Busy
                } else {
                    Door::Wait
                }
            }
            Self::Taken { .. } if sid.is_some() && sid == ours => Door::Ours,
            Self::Taken { .. } => Door::Busy,
            Self::Unsure { .. } if way == Some(Way::Out) => Door::Ours,
            Self::Unsure { .. } => Door::Room,
        }
    }
}

/// The phase of a new call from this page, whose request goes out now.
pub(crate) const fn placing(owner: PageId, key: String, now: Millis) -> Phase {
    Phase::Placing(Placing {
        owner,
        key,
        ask: Ask::Out {
            until: now + REPLY_LIMIT,
            knocks: Vec::new(),
        },
    })
}

/// An INVITE waits. The first one is likely ours, so the owner gets ready for it, without touching the microphone.
pub(crate) fn wait(call: &mut Call, cx: &mut Context<'_>, knock: Knock) -> Next {
    if let Phase::Placing(Placing { owner, ask, .. }) = &mut call.phase
        && let Some(knocks) = ask.knocks()
    {
        if let (true, Some(offer)) = (knocks.is_empty(), &knock.offer) {
            let request = MediaRequest::Prepare {
                call: call.facts.id,
                offer: offer.clone(),
            };
            call.facts.ask(cx, *owner, request);
        }
        knocks.push(knock);
    }
    Next::On
}

/// Takes out the first of those who wait that is meant; what the owner prepared for it is let go.
pub(crate) fn let_go(call: &mut Call, cx: &mut Context<'_>, meant: impl Fn(&Knock) -> bool) -> Option<Knock> {
    let Phase::Placing(Placing { ask, .. }) = &mut call.phase else {
        return None;
    };
    let knocks = ask.knocks()?;
    let at = knocks.iter().position(meant)?;
    let knock = knocks.remove(at);
    if at == 0 {
        call.facts.close_all(cx);
    }
    Some(knock)
}

/// Our own leg: answered at once.
pub(crate) fn own_leg(call: &mut Call, cx: &mut Context<'_>, knock: Knock) -> Next {
    if let Phase::Placing(Placing { owner, .. }) = call.phase {
        call.facts.call_sid = knock.sid;
        call.facts.sip_call_id = knock.sip_call_id;
        take_leg(call, cx, owner, knock.leg, knock.offer);
    }
    Next::On
}

/// The platform took it. `rest` gets those who waited and are not our leg.
pub(crate) fn placed(call: &mut Call, cx: &mut Context<'_>, sid: String, rest: &mut Vec<Knock>) -> Next {
    let Phase::Placing(Placing { ask, .. }) = &mut call.phase else {
        return Next::On;
    };
    let taken = Ask::Taken {
        until: cx.now + LEG_LIMIT,
    };
    let ours = |knock: &Knock| knock.sid.as_deref() == Some(&sid);
    match replace(ask, taken) {
        Ask::Out { mut knocks, .. } => {
            let own = knocks.iter().position(ours);
            if own != Some(0) {
                // What was prepared was for somebody else.
                call.facts.close_all(cx);
            }
            let own = own.map(|at| knocks.remove(at));
            *rest = knocks;
            call.facts.call_sid = Some(sid);
            match own {
                Some(knock) => own_leg(call, cx, knock),
                None => Next::On,
            }
        }
        Ask::Leaving { mut knocks, .. } => {
            if let Some(at) = knocks.iter().position(ours) {
                cx.reject(knocks.remove(at).leg, 486);
            }
            *rest = knocks;
            call.facts.call_sid = Some(sid);
            Next::Over(EndReason::Cancelled)
        }
        // A repeat of the click told the rest of it.
        Ask::Unsure { .. } => {
            call.facts.call_sid = Some(sid);
            Next::On
        }
        known @ Ask::Taken { .. } => {
            *ask = known;
            Next::On
        }
    }
}

/// It was not placed. `rest` gets those who waited for the reply to an attempt that the agent gave up.
pub(crate) fn refused(call: &mut Call, words: String, rest: &mut Vec<Knock>) -> Next {
    match &mut call.phase {
        Phase::Placing(Placing {
            ask: Ask::Leaving { knocks, .. },
            ..
        }) => {
            // None of them is our leg.
            *rest = core::mem::take(knocks);
            Next::Over(EndReason::Cancelled)
        }
        Phase::Placing(_) => Next::Over(EndReason::PlaceRefused { words }),
        Phase::Announced { .. }
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On,
    }
}

/// The call that rings here turns out to be our own leg of an attempt that is over.
pub(crate) fn too_late(call: &mut Call, cx: &mut Context<'_>) -> Next {
    match &call.phase {
        Phase::Incoming(Ringing { leg, .. }) => {
            cx.reject(*leg, 486);
            Next::Over(EndReason::Cancelled)
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On,
    }
}

/// Nobody knows. `rest` gets those who waited: each is looked at anew.
pub(crate) fn unknown(call: &mut Call, cx: &mut Context<'_>, words: String, rest: &mut Vec<Knock>) -> Next {
    let Phase::Placing(Placing { ask, .. }) = &mut call.phase else {
        return Next::On;
    };
    match ask {
        Ask::Out { knocks, .. } => {
            *rest = core::mem::take(knocks);
            *ask = Ask::Unsure {
                words,
                until: cx.now + UNSURE_LIMIT,
            };
            call.facts.close_all(cx);
            Next::On
        }
        Ask::Leaving { .. } => Next::Over(EndReason::Cancelled),
        Ask::Taken { .. } | Ask::Unsure { .. } => Next::On,
    }
}

/// *Hang up* before our leg is here. The platform cannot be told before it has said which call it is.
pub(crate) fn hang_up(placing: &mut Placing, now: Millis, reason: EndReason) -> Next {
    match &mut placing.ask {
        Ask::Out { knocks, .. } if reason == EndReason::Cancelled => {
            placing.ask = Ask::Leaving {
                until: now + LEAVING_LIMIT,
                knocks: core::mem::take(knocks),
            };
            Next::On
        }
        Ask::Leaving { .. } if reason == EndReason::Cancelled => Next::On,
        Ask::Out { .. } | Ask::Taken { .. } | Ask::Unsure { .. } | Ask::Leaving { .. } => Next::Over(reason),
    }
}

/// How an attempt ends that is given up: by its limit, or because another call makes it pointless.
pub(crate) fn given_up(ask: &Ask) -> EndReason {
    match ask {
        Ask::Out { .. } => EndReason::PlaceUnknown { words: String::new() },
        Ask::Taken { .. } => EndReason::OwnLegUnanswered,
        Ask::Unsure { words, .. } => EndReason::PlaceUnknown { words: words.clone() },
        Ask::Leaving { .. } => EndReason::Cancelled,
    }
}
