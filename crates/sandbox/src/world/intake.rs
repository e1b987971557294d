//! What comes in over a WebSocket: sorted into legs, registrations, new calls, and answers to nonsense.

use sip::Instant;
use sip::header::{Allow, To};
use sip::message::{Message, Method, Request, Response};

use super::World;
use super::call::{Call, Origin, Phase};
use super::end::End;
use super::gate::Verdict;
use super::leg::{Leg, Stage};
use super::machine::{Awaiting, Machine};
use super::places::{CallNo, FlowNo, LegNo};
use super::signals::Signal;
use super::{Output, entropy_hex};
use crate::numbers::{self, Behaviour, Step};

impl World {
    /// One frame came in. Frames that are no SIP message are counted and dropped.
    pub(crate) fn frame(&mut self, now: Instant, flow: FlowNo, bytes: &[u8]) {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            // RFC 5626 §3.5.1: a ping is two CRLF, its pong one.
            if bytes.len() >= 4 {
                self.out.push_back(Output::Send(flow, String::from("\r\n")));
            }
            return;
        }
        match Message::parse(bytes) {
            Ok(message) => self.message(now, flow, message, bytes),
            Err(_) => {
                if let Some(flow) = self.flows.get_mut(&flow) {
                    flow.bad_frames += 1;
                }
            }
        }
        self.settle(now);
    }

    fn message(&mut self, now: Instant, flow: FlowNo, message: Message, bytes: &[u8]) {
        let call_id = message.headers().get("Call-ID").unwrap_or_default();
        let known = self
            .legs
            .values_mut()
            .find(|leg| leg.call_id == call_id && !call_id.is_empty());
        if let Some(leg) = known {
            let agent = self.flows.get(&flow).and_then(|flow| flow.agent.as_deref());
            if agent.is_none_or(|agent| agent == leg.agent) {
                return leg.frame(now, flow, bytes);
            }
        }
        match message {
            Message::Request(request) => self.request(now, flow, &request, bytes),
            // An answer to nothing of ours.
            Message::Response(_) => {}
        }
    }

    fn request(&mut self, now: Instant, flow: FlowNo, request: &Request, bytes: &[u8]) {
        let in_dialog = request
            .headers
            .typed::<To>()
            .and_then(Result::ok)
            .is_some_and(|to| to.0.tag().is_some());
        match request.method {
            Method::Ack => {}
            Method::Register => self.register(now, flow, request),
            Method::Invite if !in_dialog => self.invite(now, flow, request, bytes),
            Method::Options if !in_dialog => {
                let mut response = request.reply(200);
                for method in ALLOWED {
                    response.headers.push(&Allow(method));
                }
                self.respond(flow, response);
            }
            _ => {
                let status = match request.check() {
                    Err(rejection) => rejection.status,
                    Ok(()) => 481,
                };
                self.respond(flow, request.reply(status));
            }
        }
    }

    fn register(&mut self, now: Instant, flow: FlowNo, request: &Request) {
        let agent = match self.gate.check(now, request, &self.accounts) {
            Verdict::Agent(agent) => agent,
            Verdict::Answer(response) => return self.respond(flow, *response),
        };
        let (response, bound) = self.registrar.register(now, flow, &agent, request);
        if let (Some(instance), Some(flow)) = (&bound, self.flows.get_mut(&flow)) {
            flow.agent = Some(agent.clone());
            flow.instance.clone_from(instance);
        }
        self.respond(flow, response);
        if let Some(instance) = bound {
            // The phone is back: its dialogs go on here.
            for leg in self.legs.values_mut() {
                if leg.agent == agent && (leg.instance.is_empty() || leg.instance == instance) {
                    leg.move_to(now, flow);
                }
            }
        }
    }

    /// An INVITE that begins a call: once its caller is known, a leg takes it from here.
    fn invite(&mut self, now: Instant, flow: FlowNo, request: &Request, bytes: &[u8]) {
        let agent = match self.gate.check(now, request, &self.accounts) {
            Verdict::Agent(agent) => agent,
            Verdict::Answer(response) => return self.respond(flow, *response),
        };
        let instance = self
            .flows
            .get(&flow)
            .map(|flow| flow.instance.clone())
            .unwrap_or_default();
        let (leg_no, seed) = self.leg_seed();
        let call = CallNo(self.fresh());
        let mut leg = Leg::new(call, &agent, &instance, flow, (None, request.uri.clone()), seed);
        leg.call_id = request.headers.get("Call-ID").unwrap_or_default().to_owned();
        leg.ua.connected(now);
        leg.ua.frame(now, bytes);
        self.legs.insert(leg_no, leg);
        let to = request.uri.user().unwrap_or_default();
        let phase = Phase::Ringing {
            caller: End::Leg(leg_no),
            callees: Vec::new(),
            refused: None,
        };
        self.calls
            .insert(call, self.new_call(now, call, agent, to, phase));
        self.open_row(now, call);
        self.drain_legs(now);
        // One that its user agent refused by itself, for want of a Contact say, is never announced.
        if let Some(leg) = self.legs.get_mut(&leg_no).filter(|leg| leg.id.is_none()) {
            leg.stage = Stage::Over(now);
            self.finish(now, call, "Refused as malformed");
        }
    }

    /// A call with a sid of its own.
    pub(super) fn new_call(&self, now: Instant, no: CallNo, from: String, to: String, phase: Phase) -> Call {
        Call {
            no,
            origin: Origin::Caller,
            sid: entropy_hex(&self.seed, no.0),
            name: None,
            from,
            to,
            phase,
            machine: None,
            digits: String::new(),
            began: now,
        }
    }

    /// The leg's user agent took the INVITE: find whom it is for.
    pub(super) fn invited(
        &mut self,
        now: Instant,
        no: LegNo,
        id: sip::CallId,
        offer: Option<String>,
        message: Option<String>,
    ) {
        let Some(leg) = self.legs.get_mut(&no) else { return };
        leg.id = Some(id);
        let call = leg.call;
        let Some(to) = self.calls.get(&call).map(|call| call.to.clone()) else {
            return;
        };
        let refuse = |world: &mut Self, status: u16| {
            world.deliver(now, call, End::Leg(no), Signal::Refuse(status));
            world.finish(now, call, &format!("Refused with {status}"));
        };
        // A caller who wants the other side to offer finds nobody here who would.
        let Some(offer) = offer else {
            return refuse(self, 488);
        };
        if let Some(behaviour) = numbers::dialled(&to) {
            self.call_machine(now, call, behaviour, offer);
        } else if self.accounts.iter().any(|account| account.user == to) {
            let callees = self.ring_agent(now, call, &to, &offer);
            if callees.is_empty() {
                return refuse(self, 480);
            }
            if let Some(Phase::Ringing { callees: ringing, .. }) =
                self.calls.get_mut(&call).map(|c| &mut c.phase)
            {
                *ringing = callees;
            }
        } else if self.is_exophone(&to) {
            self.call_exophone(now, no, call, offer, message);
        } else {
            refuse(self, 404);
        }
    }

    pub(super) fn call_machine(
        &mut self,
        now: Instant,
        no: CallNo,
        behaviour: &'static Behaviour,
        offer: String,
    ) {
        let speaks = behaviour
            .called
            .iter()
            .any(|step| matches!(step, Step::Answer | Step::EarlyMedia));
        let mut machine = if speaks {
            let peer = self.open_peer(behaviour.codecs);
            self.out
                .push_back(Output::Media(peer, crate::media::Command::Accept(offer)));
            Machine::new(behaviour, Some(peer), Awaiting::FirstAnswer)
        } else {
            Machine::new(behaviour, None, Awaiting::Nothing)
        };
        if !speaks {
            machine.follow(now, behaviour.called);
        }
        let Some(call) = self.calls.get_mut(&no) else {
            return;
        };
        call.machine = Some(machine);
        if let Phase::Ringing { callees, .. } = &mut call.phase {
            callees.push(End::Machine);
        }
    }

    fn respond(&mut self, flow: FlowNo, mut response: Response) {
        // A response outside a dialog still needs a To tag (RFC 3261 §8.2.6.2).
        if let Some(Ok(To(to))) = response.headers.typed::<To>()
            && to.tag().is_none()
        {
            let no = self.fresh();
            let tag = entropy_hex(&self.seed, no);
            response
                .headers
                .set(&To(to.with_tag(tag.get(..8).unwrap_or(&tag))));
        }
        self.out.push_back(Output::Send(flow, response.to_text()));
    }
}

/// What this server answers.
const ALLOWED: [Method; 7] = [
    Method::Invite,
    Method::Ack,
    Method::Bye,
    Method::Cancel,
    Method::Options,
    Method::Info,
    Method::Register,
];
