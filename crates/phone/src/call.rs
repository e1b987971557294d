//! The current call: what it is, and the phase it is in.

mod cause;
mod context;
pub(crate) mod digits;
mod exchange;
mod facts;
pub(crate) mod incoming;
pub(crate) mod outgoing;
pub(crate) mod phase;
pub(crate) mod placing;
pub(crate) mod recovery;
pub(crate) mod signals;
mod talk;
pub(crate) mod told;

pub(crate) use context::Context;
pub(crate) use facts::Facts;
pub(crate) use phase::Phase;

use recovery::Path;
use talk::Talk;

use crate::view::{CallView, LegView, Way};
use crate::{CallState, EndReason};

/// The current call. A transition takes it by reference and puts the next phase in the place of the old one: moving a phase
/// out and back in at every step was a third of the kernel's code.
pub(crate) struct Call {
    pub(crate) facts: Facts,
    pub(crate) phase: Phase,
}

/// An answered call, taken apart.
pub(crate) struct Talking<'a> {
    pub(crate) talk: &'a mut Talk,
    pub(crate) path: &'a mut Path,
    pub(crate) facts: &'a mut Facts,
}

/// What a transition leads to.
pub(crate) enum Next {
    /// The call goes on, in whatever phase it is now.
    On,
    /// The call is over, for the screen and for the pages; its leg may still have requests to settle.
    Over(EndReason),
    /// The same, and the agent never got to answer it.
    Missed(EndReason),
    /// It was never this phone's to ring or to end: it leaves the screen without a word.
    Gone,
}

impl Call {
    /// Its parts, if it is answered.
    pub(crate) fn talking(&mut self) -> Option<Talking<'_>> {
        let Self { facts, phase } = self;
        match phase {
            Phase::Talking { talk, path } => Some(Talking { talk, path, facts }),
            Phase::Announced { .. }
            | Phase::Placing(_)
            | Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Incoming(_)
            | Phase::Answering { .. }
            | Phase::Ending { .. } => None,
        }
    }

    /// What a screen may show. `news`: some can be expected.
    pub(crate) fn view(&self, ua: &sip::UserAgent, news: bool) -> CallView {
        let session = self.phase.leg().and_then(|leg| ua.session(leg));
        let (state, leg) = self.standing(news);
        CallView {
            id: self.facts.id,
            way: self.facts.way,
            peer: self.facts.peer.clone(),
            state,
            leg,
            started: self.facts.started,
            established: self.phase.since(),
            owner: self.phase.owner(),
            muted: self.facts.muted,
            held: session.is_some_and(|session| session.local_hold()),
            held_by_peer: session.is_some_and(|session| session.remote_hold()),
            hold_pending: self.phase.hold_pending(),
            digits: self.facts.digits.sent().to_owned(),
            call_sid: self.facts.call_sid.clone(),
            virtual_number: self.facts.virtual_number.clone(),
            sip_call_id: self.facts.sip_call_id.clone(),
        }
    }

    fn standing(&self, news: bool) -> (CallState, LegView) {
        match (&self.phase, self.phase.state()) {
            (Phase::Announced { .. } | Phase::Placing(_), state) => (state, LegView::Away),
            // An own leg is answered by itself, so the agent is not shown that it is.
            (Phase::Answering { .. }, _) if self.facts.way == Way::Out => {
                (CallState::Connecting, LegView::Here)
            }
            (
                Phase::Talking {
                    path: Path::Alone, ..
                },
                state,
            ) => (if news { state } else { CallState::Connecting }, LegView::Alone),
            (
                Phase::Drafting { .. }
                | Phase::Calling { .. }
                | Phase::Incoming(_)
                | Phase::Answering { .. }
                | Phase::Talking { .. }
                | Phase::Ending { .. },
                state,
            ) => (state, LegView::Here),
        }
    }
}
