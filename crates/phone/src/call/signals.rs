//! What may happen to a call in any phase.

use sip::EndCause;
use sip::header::Reason;

use super::Next;
use super::cause::{is_answered_elsewhere, reason_of};
use super::context::Context;
use super::exchange::Change;
use super::facts::{Audio, Facts};
use super::incoming::{accept, orphan};
use super::outgoing::invite;
use super::phase::{ENDING_LIMIT, Heard, Opener, Phase, RingEnd, Ringing, Step};
use super::recovery::{Path, assess, refresh};
use super::talk::{Talk, status_of};
use crate::view::Refusal;
use crate::{EndReason, MediaEvent, MediaFault, Millis, PageId};

/// Ends a leg that lives: the pages let go at once, the far end is told.
pub(crate) fn end_leg(
    leg: sip::CallId,
    since: Option<Millis>,
    facts: &mut Facts,
    cx: &mut Context<'_>,
    reason: EndReason,
) -> Next {
    facts.close_all(cx);
    if cx.hang_up(leg) {
        Next::On(Phase::Ending {
            leg,
            since,
            reason,
            until: cx.now + ENDING_LIMIT,
        })
    } else {
        // No link: the request follows when it is back, and nobody has to watch that.
        Next::Over(reason)
    }
}

/// We end the call, for this reason.
pub(crate) fn hang_up(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, reason: EndReason) -> Next {
    let since = phase.since();
    match phase {
        Phase::Drafting { .. } => Next::Over(reason),
        Phase::Incoming(Ringing { leg, .. }) => {
            cx.reject(leg, 486);
            Next::Over(EndReason::Declined)
        }
        Phase::Answering {
            leg,
            step: Step::Asked(_),
            ..
        } => {
            cx.reject(leg, 480);
            Next::Over(reason)
        }
        Phase::Calling { leg, .. }
        | Phase::Answering {
            leg,
            step: Step::Sent,
            ..
        } => end_leg(leg, since, facts, cx, reason),
        Phase::Talking { talk, .. } => end_leg(talk.leg, since, facts, cx, reason),
        Phase::Ending { .. } => Next::On(phase),
    }
}

/// *Hang up* by the agent.
pub(crate) fn agent_hangs_up(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>) -> Next {
    let reason = match &phase {
        Phase::Drafting { .. } | Phase::Calling { .. } => EndReason::Cancelled,
        Phase::Incoming(_) => EndReason::Declined,
        Phase::Answering { .. } | Phase::Talking { .. } | Phase::Ending { .. } => EndReason::HungUp,
    };
    hang_up(phase, facts, cx, reason)
}

/// News of the owning page about the audio.
pub(crate) fn media(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, event: MediaEvent) -> Next {
    match event {
        MediaEvent::Offer(sdp) | MediaEvent::Answer(sdp) if sdp.is_empty() => {
            failed(phase, facts, cx, MediaFault::Negotiation)
        }
        MediaEvent::Offer(sdp) => offered(phase, facts, cx, sdp),
        MediaEvent::Answer(sdp) => replied(phase, facts, cx, sdp),
        MediaEvent::Failed(fault) => failed(phase, facts, cx, fault),
        MediaEvent::Flowing => heard(phase, facts, cx, Audio::Flowing),
        MediaEvent::Stalled => heard(phase, facts, cx, Audio::Stalled),
    }
}

fn offered(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, sdp: String) -> Next {
    match phase {
        Phase::Drafting { owner, target, .. } => invite(cx, owner, *target, sdp),
        Phase::Answering {
            owner,
            leg,
            opener: opener @ Opener::Us,
            step: Step::Asked(_),
        } => accept(cx, owner, leg, opener, sdp),
        Phase::Talking { mut talk, path } => {
            talk.drafted(facts, cx, sdp);
            assess(talk, path, facts, cx)
        }
        Phase::Calling { .. } | Phase::Incoming(_) | Phase::Answering { .. } | Phase::Ending { .. } => {
            Next::On(phase)
        }
    }
}

fn replied(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, sdp: String) -> Next {
    match phase {
        Phase::Answering {
            owner,
            leg,
            opener: opener @ Opener::Caller,
            step: Step::Asked(_),
        } => accept(cx, owner, leg, opener, sdp),
        Phase::Talking { mut talk, path } => {
            talk.replied(facts, cx, sdp);
            assess(talk, path, facts, cx)
        }
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

fn failed(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, fault: MediaFault) -> Next {
    match phase {
        Phase::Drafting { .. } => Next::Over(EndReason::Media(fault)),
        Phase::Calling { leg, .. }
        | Phase::Answering {
            leg,
            step: Step::Sent,
            ..
        } => end_leg(leg, None, facts, cx, EndReason::Media(fault)),
        Phase::Answering {
            leg,
            step: Step::Asked(_),
            ..
        } => {
            cx.reject(leg, status_of(&fault));
            Next::Over(EndReason::Media(fault))
        }
        Phase::Talking { mut talk, path } => {
            if talk.failed(facts, cx, &fault) {
                return assess(talk, path, facts, cx);
            }
            match (fault, path) {
                // A path that failed can be renewed; nothing else that failed comes back by itself.
                (MediaFault::NoPath, path) => lost_path(talk, path, facts, cx),
                (fault, _) => {
                    let since = talk.since;
                    end_leg(talk.leg, Some(since), facts, cx, EndReason::Media(fault))
                }
            }
        }
        Phase::Incoming(_) | Phase::Ending { .. } => Next::On(phase),
    }
}

/// ICE gave up: there is nothing to wait for before renewing.
fn lost_path(talk: Talk, path: Path, facts: &mut Facts, cx: &mut Context<'_>) -> Next {
    facts.audio = Audio::Stalled;
    let path = match path {
        Path::Sound | Path::Disrupted { .. } => Path::Disrupted { until: cx.now },
        Path::Connecting | Path::Renewing { .. } => path,
    };
    assess(talk, path, facts, cx)
}

fn heard(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, audio: Audio) -> Next {
    facts.audio = audio;
    match phase {
        Phase::Talking { talk, path } => assess(talk, path, facts, cx),
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// The leg is over.
pub(crate) fn ended(phase: Phase, cx: &Context<'_>, cause: EndCause, reasons: &[Reason]) -> Next {
    match phase {
        Phase::Ending { reason, .. } => Next::Over(reason),
        Phase::Incoming(ringing) => match cause {
            EndCause::FlowLost => Next::On(orphan(ringing, cx)),
            cause => unanswered(cause, reasons),
        },
        Phase::Answering {
            step: Step::Asked(_), ..
        } => unanswered(cause, reasons),
        Phase::Answering { step: Step::Sent, .. } => match cause {
            EndCause::Cancelled => unanswered(cause, reasons),
            cause => Next::Over(reason_of(cause)),
        },
        Phase::Drafting { .. } | Phase::Calling { .. } | Phase::Talking { .. } => {
            Next::Over(reason_of(cause))
        }
    }
}

fn unanswered(cause: EndCause, reasons: &[Reason]) -> Next {
    if is_answered_elsewhere(reasons) {
        Next::Over(EndReason::AnsweredElsewhere)
    } else {
        Next::Missed(reason_of(cause))
    }
}

/// A page is gone, and with it any audio it carried.
pub(crate) fn page_gone(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, page: PageId) -> Next {
    facts.forget(page);
    if phase.owner() == Some(page) {
        hang_up(phase, facts, cx, EndReason::PageClosed)
    } else {
        Next::On(phase)
    }
}

/// *Hold* or resume.
pub(crate) fn hold(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>, on: bool) -> Next {
    match phase {
        Phase::Talking { mut talk, path } if cx.usable => {
            talk.want(facts, cx, Change::Hold(on));
            assess(talk, path, facts, cx)
        }
        Phase::Talking { .. }
        | Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. } => {
            cx.refuse(Refusal::HoldRefused);
            Next::On(phase)
        }
        Phase::Ending { .. } => Next::On(phase),
    }
}

/// Something about an offer within the call.
pub(crate) fn exchange(
    phase: Phase,
    facts: &mut Facts,
    cx: &mut Context<'_>,
    event: impl FnOnce(&mut Talk, &mut Facts, &mut Context<'_>),
) -> Next {
    match phase {
        Phase::Talking { mut talk, path } => {
            event(&mut talk, facts, cx);
            assess(talk, path, facts, cx)
        }
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// The flow under the call is gone. The dialog is not (RFC 3261 §12): only what cannot wait changes.
pub(crate) fn flow_lost(phase: Phase, cx: &mut Context<'_>) -> Next {
    match phase {
        Phase::Incoming(ringing) => Next::On(orphan(ringing, cx)),
        Phase::Ending { leg, reason, .. } => {
            cx.owe(leg);
            Next::Over(reason)
        }
        Phase::Drafting { .. } | Phase::Calling { .. } | Phase::Answering { .. } | Phase::Talking { .. } => {
            Next::On(phase)
        }
    }
}

/// Registered over a new flow.
pub(crate) fn flow_back(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>) -> Next {
    match phase {
        Phase::Talking { talk, path } => refresh(talk, path, facts, cx),
        Phase::Drafting { .. }
        | Phase::Calling { .. }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}

/// A deadline may have come.
pub(crate) fn time(phase: Phase, facts: &mut Facts, cx: &mut Context<'_>) -> Next {
    match phase {
        Phase::Drafting { until, .. } if until <= cx.now => Next::Over(EndReason::Media(MediaFault::NoReply)),
        Phase::Calling { leg, until, .. } if until <= cx.now => {
            end_leg(leg, None, facts, cx, EndReason::NoAnswer)
        }
        Phase::Incoming(Ringing {
            leg,
            until: RingEnd::Limit(at),
            ..
        }) if at <= cx.now => {
            cx.reject(leg, 480);
            Next::Missed(EndReason::NoAnswer)
        }
        Phase::Incoming(Ringing {
            leg,
            until: RingEnd::Orphan(at),
            ..
        }) if at <= cx.now => {
            cx.reject(leg, 480);
            Next::Missed(EndReason::LinkLost)
        }
        Phase::Answering {
            leg,
            step: Step::Asked(until),
            ..
        } if until <= cx.now => {
            cx.reject(leg, 480);
            Next::Over(EndReason::Media(MediaFault::NoReply))
        }
        Phase::Ending { reason, until, .. } if until <= cx.now => Next::Over(reason),
        Phase::Talking { mut talk, path } => {
            talk.time(facts, cx);
            assess(talk, path, facts, cx)
        }
        Phase::Drafting { .. }
        | Phase::Calling {
            heard: Heard::Nothing | Heard::Ringing | Heard::Early,
            ..
        }
        | Phase::Incoming(_)
        | Phase::Answering { .. }
        | Phase::Ending { .. } => Next::On(phase),
    }
}
