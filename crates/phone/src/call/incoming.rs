//! Being called.

use super::context::Context;
use super::facts::Facts;
use super::phase::{ORPHAN_LIMIT, Opener, PROMPT_LIMIT, Phase, RING_LIMIT, RingEnd, Ringing, Step};
use super::recovery::establish;
use super::signals::end_leg;
use super::talk::Talk;
use super::{Call, Next};
use crate::{Direction, EndReason, Mark, MediaFault, MediaRequest, PageId};

/// A new call that rings here, in every attached page.
pub(crate) fn ring(
    mut facts: Box<Facts>,
    cx: &mut Context<'_>,
    leg: sip::CallId,
    offer: Option<String>,
) -> Call {
    let phase = alert(&mut facts, cx, leg, offer);
    Call { facts, phase }
}

/// The same caller's call again, over a new flow: it goes on ringing as the same call.
pub(crate) fn ring_again(
    phase: &Phase,
    facts: &mut Facts,
    cx: &mut Context<'_>,
    leg: sip::CallId,
    offer: Option<String>,
) -> Next {
    if let Some(old) = phase.leg() {
        cx.reject(old, 480);
    }
    facts.close_all(cx);
    Next::On(alert(facts, cx, leg, offer))
}

fn alert(facts: &mut Facts, cx: &mut Context<'_>, leg: sip::CallId, offer: Option<String>) -> Phase {
    // If the caller is gone already, the event is on its way.
    let _ = cx.ua.ring(cx.at(), leg);
    cx.flush();
    let ringing = Ringing {
        leg,
        offer,
        until: RingEnd::Limit(facts.started + RING_LIMIT),
    };
    for page in cx.pages {
        prepare(&ringing, facts, cx, *page);
    }
    Phase::Incoming(ringing)
}

fn prepare(ringing: &Ringing, facts: &mut Facts, cx: &mut Context<'_>, page: PageId) {
    if let Some(offer) = &ringing.offer {
        facts.ask(
            cx,
            page,
            MediaRequest::Prepare {
                call: facts.id,
                offer: offer.clone(),
            },
        );
    }
}

/// A page attached while it rings.
pub(crate) fn page_came(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, page: PageId) -> Next {
    match &phase {
        Phase::Incoming(ringing) => prepare(ringing, facts, cx, page),
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => {}
    }
    Next::On(phase)
}

/// *Answer* in that page; the others stop.
pub(crate) fn answer(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, owner: PageId) -> Next {
    match phase {
        Phase::Incoming(Ringing { leg, offer, .. }) => {
            facts.close_others(cx, owner);
            let prepared = facts.holders.contains(&owner);
            let (call, direction) = (facts.id, Direction::SendRecv);
            let (opener, request) = if offer.is_some() {
                let offer = if prepared { None } else { offer };
                (
                    Opener::Caller,
                    MediaRequest::Answer {
                        call,
                        offer,
                        direction,
                    },
                )
            } else {
                (
                    Opener::Us,
                    MediaRequest::Offer {
                        call,
                        direction,
                        ice_restart: false,
                    },
                )
            };
            facts.ask(cx, owner, request);
            Next::On(Phase::Answering {
                owner,
                leg,
                opener,
                step: Step::Asked(cx.now + PROMPT_LIMIT),
            })
        }
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// The page's session description goes out with the 200.
pub(crate) fn accept(
    cx: &mut Context<'_>,
    owner: PageId,
    leg: sip::CallId,
    opener: Opener,
    sdp: String,
) -> Next {
    // It fails when the caller has just cancelled, or the leg died with its flow.
    if cx.ua.answer(cx.at(), leg, sdp).is_err() {
        cx.flush();
        return match cx
            .events
            .iter()
            .any(|event| matches!(event, sip::Event::Ended { id, .. } if *id == leg))
        {
            true => Next::On(Phase::Answering {
                owner,
                leg,
                opener,
                step: Step::Sent,
            }),
            false => Next::Missed(EndReason::LinkLost),
        };
    }
    cx.flush();
    if cx.flow {
        cx.mark(Mark::AnswerSent);
    }
    Next::On(Phase::Answering {
        owner,
        leg,
        opener,
        step: Step::Sent,
    })
}

/// The ACK to our 200, with the caller's answer where the offer was ours.
pub(crate) fn confirmed(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, sdp: Option<String>) -> Next {
    match phase {
        Phase::Answering {
            owner,
            leg,
            opener,
            step: Step::Sent,
        } => {
            match (opener, sdp) {
                (Opener::Caller, _) => {}
                (Opener::Us, Some(answer)) => {
                    facts.ask(
                        cx,
                        owner,
                        MediaRequest::Remote {
                            call: facts.id,
                            answer,
                            provisional: false,
                        },
                    );
                }
                (Opener::Us, None) => {
                    return end_leg(leg, None, facts, cx, EndReason::Media(MediaFault::Negotiation));
                }
            }
            establish(Talk::new(leg, owner, cx.now), facts, cx)
        }
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Talking { .. }
        | Phase::Answering {
            step: Step::Asked(_), ..
        }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// *Decline*.
pub(crate) fn decline(phase: Phase, cx: &mut Context<'_>) -> Next {
    match phase {
        Phase::Incoming(Ringing { leg, .. }) => {
            cx.reject(leg, 486);
            Next::Over(EndReason::Declined)
        }
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// The socket under a ringing call died: its CANCEL could not reach us any more, so it may not ring for long.
pub(crate) fn orphan(ringing: Ringing, cx: &Context<'_>) -> Phase {
    let at = match ringing.until {
        RingEnd::Limit(at) => at.min(cx.now + ORPHAN_LIMIT),
        RingEnd::Orphan(at) => at,
    };
    Phase::Incoming(Ringing {
        until: RingEnd::Orphan(at),
        ..ringing
    })
}
