//! From ends to user agents and back: legs' outputs outwards, signals inwards.

use sip::{Event, Instant, Output as UaOutput, Uri};

use super::call::Phase;
use super::dial_whom::MESSAGE;
use super::end::End;
use super::leg::{Leg, Reach, Stage};
use super::places::{CallNo, FlowNo, LegNo};
use super::signals::Signal;
use super::{Output, World};

impl World {
    /// Takes all that legs' user agents have to send and say; true if there was anything.
    pub(super) fn drain_legs(&mut self, now: Instant) -> bool {
        let mut events = Vec::new();
        let mut moved = false;
        for (no, leg) in &mut self.legs {
            while let Some(output) = leg.ua.poll() {
                moved = true;
                if let UaOutput::Send(text) = &output {
                    leg.learn_call_id(text);
                }
                match (output, leg.reach) {
                    (UaOutput::Send(text), Reach::On(flow) | Reach::Guessed(flow, _)) => {
                        self.out.push_back(Output::Send(flow, text));
                    }
                    (UaOutput::Send(_), Reach::Lost(_)) => {}
                    (UaOutput::Event(event), _) => {
                        leg.notice(now, &event);
                        events.push((*no, leg.call, event));
                    }
                }
            }
        }
        for (leg, call, event) in events {
            self.leg_said(now, leg, call, event);
        }
        moved
    }

    /// One event of one leg becomes one signal, or the start of a call.
    fn leg_said(&mut self, now: Instant, no: LegNo, call: CallNo, event: Event) {
        let signal = match event {
            Event::Incoming {
                id, offer, headers, ..
            } => {
                let message = headers.get(MESSAGE).map(str::to_owned);
                return self.invited(now, no, id, offer, message);
            }
            Event::Progress { status, sdp, .. } => Signal::Progress(status, sdp),
            Event::Answered { sdp, .. } => Signal::Answer(sdp),
            Event::Reoffer { sdp: Some(sdp), .. } => Signal::Offer(sdp),
            // An offerless re-INVITE asks us to offer; a bridge has nothing of its own to offer.
            Event::Reoffer { sdp: None, .. } => {
                return self.deliver(now, call, End::Leg(no), Signal::Decline(488));
            }
            Event::Reanswered { sdp, .. } => Signal::Accept(sdp),
            Event::ReofferFailed { status, .. } => Signal::Decline(status),
            Event::Info {
                content_type, body, ..
            } => Signal::Info(content_type, body),
            Event::Ended { cause, reason, .. } => match refusal(&cause) {
                Some(status) => Signal::Refuse(status),
                None => Signal::Leave(reason),
            },
            Event::Confirmed { .. }
            | Event::InfoDone { .. }
            | Event::Registered { .. }
            | Event::RegisterFailed(_)
            | Event::Unregistered
            | Event::FlowDead => return,
        };
        self.signals.push_back((call, End::Leg(no), signal));
    }

    /// Says something to an end.
    pub(super) fn deliver(&mut self, now: Instant, call: CallNo, end: End, signal: Signal) {
        match end {
            End::Machine => self.tell_machine(now, call, signal),
            End::Leg(no) => self.tell_leg(now, call, no, signal),
        }
    }

    fn tell_leg(&mut self, now: Instant, call: CallNo, no: LegNo, signal: Signal) {
        let Some(leg) = self.legs.get_mut(&no) else { return };
        let Some(id) = leg.id else { return };
        let offered = matches!(signal, Signal::Offer(_));
        let done = match signal {
            Signal::Progress(180, None) => leg.ua.ring(now, id),
            Signal::Progress(status, sdp) => leg.ua.progress(now, id, status, sdp),
            Signal::Answer(sdp) => {
                leg.stage = Stage::Up;
                leg.ua.answer(now, id, sdp)
            }
            Signal::Refuse(status) => leg.ua.reject(now, id, status, None),
            Signal::Leave(reason) => leg.ua.hang_up(now, id, reason.into_iter().next()),
            Signal::Offer(sdp) => leg.ua.reoffer(now, id, sdp),
            Signal::Accept(sdp) => leg.ua.accept_reoffer(now, id, sdp),
            Signal::Decline(status) => leg.ua.reject_reoffer(now, id, status),
            Signal::Info(kind, body) => leg.ua.info(now, id, &kind, body),
        };
        // Whoever offered must hear that nobody will answer.
        if done.is_err() && offered {
            self.signals.push_back((call, End::Leg(no), Signal::Decline(491)));
        }
    }

    /// Starts an INVITE to every phone of an agent; returns their legs.
    pub(super) fn ring_agent(&mut self, now: Instant, call: CallNo, agent: &str, offer: &str) -> Vec<End> {
        let Some((sid, display, from)) = self
            .calls
            .get(&call)
            .map(|call| (call.sid.clone(), call.name.clone(), call.from.clone()))
        else {
            return Vec::new();
        };
        let Ok(address) = Uri::sip(&from, crate::DOMAIN) else {
            return Vec::new();
        };
        let phones: Vec<(Uri, String, FlowNo)> = self
            .registrar
            .of(agent)
            .map(|b| (b.contact.clone(), b.instance.clone(), b.flow))
            .collect();
        let mut ends = Vec::new();
        for (contact, instance, flow) in phones {
            let (no, seed) = self.leg_seed();
            let mut leg = Leg::new(
                call,
                agent,
                &instance,
                flow,
                (display.clone(), address.clone()),
                seed,
            );
            leg.ua.connected(now);
            let extra = [("X-Exotel-Callsid", sid.as_str())];
            let Ok(id) = leg.ua.invite(now, contact, offer.to_owned(), &extra) else {
                continue;
            };
            leg.id = Some(id);
            self.legs.insert(no, leg);
            ends.push(End::Leg(no));
        }
        ends
    }

    /// A leg's name and its user agent's own seed.
    pub(super) fn leg_seed(&mut self) -> (LegNo, [u8; 32]) {
        let no = self.fresh();
        let mut seed = self.seed;
        for (byte, mark) in seed.iter_mut().zip(no.to_be_bytes()) {
            *byte ^= mark;
        }
        (LegNo(no), seed)
    }

    pub(super) fn caller(&self, no: CallNo) -> Option<End> {
        match &self.calls.get(&no)?.phase {
            Phase::Ringing { caller, .. } | Phase::Up { caller, .. } => Some(*caller),
            Phase::Preparing { .. } => Some(End::Machine),
        }
    }

    pub(super) fn callees(&self, no: CallNo) -> Vec<End> {
        match self.calls.get(&no).map(|call| &call.phase) {
            Some(Phase::Ringing { callees, .. }) => callees.clone(),
            Some(Phase::Up { callee, .. }) => vec![*callee],
            Some(Phase::Preparing { .. }) | None => Vec::new(),
        }
    }
}

/// The status a refused INVITE ended with; `None` when the call was left in any other way.
fn refusal(cause: &sip::EndCause) -> Option<u16> {
    use sip::EndCause;
    match cause {
        EndCause::Rejected { status, .. } => Some(*status),
        EndCause::TimedOut => Some(408),
        EndCause::NoSdp => Some(488),
        EndCause::WrongPassword | EndCause::UnsupportedAuth => Some(403),
        EndCause::Declined { .. }
        | EndCause::Cancelled
        | EndCause::Bye
        | EndCause::LocalBye
        | EndCause::NoAck
        | EndCause::Gone { .. }
        | EndCause::FlowLost => None,
    }
}
