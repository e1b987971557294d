//! The current call: what it is, and the phase it is in.

mod cause;
mod context;
pub(crate) mod digits;
mod exchange;
mod facts;
pub(crate) mod incoming;
pub(crate) mod outgoing;
pub(crate) mod phase;
pub(crate) mod recovery;
pub(crate) mod signals;
mod talk;

pub(crate) use context::Context;
pub(crate) use facts::Facts;
pub(crate) use phase::Phase;

use recovery::Path;
use talk::Talk;

use crate::EndReason;
use crate::view::CallView;

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
}

impl Call {
    /// Its parts, if it is answered.
    pub(crate) fn talking(&mut self) -> Option<Talking<'_>> {
        let Self { facts, phase } = self;
        match phase {
            Phase::Talking { talk, path } => Some(Talking { talk, path, facts }),
            Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Incoming(_)
            | Phase::Answering { .. }
            | Phase::Ending { .. } => None,
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
