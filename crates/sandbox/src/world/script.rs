//! A machine's part in its call: its steps outwards, signals and media news inwards.

use sip::Instant;

use super::call::Phase;
use super::end::End;
use super::leg;
use super::machine::{Awaiting, Line, Machine};
use super::places::{CallNo, PeerNo};
use super::signals::Signal;
use super::{Output, World};
use crate::exchange::LegNews;
use crate::media::{Command, Event};
use crate::numbers::Step;

impl World {
    /// Takes every step that is due; true if any was.
    pub(super) fn run_scripts(&mut self, now: Instant) -> bool {
        let mut steps = Vec::new();
        for call in self.calls.values_mut() {
            if let Some(machine) = &mut call.machine
                && let Some(step) = machine.step(now)
            {
                steps.push((call.no, step));
            }
        }
        for (call, step) in &steps {
            self.take_step(now, *call, *step);
        }
        !steps.is_empty()
    }

    fn take_step(&mut self, now: Instant, no: CallNo, step: Step) {
        let Some(call) = self.calls.get_mut(&no) else {
            return;
        };
        let Some(machine) = &mut call.machine else { return };
        let answer = machine.answer.clone();
        match step {
            // Taken by the machine itself.
            Step::Wait(_) | Step::After(_) => {}
            Step::Ring => self.say(no, Signal::Progress(180, None)),
            Step::EarlyMedia => self.say(no, Signal::Progress(183, answer)),
            Step::Reject(status) => self.say(no, Signal::Refuse(status)),
            Step::Play(sound) => self.tell_peer(no, Command::Play(sound)),
            Step::Deaf(deaf) => self.tell_peer(no, Command::Deaf(deaf)),
            Step::Stuck => self.tell_peer(no, Command::Stuck),
            Step::Hold(hold) => self.hold_from(no, hold),
            Step::HangUp => self.say(no, Signal::Leave(Vec::new())),
            Step::Answer => match answer {
                Some(answer) => {
                    machine.follow(now, machine.behaviour.talking);
                    self.say(no, Signal::Answer(answer));
                }
                None => self.say(no, Signal::Refuse(488)),
            },
        }
    }

    /// Has the machine hold or resume the other side, once what is being negotiated is agreed.
    pub(super) fn hold_from(&mut self, no: CallNo, hold: bool) {
        if let Some(machine) = self.machine(no) {
            machine.holds = hold;
        }
        self.negotiate(no);
    }

    fn negotiate(&mut self, no: CallNo) {
        if let Some(direction) = self.machine(no).and_then(Machine::next_offer) {
            self.tell_peer(no, Command::Offer(direction));
        }
    }

    fn machine(&mut self, no: CallNo) -> Option<&mut Machine> {
        self.calls.get_mut(&no)?.machine.as_mut()
    }

    /// The media peer said something.
    pub(super) fn machine_heard(&mut self, now: Instant, no: CallNo, event: Event) {
        let Some(call) = self.calls.get_mut(&no) else {
            return;
        };
        let Some(machine) = &mut call.machine else { return };
        match event {
            Event::Digit(digit) => return call.digits.push(digit),
            Event::FellSilent => return machine.line = Line::SilentAt(now),
            Event::HeardAgain => return machine.line = Line::Heard,
            Event::Offer(_) | Event::Answer(_) | Event::Refused(_) => {}
        }
        let awaited = std::mem::replace(&mut machine.awaiting, Awaiting::Nothing);
        match (awaited, event) {
            (Awaiting::FirstAnswer, Event::Answer(sdp)) => {
                machine.answer = Some(sdp);
                machine.follow(now, machine.behaviour.called);
            }
            (Awaiting::FirstOffer, Event::Offer(sdp)) => {
                machine.follow(now, machine.behaviour.calling);
                self.call_out(now, no, &sdp);
            }
            (Awaiting::Answer, Event::Answer(sdp)) => {
                self.say(no, Signal::Accept(sdp));
                self.negotiate(no);
            }
            (Awaiting::Offer, Event::Offer(sdp)) => {
                machine.awaiting = Awaiting::FarAnswer;
                self.say(no, Signal::Offer(sdp));
            }
            (Awaiting::FirstAnswer, Event::Refused(_)) => self.say(no, Signal::Refuse(488)),
            (Awaiting::Answer, Event::Refused(_)) => self.say(no, Signal::Decline(488)),
            // Our own offer, or the answer to it, came to nothing: a first one leaves no call.
            (Awaiting::FirstOffer | Awaiting::FarAnswer | Awaiting::Nothing, Event::Refused(_)) => {
                self.say(no, Signal::Leave(Vec::new()));
            }
            (Awaiting::Offer, Event::Refused(_)) => machine.holds = machine.held,
            // Out of turn: what was asked for is still to come.
            (
                awaited,
                Event::Answer(_) | Event::Offer(_) | Event::Digit(_) | Event::FellSilent | Event::HeardAgain,
            ) => machine.awaiting = awaited,
        }
    }

    /// The other side said something to the machine.
    pub(super) fn tell_machine(&mut self, now: Instant, no: CallNo, signal: Signal) {
        let Some(machine) = self.machine(no) else { return };
        match signal {
            Signal::Answer(sdp) => {
                machine.follow(now, machine.talking);
                self.tell_peer(no, Command::Answered(sdp));
            }
            Signal::Offer(sdp) => {
                machine.awaiting = Awaiting::Answer;
                self.tell_peer(no, Command::Accept(sdp));
            }
            Signal::Accept(sdp) => {
                machine.awaiting = Awaiting::Nothing;
                machine.held = !machine.held;
                self.tell_peer(no, Command::Answered(sdp));
                self.negotiate(no);
            }
            Signal::Decline(_) => {
                // Not asked for again: the phone has said what it thinks of it.
                machine.awaiting = Awaiting::Nothing;
                machine.holds = machine.held;
                self.tell_peer(no, Command::RolledBack);
            }
            Signal::Info(kind, body) => {
                let plays = machine.behaviour.behaviour == "digits";
                if let Some(digit) = leg::dtmf(&kind, &body).filter(|_| plays) {
                    self.tell_peer(no, Command::Digit(digit));
                }
            }
            // The call's end is the call's business.
            Signal::Progress(..) | Signal::Refuse(_) | Signal::Leave(_) => {}
        }
    }

    fn say(&mut self, no: CallNo, signal: Signal) {
        self.signals.push_back((no, End::Machine, signal));
    }

    fn tell_peer(&mut self, no: CallNo, command: Command) {
        if let Some(peer) = self.calls.get(&no).and_then(super::call::Call::peer) {
            self.out.push_back(Output::Media(peer, command));
        }
    }

    pub(super) fn open_peer(&mut self, codecs: crate::media::Codecs) -> PeerNo {
        let peer = PeerNo(self.fresh());
        self.out.push_back(Output::OpenPeer(peer, codecs));
        peer
    }

    /// The machine's offer is ready: ring every phone of the agent.
    fn call_out(&mut self, now: Instant, no: CallNo, offer: &str) {
        let Some(call) = self.calls.get(&no) else { return };
        let Phase::Preparing { agent } = &call.phase else {
            return;
        };
        let agent = agent.clone();
        let callees = self.ring_agent(now, no, &agent, offer);
        let nobody = callees.is_empty();
        if let Some(call) = self.calls.get_mut(&no) {
            call.phase = Phase::Ringing {
                caller: End::Machine,
                callees,
                refused: None,
            };
        }
        if nobody {
            self.report(now, no, LegNews::Refused(480));
            self.finish(now, no, "The agent is not registered any more");
        }
    }
}
