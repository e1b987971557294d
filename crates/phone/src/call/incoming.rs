//! Being called.

use super::context::Context;
use super::phase::{ORPHAN_LIMIT, Opener, PROMPT_LIMIT, Phase, RING_LIMIT, RingEnd, Ringing, Step};
use super::recovery::{Path, establish};
use super::signals::end_leg;
use super::talk::Talk;
use super::{Call, Next};
use crate::view::Way;
use crate::{Direction, EndReason, Mark, MediaFault, MediaRequest, Millis, PageId};

/// The phase of a call that starts to ring.
pub(crate) const fn ringing(leg: sip::CallId, offer: Option<String>, started: Millis) -> Phase {
    Phase::Incoming(Ringing {
        leg,
        offer,
        until: RingEnd::Limit(started + RING_LIMIT),
    })
}

/// It rings here, in every attached page, and the caller is told.
pub(crate) fn alert(call: &mut Call, cx: &mut Context<'_>) {
    if let Some(leg) = call.phase.leg() {
        // If the caller is gone already, the event is on its way.
        let _ = cx.ua.ring(cx.at(), leg);
        cx.flush();
    }
    for page in cx.pages {
        page_came(call, cx, *page);
    }
}

/// The same caller's call again, over a new flow: it goes on ringing as the same call.
pub(crate) fn ring_again(
    call: &mut Call,
    cx: &mut Context<'_>,
    leg: sip::CallId,
    offer: Option<String>,
) -> Next {
    if let Some(old) = call.phase.leg() {
        cx.reject(old, 480);
    }
    call.facts.close_all(cx);
    call.phase = ringing(leg, offer, call.facts.started);
    alert(call, cx);
    Next::On
}

/// A page is there while it rings: it gets ready.
pub(crate) fn page_came(call: &mut Call, cx: &mut Context<'_>, page: PageId) -> Next {
    match &call.phase {
        Phase::Incoming(Ringing {
            offer: Some(offer), ..
        }) => {
            let request = MediaRequest::Prepare {
                call: call.facts.id,
                offer: offer.clone(),
            };
            call.facts.ask(cx, page, request);
        }
        Phase::Incoming(Ringing { offer: None, .. })
        | Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => {}
    }
    Next::On
}

/// *Answer* in that page; the others stop.
pub(crate) fn answer(call: &mut Call, cx: &mut Context<'_>, owner: PageId) -> Next {
    match &mut call.phase {
        Phase::Incoming(Ringing { leg, offer, .. }) => {
            let (leg, offer) = (*leg, offer.take());
            take_leg(call, cx, owner, leg, offer);
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => {}
    }
    Next::On
}

/// Asks the owner for what the 200 will carry.
pub(super) fn take_leg(
    call: &mut Call,
    cx: &mut Context<'_>,
    owner: PageId,
    leg: sip::CallId,
    offer: Option<String>,
) {
    let facts = &mut call.facts;
    facts.close_others(cx, owner);
    let prepared = facts.holders.contains(&owner);
    let (id, direction) = (facts.id, Direction::SendRecv);
    let opener = if offer.is_some() {
        Opener::Caller
    } else {
        Opener::Us
    };
    let request = match opener {
        Opener::Caller => MediaRequest::Answer {
            call: id,
            offer: offer.filter(|_| !prepared),
            direction,
        },
        Opener::Us => MediaRequest::Offer {
            call: id,
            direction,
            ice_restart: false,
        },
    };
    call.phase = Phase::Answering {
        owner,
        leg,
        opener,
        step: Step::Asked(cx.now + PROMPT_LIMIT),
    };
    facts.ask(cx, owner, request);
}

/// The page's session description goes out with the 200.
pub(crate) fn accept(cx: &mut Context<'_>, leg: sip::CallId, step: &mut Step, sdp: String) -> Next {
    // It fails when the caller has just cancelled, or the leg died with its flow.
    let answered = cx.ua.answer(cx.at(), leg, sdp).is_ok();
    cx.flush();
    let ending = |event: &sip::Event| matches!(event, sip::Event::Ended { id, .. } if *id == leg);
    if !answered && !cx.events.as_slice().iter().any(ending) {
        return Next::Missed(EndReason::LinkLost);
    }
    if answered && cx.flow {
        cx.mark(Mark::AnswerSent);
    }
    *step = Step::Sent;
    Next::On
}

/// The ACK to our 200, with the caller's answer where the offer was ours.
pub(crate) fn confirmed(call: &mut Call, cx: &mut Context<'_>, sdp: Option<String>) -> Next {
    match call.phase {
        Phase::Answering {
            owner,
            leg,
            opener,
            step: Step::Sent,
        } => {
            match (opener, sdp) {
                (Opener::Caller, _) => {}
                (Opener::Us, Some(answer)) => call.facts.agreed(cx, owner, answer),
                (Opener::Us, None) => {
                    return end_leg(call, cx, leg, EndReason::Media(MediaFault::Negotiation));
                }
            }
            let path = match call.facts.way {
                Way::In => Path::Connecting,
                Way::Out => Path::Alone,
            };
            call.phase = Phase::Talking {
                talk: Talk::new(leg, owner, cx.now),
                path,
            };
            establish(call, cx)
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Talking { .. }
        | Phase::Answering {
            step: Step::Asked(_), ..
        }
        | Phase::Ending { .. } => Next::On,
    }
}

/// *Decline*.
pub(crate) fn decline(call: &mut Call, cx: &mut Context<'_>) -> Next {
    match &call.phase {
        Phase::Incoming(Ringing { leg, .. }) => {
            cx.reject(*leg, 486);
            Next::Over(EndReason::Declined)
        }
        // Its leg is refused when it comes.
        Phase::Announced { .. } => Next::Over(EndReason::Hidden),
        Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On,
    }
}

impl Ringing {
    /// The socket under a ringing call died: its CANCEL could not reach us any more, so it may not ring for long.
    pub(super) fn orphan(&mut self, now: Millis) {
        self.until = RingEnd::Orphan(match self.until {
            RingEnd::Limit(at) => at.min(now + ORPHAN_LIMIT),
            RingEnd::Orphan(at) => at,
        });
    }
}
