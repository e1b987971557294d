//! Calling somebody.

use sip::Uri;
use sip::message::Headers;

use super::context::Context;
use super::facts::Facts;
use super::phase::{CALLING_LIMIT, Heard, PROMPT_LIMIT, Phase};
use super::recovery::{Path, establish};
use super::signals::end_leg;
use super::talk::Talk;
use super::{Call, Next};
use crate::{Direction, EndReason, Mark, MediaFault, MediaRequest, PageId};

/// A new call from this page: the page is asked for its offer first.
pub(crate) fn dial(mut facts: Box<Facts>, cx: &mut Context<'_>, owner: PageId, target: Uri) -> Call {
    let request = MediaRequest::Offer {
        call: facts.id,
        direction: Direction::SendRecv,
        ice_restart: false,
    };
    facts.ask(cx, owner, request);
    Call {
        facts,
        phase: Phase::Drafting {
            owner,
            target: Box::new(target),
            until: cx.now + PROMPT_LIMIT,
        },
    }
}

/// The page's offer goes out with the INVITE.
pub(crate) fn invite(cx: &mut Context<'_>, owner: PageId, target: Uri, offer: String) -> Next {
    if !cx.usable {
        return Next::Over(EndReason::LinkLost);
    }
    let Ok(leg) = cx.ua.invite(cx.at(), target, offer, &[]) else {
        return Next::Over(EndReason::Media(MediaFault::Negotiation));
    };
    cx.flush();
    cx.mark(Mark::CallSent);
    Next::On(Phase::Calling {
        owner,
        leg,
        heard: Heard::Nothing,
        until: cx.now + CALLING_LIMIT,
    })
}

/// A provisional response.
pub(crate) fn progress(
    phase: Phase,
    facts: &mut Facts,
    cx: &mut Context<'_>,
    status: u16,
    sdp: Option<String>,
    headers: &Headers,
) -> Next {
    match phase {
        Phase::Calling {
            owner,
            leg,
            heard,
            until,
        } => {
            facts.note_headers(headers);
            let heard = match (status, sdp) {
                (_, Some(answer)) if !answer.is_empty() => {
                    facts.ask(
                        cx,
                        owner,
                        MediaRequest::Remote {
                            call: facts.id,
                            answer,
                            provisional: true,
                        },
                    );
                    Heard::Early
                }
                (180, _) => Heard::Ringing,
                _ => heard,
            };
            Next::On(Phase::Calling {
                owner,
                leg,
                heard,
                until,
            })
        }
        Phase::Drafting { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// 200 OK: the user agent has sent the ACK.
pub(crate) fn answered(
    phase: Phase,
    facts: &mut Facts,
    cx: &mut Context<'_>,
    answer: String,
    headers: &Headers,
) -> Next {
    match phase {
        Phase::Calling { owner, leg, .. } => {
            facts.note_headers(headers);
            if answer.is_empty() {
                return end_leg(leg, None, facts, cx, EndReason::Media(MediaFault::Negotiation));
            }
            facts.ask(
                cx,
                owner,
                MediaRequest::Remote {
                    call: facts.id,
                    answer,
                    provisional: false,
                },
            );
            Next::On(Phase::Talking {
                talk: Talk::new(leg, owner, cx.now),
                path: Path::Connecting,
            })
        }
        // A 200 crossing our CANCEL: the user agent ACKs it and sends BYE.
        Phase::Drafting { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Talking { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// The ACK and the answer are on their way: CONNECTING is over.
pub(crate) fn connected(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>) -> Next {
    match phase {
        Phase::Talking {
            talk,
            path: Path::Connecting,
        } => establish(talk, facts, cx),
        Phase::Talking {
            path: Path::Sound | Path::Disrupted { .. } | Path::Renewing { .. },
            ..
        }
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}
