//! A call: who is in it and how far it got.

use sip::Instant;

use super::end::End;
use super::machine::Machine;
use super::places::{CallNo, PeerNo};

/// How far a call got.
///
/// ```text
/// Preparing --offer ready--> Ringing --first answer--> Up
///     |                         |  all refuse, caller      |  BYE from either,
///     | media refused           |  gives up                |  socket lost for 60 s, with its audio for 20 s
///     +-----------> over <------+--------------------------+
/// ```
#[derive(Debug)]
pub(super) enum Phase {
    /// A machine calls; its offer is being made and no phone rings yet.
    Preparing {
        /// Whom it will call.
        agent: String,
    },
    /// The callees ring.
    Ringing {
        /// Who called.
        caller: End,
        /// Those who have not refused yet.
        callees: Vec<End>,
        /// The best refusal so far (RFC 3261 §16.7 step 6).
        refused: Option<u16>,
    },
    /// Two talk.
    Up {
        /// Who called.
        caller: End,
        /// Who answered.
        callee: End,
    },
}

/// Who makes a call, and so is told how it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A phone, or a person at the controls.
    Caller,
    /// The exchange: this is its call's leg to the agent.
    Exchange,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) no: CallNo,
    pub(super) origin: Origin,
    /// What `X-Exotel-Callsid` says.
    pub(super) sid: String,
    /// The caller's name, where one was given.
    pub(super) name: Option<String>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) phase: Phase,
    pub(super) machine: Option<Machine>,
    pub(super) digits: String,
    pub(super) began: Instant,
}

impl Call {
    /// Its media peer.
    pub(super) fn peer(&self) -> Option<PeerNo> {
        self.machine.as_ref().and_then(Machine::peer)
    }

    /// When its script goes on.
    pub(super) fn next_timeout(&self) -> Option<Instant> {
        self.machine.as_ref().and_then(Machine::due)
    }

    /// Everyone in it.
    pub(super) fn ends(&self) -> Vec<End> {
        match &self.phase {
            Phase::Preparing { .. } => vec![End::Machine],
            Phase::Ringing { caller, callees, .. } => {
                std::iter::once(*caller).chain(callees.iter().copied()).collect()
            }
            Phase::Up { caller, callee } => vec![*caller, *callee],
        }
    }

    /// The other side of a call that is up.
    pub(super) fn across(&self, end: End) -> Option<End> {
        match &self.phase {
            Phase::Up { caller, callee } if *caller == end => Some(*callee),
            Phase::Up { caller, callee } if *callee == end => Some(*caller),
            Phase::Up { .. } | Phase::Ringing { .. } | Phase::Preparing { .. } => None,
        }
    }
}
