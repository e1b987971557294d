//! What the server's news mean for the current call.

use super::context::Context;
use super::phase::{Phase, Ringing};
use super::recovery::{Path, assess};
use super::signals::hang_up;
use super::{Call, Next};
use crate::news::{News, Outcome, Stage};
use crate::view::Way;
use crate::{EndReason, Mark, Millis};

/// How long an announced call may take to arrive, or to be said to be over.
pub(crate) const ARRIVAL_LIMIT: Millis = 60_000;

/// The server says how this very call stands. The same news may be told again.
///
/// `in_doubt`: a leg that rings may be that of an attempt which nobody answered for.
pub(crate) fn told(call: &mut Call, cx: &mut Context<'_>, news: &News, in_doubt: bool) -> Next {
    if let (Way::Out, Phase::Incoming(Ringing { leg, .. }), false) = (news.way, &call.phase, in_doubt) {
        // Own leg of a call that was placed elsewhere.
        cx.reject(*leg, 480);
        return Next::Gone;
    }
    call.facts.learn(news);
    match news.stage {
        Stage::Begun => Next::On,
        Stage::Answered => answered(call, cx),
        Stage::Over(outcome) => over(call, cx, outcome),
    }
}

fn answered(call: &mut Call, cx: &mut Context<'_>) -> Next {
    match &mut call.phase {
        // It goes on where this phone has no part in it: at the agent's telephone.
        Phase::Announced { .. } | Phase::Placing(_) => Next::Over(EndReason::AnsweredElsewhere),
        Phase::Talking { talk, path } => match path {
            Path::Alone => {
                *path = Path::Sound;
                talk.since = cx.now;
                cx.mark(Mark::Connected);
                assess(call, cx)
            }
            Path::Connecting | Path::Sound | Path::Disrupted { .. } | Path::Renewing { .. } => Next::On,
        },
        // Looked at again when the leg is up.
        Phase::Answering { .. } => Next::On,
        Phase::Drafting { .. } | Phase::Calling { .. } | Phase::Incoming(_) | Phase::Ending { .. } => {
            Next::On
        }
    }
}

/// Ends what has not come to a talk here. A talk is ended by its own far end alone: news may be wrong, a voice is not.
fn over(call: &mut Call, cx: &mut Context<'_>, outcome: Outcome) -> Next {
    let reason = reason_of(outcome);
    match &call.phase {
        Phase::Announced { .. } | Phase::Placing(_) => Next::Over(reason),
        Phase::Incoming(ringing) => {
            cx.reject(ringing.leg, 480);
            match outcome {
                Outcome::Missed | Outcome::Unknown => Next::Missed(reason),
                Outcome::Completed
                | Outcome::Declined
                | Outcome::AnsweredElsewhere
                | Outcome::CustomerUnanswered
                | Outcome::AgentUnanswered
                | Outcome::AgentCancelled
                | Outcome::NotDialled => Next::Over(reason),
            }
        }
        Phase::Talking {
            path: Path::Alone, ..
        } => hang_up(call, cx, reason),
        // Clicked, or answered at once: the leg itself decides, and an own leg is looked at again once it is up.
        Phase::Answering { .. } | Phase::Talking { .. } => Next::On,
        Phase::Drafting { .. } | Phase::Calling { .. } | Phase::Ending { .. } => Next::On,
    }
}

/// The reason an agent is shown.
pub(crate) const fn reason_of(outcome: Outcome) -> EndReason {
    match outcome {
        Outcome::Completed | Outcome::Unknown => EndReason::RemoteHungUp,
        Outcome::Missed => EndReason::CallerCancelled,
        Outcome::Declined => EndReason::Declined,
        Outcome::AnsweredElsewhere => EndReason::AnsweredElsewhere,
        Outcome::CustomerUnanswered => EndReason::NoAnswer,
        Outcome::AgentUnanswered => EndReason::OwnLegUnanswered,
        Outcome::AgentCancelled => EndReason::Cancelled,
        Outcome::NotDialled => EndReason::NotDialled,
    }
}

/// A call that ended here without a talk, and the server says why: its word replaces ours where ours only says that the
/// other side went.
pub(crate) fn better(reason: &EndReason, outcome: Outcome) -> Option<EndReason> {
    let vague = matches!(reason, EndReason::RemoteHungUp | EndReason::CallerCancelled);
    let precise = matches!(
        outcome,
        Outcome::CustomerUnanswered | Outcome::NotDialled | Outcome::AnsweredElsewhere
    );
    (vague && precise).then(|| reason_of(outcome))
}
