//! The current call: what it is, and the phase it is in.

mod cause;
mod context;
pub(crate) mod digits;
mod exchange;
mod facts;
pub(crate) mod incoming;
pub(crate) mod outgoing;
pub(crate) mod phase;
mod recovery;
pub(crate) mod signals;
mod talk;

pub(crate) use context::Context;
pub(crate) use facts::Facts;
pub(crate) use phase::Phase;

use crate::view::CallView;
use crate::{EndReason, Millis};

/// The current call.
pub(crate) struct Call {
    pub(crate) facts: Facts,
    pub(crate) phase: Phase,
}

/// What a transition leads to.
pub(crate) enum Next {
    /// The call goes on.
    On(Phase),
    /// The call is over, for the screen and for the pages; its leg may still have requests to settle.
    Over(EndReason),
    /// The same, and the agent never got to answer it.
    Missed(EndReason),
}

/// A call that went on, or one that is over.
pub(crate) enum Outcome {
    /// It goes on.
    On(Call),
    /// It is over.
    Over {
        facts: Facts,
        reason: EndReason,
        /// When it had been established.
        since: Option<Millis>,
        missed: bool,
    },
}

impl Call {
    /// Runs one transition: the phase is consumed, and pages lose their media when it was the last one.
    pub(crate) fn step(
        self,
        cx: &mut Context<'_>,
        transition: impl FnOnce(Phase, &mut Facts, &mut Context<'_>) -> Next,
    ) -> Outcome {
        let Self { mut facts, phase } = self;
        let since = phase.since();
        let (reason, missed) = match transition(phase, &mut facts, cx) {
            Next::On(phase) => return Outcome::On(Self { facts, phase }),
            Next::Over(reason) => (reason, false),
            Next::Missed(reason) => (reason, true),
        };
        facts.close_all(cx);
        Outcome::Over {
            facts,
            reason,
            since,
            missed,
        }
    }

    /// What a screen may show.
    pub(crate) fn view(&self, ua: &sip::UserAgent) -> CallView {
        let session = self.phase.leg().and_then(|leg| ua.session(leg));
        CallView {
            id: self.facts.id,
            way: self.facts.way,
            peer: self.facts.peer.clone(),
            state: self.phase.state(),
            started: self.facts.started,
            established: self.phase.since(),
            owner: self.phase.owner(),
            muted: self.facts.muted,
            held: session.is_some_and(|session| session.local_hold()),
            held_by_peer: session.is_some_and(|session| session.remote_hold()),
            hold_pending: self.phase.hold_pending(),
            digits: self.facts.digits.sent().to_owned(),
            call_sid: self.facts.call_sid.clone(),
            sip_call_id: self.facts.sip_call_id.clone(),
        }
    }
}
