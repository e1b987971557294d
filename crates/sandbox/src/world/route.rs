//! The way of a direct call to one of the platform's numbers, as dial-whom's answers lay it out.

use std::collections::VecDeque;

use exotel::hooks::DialWhomAnswer;
use sip::Instant;

use super::World;
use super::dial_whom::{PATIENCE, QUESTIONS};
use super::places::CallNo;
use super::signals::Signal;
use super::{Output, call::Phase};
use crate::numbers;
use crate::webhooks::Letter;

/// How far it is.
///
/// ```text
/// Asking --addresses--> Trying --refused, in vain--> Trying the next … --none left--> Asking again, if wanted
///    +--no use--> gone     +--answer--> Talking --longest time--> gone
/// ```
#[derive(Debug)]
enum Step {
    /// The customer's server has been asked.
    Asking { at: Instant, letter: Box<Letter> },
    /// Somebody rings, perhaps until then; these come after.
    Trying {
        rest: VecDeque<String>,
        until: Option<Instant>,
        answer: Box<DialWhomAnswer>,
    },
    /// Two talk, perhaps until then.
    Talking { until: Option<Instant> },
}

/// One call's way.
#[derive(Debug)]
pub(super) struct Route {
    offer: String,
    pub(super) message: Option<String>,
    /// Who was tried last; the next question says so.
    pub(super) tried: String,
    questions: u32,
    step: Step,
}

impl Route {
    /// A way that begins with a question.
    pub(super) fn new(offer: String, message: Option<String>) -> Self {
        Self {
            offer,
            message,
            tried: String::new(),
            questions: 0,
            step: Step::Talking { until: None },
        }
    }

    pub(super) fn asking(self, now: Instant, letter: Letter) -> Self {
        let letter = Box::new(letter);
        Self {
            questions: self.questions + 1,
            step: Step::Asking { at: now, letter },
            ..self
        }
    }

    /// The question taken back, if one is out.
    pub(super) fn asked(self) -> Option<(Self, Instant, Letter)> {
        match self.step {
            Step::Asking { at, letter } => {
                let step = Step::Talking { until: None };
                Some((Self { step, ..self }, at, *letter))
            }
            Step::Trying { .. } | Step::Talking { .. } => None,
        }
    }

    pub(super) fn answered(self, answer: DialWhomAnswer) -> Self {
        let numbers = &answer.destination.numbers;
        let rest = numbers.iter().map(|number| number.reveal().to_owned()).collect();
        let step = Step::Trying {
            rest,
            until: None,
            answer: Box::new(answer),
        };
        Self { step, ..self }
    }

    /// When it wants to be looked at.
    pub(super) fn due(&self) -> Option<Instant> {
        match &self.step {
            Step::Asking { at, .. } => Some(Instant(at.0 + PATIENCE)),
            Step::Trying { until, .. } | Step::Talking { until } => *until,
        }
    }
}

impl World {
    /// Rings the next address. Returns false where the call goes no such way.
    pub(super) fn try_next(&mut self, now: Instant, no: CallNo) -> bool {
        loop {
            let Some(mut route) = self.routes.remove(&no) else {
                return false;
            };
            let Step::Trying { rest, until, answer } = &mut route.step else {
                self.routes.insert(no, route);
                return false;
            };
            let Some(next) = rest.pop_front() else {
                if answer.fetch_after_attempt && route.questions < QUESTIONS {
                    self.ask_dial_whom(now, no, route);
                } else {
                    self.refuse_caller(now, no, 480);
                }
                return true;
            };
            *until = answer
                .max_ringing_duration
                .map(|s| Instant(now.0 + u64::from(s) * 1000));
            let shown = answer.outgoing_phone_number.reveal().to_owned();
            let offer = route.offer.clone();
            route.tried.clone_from(&next);
            self.routes.insert(no, route);
            if self.ring_address(now, no, &next, &shown, &offer) {
                return true;
            }
        }
    }

    fn ring_address(&mut self, now: Instant, no: CallNo, address: &str, shown: &str, offer: &str) -> bool {
        let user = address.strip_prefix("sip:").unwrap_or(address);
        let user = user.split('@').next().unwrap_or(user).to_owned();
        let Some(call) = self.calls.get_mut(&no) else {
            return false;
        };
        if !shown.is_empty() {
            shown.clone_into(&mut call.from);
        }
        // A machine that refused is done with.
        if let Some(peer) = call.machine.take().and_then(|machine| machine.peer) {
            self.out.push_back(Output::ClosePeer(peer));
        }
        if let Some(behaviour) = numbers::dialled(&user) {
            self.call_machine(now, no, behaviour, offer.to_owned());
            return true;
        }
        let legs = self.ring_agent(now, no, &user, offer);
        let anybody = !legs.is_empty();
        if anybody && let Some(sid) = self.calls.get(&no).map(|call| call.sid.clone()) {
            self.tell_push(now, &sid, &user);
        }
        if let Some(Phase::Ringing { callees, .. }) = self.calls.get_mut(&no).map(|call| &mut call.phase) {
            *callees = legs;
        }
        anybody
    }

    /// Somebody answered.
    pub(super) fn route_answered(&mut self, now: Instant, no: CallNo) {
        if let Some(route) = self.routes.get_mut(&no)
            && let Step::Trying { answer, .. } = &route.step
        {
            let record = answer.record;
            let longest = answer.max_conversation_duration;
            let until = longest.map(|s| Instant(now.0 + u64::from(s) * 1000));
            route.step = Step::Talking { until };
            if let Some(row) = self.row(no) {
                row.record = record;
            }
        }
    }

    /// Ends what has lasted too long.
    pub(super) fn routes_timeout(&mut self, now: Instant) {
        let due = |route: &Route| route.due().is_some_and(|at| at <= now);
        let late: Vec<CallNo> = self
            .routes
            .iter()
            .filter(|(_, route)| due(route))
            .map(|(no, _)| *no)
            .collect();
        for no in late {
            match self.routes.get(&no).map(|route| &route.step) {
                Some(Step::Asking { .. }) => {
                    self.dial_whom_answered(now, no, &Err(crate::client::SendError::TooSlow));
                }
                Some(Step::Trying { .. }) => {
                    for callee in self.callees(no) {
                        self.deliver(now, no, callee, Signal::Leave(Vec::new()));
                    }
                    if let Some(Phase::Ringing { callees, .. }) =
                        self.calls.get_mut(&no).map(|call| &mut call.phase)
                    {
                        callees.clear();
                    }
                    self.try_next(now, no);
                }
                Some(Step::Talking { .. }) => self.leave_all(now, no, "The longest time was over"),
                None => {}
            }
        }
    }
}
