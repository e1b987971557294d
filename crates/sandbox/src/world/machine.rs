//! The far end without a person: a media peer and a script.

use std::collections::VecDeque;

use sip::Instant;

use super::places::PeerNo;
use crate::media::Direction;
use crate::numbers::{Behaviour, Step};

/// What the media peer has been asked and has not said yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaiting {
    /// Nothing.
    Nothing,
    /// The answer to the INVITE's offer; the script starts with it.
    FirstAnswer,
    /// The offer of the machine's own INVITE.
    FirstOffer,
    /// An answer within the call.
    Answer,
    /// An offer within the call.
    Offer,
    /// The phone's answer to that offer.
    FarAnswer,
}

/// Whether the media peer hears the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Lately, or it is too early to say.
    Heard,
    /// Not for long, as it said then.
    SilentAt(Instant),
}

/// A script under way.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) behaviour: &'static Behaviour,
    /// What it does once the call is up.
    pub(super) talking: &'static [Step],
    /// Absent where the script never gets to media.
    pub(super) peer: Option<PeerNo>,
    pub(super) awaiting: Awaiting,
    pub(super) line: Line,
    /// Our answer, for 183 and 200.
    pub(super) answer: Option<String>,
    /// Replaces the script's own [`Step::After`].
    pub(super) after: Option<u64>,
    /// The machine holds the phone, and both know it.
    pub(super) held: bool,
    /// The machine means to hold the phone; differs from `held` while that is being agreed.
    pub(super) holds: bool,
    steps: VecDeque<Step>,
    due: Option<Instant>,
}

impl Machine {
    pub(super) fn new(behaviour: &'static Behaviour, peer: Option<PeerNo>, awaiting: Awaiting) -> Self {
        Self {
            behaviour,
            talking: behaviour.talking,
            peer,
            awaiting,
            line: Line::Heard,
            answer: None,
            after: None,
            held: false,
            holds: false,
            steps: VecDeque::new(),
            due: None,
        }
    }

    pub(super) fn peer(&self) -> Option<PeerNo> {
        self.peer
    }

    /// What is to be offered now, where nothing else is under way and the phone does not know what is meant yet.
    pub(super) fn next_offer(&mut self) -> Option<Direction> {
        if self.awaiting != Awaiting::Nothing || self.holds == self.held {
            return None;
        }
        self.awaiting = Awaiting::Offer;
        Some(if self.holds {
            Direction::SendOnly
        } else {
            Direction::SendRecv
        })
    }

    /// When the next step is to be taken.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Puts a new list of steps in the old one's place.
    pub(super) fn follow(&mut self, now: Instant, steps: &[Step]) {
        self.steps = steps.iter().copied().collect();
        self.due = (!self.steps.is_empty()).then_some(now);
    }

    /// The next step that is due; waits are taken here.
    pub(super) fn step(&mut self, now: Instant) -> Option<Step> {
        if self.due.is_none_or(|due| due > now) {
            return None;
        }
        let wait = match self.steps.pop_front() {
            Some(Step::Wait(ms)) => ms,
            Some(Step::After(ms)) => self.after.unwrap_or(ms),
            other => {
                if self.steps.is_empty() {
                    self.due = None;
                }
                return other;
            }
        };
        self.due = Some(Instant(now.0 + wait));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::caller;

    #[test]
    fn waits_take_time_and_nothing_else_does() {
        let mut machine = Machine::new(caller("cancels").unwrap(), None, Awaiting::Nothing);
        machine.follow(
            Instant(100),
            &[
                Step::Ring,
                Step::Wait(50),
                Step::Answer,
                Step::After(9),
                Step::HangUp,
            ],
        );
        machine.after = Some(500);
        assert_eq!(machine.step(Instant(100)), Some(Step::Ring));
        assert_eq!(machine.step(Instant(100)), None);
        assert_eq!(machine.due(), Some(Instant(150)));
        assert_eq!(machine.step(Instant(149)), None);
        assert_eq!(machine.step(Instant(150)), Some(Step::Answer));
        assert_eq!(machine.step(Instant(150)), None);
        assert_eq!(machine.due(), Some(Instant(650)));
        assert_eq!(machine.step(Instant(650)), Some(Step::HangUp));
        assert_eq!(machine.due(), None);
    }
}
