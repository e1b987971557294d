//! What may happen to a call in any phase.

use sip::EndCause;
use sip::header::Reason;

use super::cause::{is_answered_elsewhere, reason_of};
use super::context::Context;
use super::exchange::Change;
use super::facts::{Audio, Facts};
use super::incoming::accept;
use super::outgoing::invite;
use super::phase::{ENDING_LIMIT, Opener, Phase, RingEnd, Ringing, Step};
use super::placing::{self, Placing, given_up};
use super::recovery::{Path, assess, mend};
use super::talk::{Talk, status_of};
use super::{Call, Next, Talking};
use crate::view::{Refusal, Way};
use crate::{EndReason, MediaEvent, MediaFault, PageId};

/// Ends a leg that lives: the pages let go at once, the far end is told.
pub(crate) fn end_leg(call: &mut Call, cx: &mut Context<'_>, leg: sip::CallId, reason: EndReason) -> Next {
    call.facts.close_all(cx);
    if !cx.hang_up(leg) {
        // No link: the request follows when it is back, and nobody has to watch that.
        return Next::Over(reason);
    }
    call.phase = Phase::Ending {
        leg,
        since: call.phase.since(),
        reason,
        until: cx.now + ENDING_LIMIT,
    };
    Next::On
}

/// We end the call, for this reason.
pub(crate) fn hang_up(call: &mut Call, cx: &mut Context<'_>, reason: EndReason) -> Next {
    match &mut call.phase {
        Phase::Announced { .. } => Next::Over(EndReason::Hidden),
        Phase::Placing(placing) => placing::hang_up(placing, cx.now, reason),
        Phase::Drafting { .. } => Next::Over(reason),
        Phase::Incoming(Ringing { leg, .. }) => {
            cx.reject(*leg, 486);
            Next::Over(EndReason::Declined)
        }
        Phase::Answering {
            leg,
            step: Step::Asked(_),
            ..
        } => {
            cx.reject(*leg, 480);
            Next::Over(reason)
        }
        Phase::Calling { leg, .. }
        | Phase::Answering {
            leg,
            step: Step::Sent,
            ..
        }
        | Phase::Talking {
            talk: Talk { leg, .. },
            ..
        } => {
            let leg = *leg;
            end_leg(call, cx, leg, reason)
        }
        Phase::Ending { .. } => Next::On,
    }
}

/// *Hang up* by the agent.
pub(crate) fn agent_hangs_up(call: &mut Call, cx: &mut Context<'_>) -> Next {
    let reason = match &call.phase {
        Phase::Placing(_) | Phase::Drafting { .. } | Phase::Calling { .. } => EndReason::Cancelled,
        Phase::Announced { .. } | Phase::Incoming(_) => EndReason::Declined,
        // Our own leg is up or nearly so, but not the customer's.
        Phase::Answering { .. }
        | Phase::Talking {
            path: Path::Alone, ..
        } if call.facts.way == Way::Out => EndReason::Cancelled,
        Phase::Answering { .. } | Phase::Talking { .. } | Phase::Ending { .. } => EndReason::HungUp,
    };
    hang_up(call, cx, reason)
}

/// News of the owning page about the audio.
pub(crate) fn media(call: &mut Call, cx: &mut Context<'_>, event: MediaEvent) -> Next {
    match event {
        MediaEvent::Offer(sdp) | MediaEvent::Answer(sdp) if sdp.is_empty() => {
            failed(call, cx, MediaFault::Negotiation)
        }
        MediaEvent::Offer(sdp) => offered(call, cx, sdp),
        MediaEvent::Answer(sdp) => replied(call, cx, sdp),
        MediaEvent::Failed(fault) => failed(call, cx, fault),
        MediaEvent::Flowing => heard(call, cx, Audio::Flowing),
        MediaEvent::Stalled => heard(call, cx, Audio::Stalled),
        MediaEvent::OneWay => mend(call, cx),
    }
}

fn offered(call: &mut Call, cx: &mut Context<'_>, sdp: String) -> Next {
    match &mut call.phase {
        Phase::Drafting { owner, target, .. } => match invite(cx, *owner, target, sdp) {
            Ok(calling) => {
                call.phase = calling;
                Next::On
            }
            Err(reason) => Next::Over(reason),
        },
        Phase::Answering {
            leg,
            opener: Opener::Us,
            step: step @ Step::Asked(_),
            ..
        } => accept(cx, *leg, step, sdp),
        Phase::Talking { talk, .. } => {
            talk.drafted(&mut call.facts, cx, sdp);
            assess(call, cx)
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On,
    }
}

fn replied(call: &mut Call, cx: &mut Context<'_>, sdp: String) -> Next {
    match &mut call.phase {
        Phase::Answering {
            leg,
            opener: Opener::Caller,
            step: step @ Step::Asked(_),
            ..
        } => accept(cx, *leg, step, sdp),
        Phase::Talking { talk, .. } => {
            talk.replied(&mut call.facts, cx, sdp);
            assess(call, cx)
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On,
    }
}

fn failed(call: &mut Call, cx: &mut Context<'_>, fault: MediaFault) -> Next {
    match &mut call.phase {
        Phase::Answering {
            leg,
            step: Step::Asked(_),
            ..
        } => {
            cx.reject(*leg, status_of(&fault));
            Next::Over(EndReason::Media(fault))
        }
        Phase::Talking { talk, path } => {
            if talk.failed(&mut call.facts, cx, &fault) {
                return assess(call, cx);
            }
            // A path that failed can be renewed; nothing else that failed comes back by itself.
            if fault == MediaFault::NoPath {
                path.fail(cx.now);
                return heard(call, cx, Audio::Stalled);
            }
            hang_up(call, cx, EndReason::Media(fault))
        }
        Phase::Drafting { .. } | Phase::Calling { .. } | Phase::Answering { .. } => {
            hang_up(call, cx, EndReason::Media(fault))
        }
        Phase::Announced { .. } | Phase::Placing(_) | Phase::Incoming(_) | Phase::Ending { .. } => Next::On,
    }
}

fn heard(call: &mut Call, cx: &mut Context<'_>, audio: Audio) -> Next {
    call.facts.audio = audio;
    assess(call, cx)
}

/// The leg is over.
pub(crate) fn ended(call: &mut Call, cx: &Context<'_>, cause: EndCause, reasons: &[Reason]) -> Next {
    match &mut call.phase {
        Phase::Ending { reason, .. } => Next::Over(reason.clone()),
        Phase::Incoming(ringing) if cause == EndCause::FlowLost => {
            ringing.orphan(cx.now);
            Next::On
        }
        Phase::Answering { step: Step::Sent, .. } if cause != EndCause::Cancelled => {
            Next::Over(reason_of(cause))
        }
        // No leg of ours.
        Phase::Announced { .. } | Phase::Placing(_) => Next::On,
        // An own leg is nobody's call to miss.
        Phase::Answering { .. } if call.facts.way == Way::Out => Next::Over(reason_of(cause)),
        Phase::Incoming(_) | Phase::Answering { .. } => {
            if is_answered_elsewhere(reasons) {
                Next::Over(EndReason::AnsweredElsewhere)
            } else {
                Next::Missed(reason_of(cause))
            }
        }
        Phase::Drafting { .. } | Phase::Calling { .. } | Phase::Talking { .. } => {
            Next::Over(reason_of(cause))
        }
    }
}

/// A page is gone, and with it any audio it carried.
pub(crate) fn page_gone(call: &mut Call, cx: &mut Context<'_>, page: PageId) -> Next {
    call.facts.forget(page);
    if call.phase.owner() == Some(page) {
        hang_up(call, cx, EndReason::PageClosed)
    } else {
        Next::On
    }
}

/// *Hold* or resume.
pub(crate) fn hold(call: &mut Call, cx: &mut Context<'_>, on: bool) -> Next {
    match &mut call.phase {
        Phase::Talking { talk, .. } if cx.usable => {
            talk.want(&mut call.facts, cx, Change::Hold(on));
            assess(call, cx)
        }
        Phase::Talking { .. }
        | Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. } => {
            cx.refuse(Refusal::HoldRefused);
            Next::On
        }
        Phase::Ending { .. } => Next::On,
    }
}

/// Something about an offer within the call.
pub(crate) fn exchange(
    call: &mut Call,
    cx: &mut Context<'_>,
    event: impl FnOnce(&mut Talk, &mut Facts, &mut Context<'_>),
) -> Next {
    if let Some(Talking { talk, facts, .. }) = call.talking() {
        event(talk, facts, cx);
    }
    assess(call, cx)
}

/// The flow under the call is gone. The dialog is not (RFC 3261 §12): only what cannot wait changes.
pub(crate) fn flow_lost(call: &mut Call, cx: &mut Context<'_>) -> Next {
    match &mut call.phase {
        Phase::Incoming(ringing) => {
            ringing.orphan(cx.now);
            Next::On
        }
        Phase::Ending { leg, reason, .. } => {
            cx.owe(*leg);
            Next::Over(reason.clone())
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Answering { .. }
        | Phase::Talking { .. } => Next::On,
    }
}

/// A deadline may have come.
pub(crate) fn time(call: &mut Call, cx: &mut Context<'_>) -> Next {
    match &mut call.phase {
        // The server has not said how it ended; it may yet say that it was missed.
        Phase::Announced { until } if *until <= cx.now => Next::Over(EndReason::CallerCancelled),
        Phase::Placing(Placing { ask, .. }) if ask.deadline() <= cx.now => Next::Over(given_up(ask)),
        Phase::Drafting { until, .. } if *until <= cx.now => {
            Next::Over(EndReason::Media(MediaFault::NoReply))
        }
        Phase::Calling { leg, until, .. } if *until <= cx.now => {
            let leg = *leg;
            end_leg(call, cx, leg, EndReason::NoAnswer)
        }
        Phase::Incoming(Ringing { leg, until, .. }) if until.at() <= cx.now => {
            cx.reject(*leg, 480);
            Next::Missed(match until {
                RingEnd::Limit(_) => EndReason::NoAnswer,
                RingEnd::Orphan(_) => EndReason::LinkLost,
            })
        }
        Phase::Answering {
            leg,
            step: Step::Asked(until),
            ..
        } if *until <= cx.now => {
            cx.reject(*leg, 480);
            Next::Over(EndReason::Media(MediaFault::NoReply))
        }
        Phase::Ending { reason, until, .. } if *until <= cx.now => Next::Over(reason.clone()),
        Phase::Talking { talk, .. } => {
            talk.time(&mut call.facts, cx);
            assess(call, cx)
        }
        Phase::Announced { .. }
        | Phase::Placing(_)
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On,
    }
}
