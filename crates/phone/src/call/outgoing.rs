//! Calling somebody.

use sip::message::Headers;

use super::context::Context;
use super::phase::{CALLING_LIMIT, Heard, PROMPT_LIMIT, Phase};
use super::recovery::Path;
use super::signals::end_leg;
use super::talk::Talk;
use super::{Call, Next};
use crate::{Direction, EndReason, Mark, MediaFault, MediaRequest, Millis, PageId};

/// The phase of a new call from this page: its offer is made first.
pub(crate) const fn drafting(owner: PageId, target: sip::Uri, now: Millis) -> Phase {
    Phase::Drafting {
        owner,
        target,
        until: now + PROMPT_LIMIT,
    }
}

/// The page is asked for that offer.
pub(crate) fn dial(call: &mut Call, cx: &mut Context<'_>, owner: PageId) {
    let request = MediaRequest::Offer {
        call: call.facts.id,
        direction: Direction::SendRecv,
        ice_restart: false,
    };
    call.facts.ask(cx, owner, request);
}

/// The page's offer goes out with the INVITE.
pub(crate) fn invite(
    cx: &mut Context<'_>,
    owner: PageId,
    target: &sip::Uri,
    offer: String,
) -> Result<Phase, EndReason> {
    if !cx.usable {
        return Err(EndReason::LinkLost);
    }
    let leg = cx
        .ua
        .invite(cx.at(), target.clone(), offer, &[])
        .map_err(|_| EndReason::Media(MediaFault::Negotiation))?;
    cx.flush();
    cx.mark(Mark::CallSent);
    Ok(Phase::Calling {
        owner,
        leg,
        heard: Heard::Nothing,
        until: cx.now + CALLING_LIMIT,
    })
}

/// A provisional response.
pub(crate) fn progress(
    call: &mut Call,
    cx: &mut Context<'_>,
    status: u16,
    sdp: Option<String>,
    headers: &Headers,
) -> Next {
    match &mut call.phase {
        Phase::Calling { owner, heard, .. } => {
            call.facts.note_headers(headers);
            match (status, sdp) {
                (_, Some(answer)) if !answer.is_empty() => {
                    *heard = Heard::Early;
                    let request = MediaRequest::Remote {
                        call: call.facts.id,
                        answer,
                        provisional: true,
                    };
                    call.facts.ask(cx, *owner, request);
                }
                (180, _) => *heard = Heard::Ringing,
                _ => {}
            }
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => {}
    }
    Next::On
}

/// 200 OK: the user agent has sent the ACK.
pub(crate) fn answered(call: &mut Call, cx: &mut Context<'_>, answer: String, headers: &Headers) -> Next {
    match call.phase {
        Phase::Calling { owner, leg, .. } => {
            call.facts.note_headers(headers);
            if answer.is_empty() {
                return end_leg(call, cx, leg, EndReason::Media(MediaFault::Negotiation));
            }
            call.phase = Phase::Talking {
                talk: Talk::new(leg, owner, cx.now),
                path: Path::Connecting,
            };
            call.facts.agreed(cx, owner, answer);
        }
        // A 200 crossing our CANCEL: the user agent ACKs it and sends BYE.
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => {}
    }
    Next::On
}
