//! The platform itself, still: registrar, calls and scripts. Time, sockets and media are outside ([`crate::engine`]).
//!
//! ```text
//! world.frame(now, flow, bytes);                      // mutate once
//! while let Some(output) = world.poll() { … }         // then drain
//! ```
//!
//! Each dialog with a phone is a *leg* and has a user agent of its own, so a dialog outlives the WebSocket it began on.
//! A call joins two *ends*: legs, or a machine that follows a script.

mod agent_legs;
mod call;
mod consequences;
mod control;
mod delivery;
mod dial_whom;
mod end;
mod flow;
mod gate;
mod greenpin;
mod inbound;
mod intake;
mod leg;
mod machine;
mod moments;
mod notices;
mod places;
mod registrar;
mod rest;
mod route;
mod rows;
mod script;
mod signals;
mod snapshot;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use sip::Instant;

use crate::account::Account;
use crate::client::{Outgoing, SendError};
use crate::exchange::Exchange;
use crate::garbage::Garbage;
use crate::media;
use crate::pins::PinCalls;
use crate::platform::Platform;
use crate::webhooks::{Courier, Ticket};

pub(crate) use control::{ControlError, Ring};
pub(crate) use greenpin::PinRing;
pub(crate) use inbound::CustomerCall;
pub(crate) use snapshot::Snapshot;

use call::Call;
use end::End;
use gate::Gate;
use greenpin::PinsUnderWay;
use leg::Leg;
use places::LegNo;
use registrar::Registrar;
use route::Route;
use signals::Signal;
use snapshot::Past;

pub(crate) use places::{CallNo, FlowNo, PeerNo};

/// How long a call lives on without a socket, ms.
const GRACE: u64 = 60_000;
/// The same where its audio has fallen silent too: nobody is there, ms.
const QUIET: u64 = 20_000;
/// How long an ended leg stays to answer what is still under way (64 × T1, RFC 3261 §17), ms.
const LINGER: u64 = 33_000;
/// How many ended calls are remembered.
const REMEMBERED: usize = 30;

/// Something for the host to do.
#[derive(Debug)]
pub(crate) enum Output {
    /// One text frame.
    Send(FlowNo, String),
    /// Nonsense for a test.
    Garbage(FlowNo, Garbage),
    /// Cut the socket without a word.
    Cut(FlowNo),
    /// Start a media peer.
    OpenPeer(PeerNo, media::Codecs),
    /// Command one.
    Media(PeerNo, media::Command),
    /// End one.
    ClosePeer(PeerNo),
    /// Send an HTTP request, and say what came of it.
    Http(HttpTicket, Outgoing),
}

/// What an HTTP request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HttpTicket {
    /// To tell.
    Webhook(Ticket),
    /// To ask whom to connect this call to.
    DialWhom(CallNo),
}

/// One WebSocket.
#[derive(Debug, Default)]
struct Flow {
    /// The agent who registered on it.
    agent: Option<String>,
    /// Its device (RFC 5626 §4.1).
    instance: String,
    /// Frames that were no SIP message.
    bad_frames: u32,
}

/// All there is.
pub(crate) struct World {
    accounts: Vec<Account>,
    /// What the REST APIs show; its call table is ours too.
    pub(crate) platform: Platform,
    /// Calls the platform makes and takes itself.
    pub(crate) exchange: Exchange,
    /// What it tells about them.
    pub(crate) courier: Courier,
    pin_calls: PinCalls,
    pins: PinsUnderWay,
    /// Ways of direct calls to the platform's numbers.
    routes: BTreeMap<CallNo, Route>,
    gate: Gate,
    registrar: Registrar,
    flows: BTreeMap<FlowNo, Flow>,
    legs: BTreeMap<LegNo, Leg>,
    calls: BTreeMap<CallNo, Call>,
    past: VecDeque<Past>,
    signals: VecDeque<(CallNo, End, Signal)>,
    out: VecDeque<Output>,
    seed: [u8; 32],
    last: u32,
}

impl World {
    /// A world with these agents, none of them registered. All tags, nonces and sids follow from the seed.
    pub(crate) fn new(accounts: Vec<Account>, platform: Platform, seed: [u8; 32]) -> Self {
        Self {
            accounts,
            platform,
            exchange: Exchange::default(),
            courier: Courier::default(),
            pin_calls: PinCalls::default(),
            pins: PinsUnderWay::default(),
            routes: BTreeMap::new(),
            gate: Gate::new(seed),
            registrar: Registrar::default(),
            flows: BTreeMap::new(),
            legs: BTreeMap::new(),
            calls: BTreeMap::new(),
            past: VecDeque::new(),
            signals: VecDeque::new(),
            out: VecDeque::new(),
            seed,
            last: 0,
        }
    }

    /// A WebSocket opened.
    pub(crate) fn opened(&mut self, flow: FlowNo) {
        self.flows.insert(flow, Flow::default());
    }

    /// A WebSocket is gone: its binding too; its calls wait for the agent's next one.
    pub(crate) fn closed(&mut self, now: Instant, flow: FlowNo) {
        self.flows.remove(&flow);
        self.registrar.flow_lost(flow);
        for leg in self.legs.values_mut() {
            leg.flow_lost(now, flow);
        }
        self.settle(now);
    }

    /// A media peer has news.
    pub(crate) fn media(&mut self, now: Instant, peer: PeerNo, event: media::Event) {
        let call = self
            .calls
            .values()
            .find(|call| call.peer() == Some(peer))
            .map(|call| call.no);
        if let Some(call) = call {
            self.machine_heard(now, call, event);
        }
        self.settle(now);
    }

    /// What came of an HTTP request: status and body.
    pub(crate) fn http_answered(
        &mut self,
        now: Instant,
        ticket: HttpTicket,
        result: Result<(u16, Vec<u8>), SendError>,
    ) {
        match ticket {
            HttpTicket::Webhook(ticket) => {
                self.courier
                    .answered(now, ticket, result.map(|(status, _)| status));
            }
            HttpTicket::DialWhom(no) => self.dial_whom_answered(now, no, &result),
        }
        self.settle(now);
    }

    /// Time passed.
    pub(crate) fn timeout(&mut self, now: Instant) {
        self.platform.timeout(now);
        self.exchange.timeout(now);
        self.courier.timeout(now);
        self.pin_calls.timeout(now);
        self.registrar.expire(now);
        for leg in self.legs.values_mut() {
            leg.timeout(now);
        }
        self.routes_timeout(now);
        self.end_abandoned(now);
        self.legs.retain(|_, leg| !leg.is_over(now));
        self.settle(now);
    }

    /// When [`Self::timeout`] wants to be called next.
    pub(crate) fn next_timeout(&self) -> Option<Instant> {
        let legs = self.legs.values().filter_map(Leg::next_timeout);
        let scripts = self.calls.values().filter_map(Call::next_timeout);
        legs.chain(scripts)
            .chain(self.legs.values().filter_map(|leg| self.dead_at(leg)))
            .chain(self.registrar.next_expiry())
            .chain(self.platform.next_timeout())
            .chain(self.exchange.next_timeout())
            .chain(self.courier.next_timeout())
            .chain(self.pin_calls.next_timeout())
            .chain(self.routes.values().filter_map(Route::due))
            .min()
    }

    /// The next thing to do; `None` once there is nothing.
    pub(crate) fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// Lets every consequence of an input happen: legs' outputs, signals between ends, steps that are due.
    pub(crate) fn settle(&mut self, now: Instant) {
        loop {
            let moved = self.drain_legs(now)
                | self.pass_signals(now)
                | self.run_scripts(now)
                | self.carry_out(now)
                | self.work_exchange(now)
                | self.work_pins(now)
                | self.hand_out_webhooks();
            if !moved {
                return;
            }
        }
    }

    fn fresh(&mut self) -> u32 {
        self.last += 1;
        self.last
    }
}

/// 32 hexadecimal characters for a name in the world: unlike any other's, not a secret.
fn entropy_hex(seed: &[u8; 32], no: u32) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let half = |part: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, no, part).hash(&mut hasher);
        hasher.finish().to_be_bytes()
    };
    crate::entropy::hex(&[half(0), half(1)].concat())
}
