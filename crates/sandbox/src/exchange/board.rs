//! All calls of the exchange.

use std::collections::{BTreeMap, VecDeque};

use sip::Instant;

use super::call::{Call, LegNews, Stage, Want, Way};
use super::device::AgentDevice;
use super::habits::{Habits, Invite};
use super::moment::Moment;
use crate::numbers::Behaviour;

/// From the answer of `outbound_call` to the INVITE, ms.
const APART: u64 = 250;

/// The exchange.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    habits: Habits,
    calls: BTreeMap<String, Call>,
    out: VecDeque<Said>,
    /// How many calls were placed, for [`Invite::Either`].
    dialled: u64,
    /// The call whose INVITE the answer under way is to wait for.
    hold: Option<String>,
}

/// A call to place.
#[derive(Debug)]
pub(crate) struct Dial {
    pub(crate) sid: String,
    pub(crate) device: AgentDevice,
    pub(crate) customer: &'static Behaviour,
    /// Ring the agent for at most this many seconds.
    pub(crate) time_out_s: Option<u32>,
    /// End it this many seconds after the answer.
    pub(crate) time_limit_s: Option<u32>,
}

/// A customer's call.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) sid: String,
    pub(crate) device: AgentDevice,
    pub(crate) customer: &'static Behaviour,
    pub(crate) after: Option<u64>,
}

/// What the exchange says.
#[derive(Debug, PartialEq)]
pub(crate) enum Said {
    /// Ring this agent's browsers, with this customer's machine behind the call.
    Ring {
        sid: String,
        agent: String,
        customer: &'static Behaviour,
        /// Replaces the customer's own delay, ms.
        after: Option<u64>,
        /// The customer talks as soon as the agent answers; else the agent hears it ringing until [`Said::Connect`].
        talks: bool,
    },
    /// Let the two talk.
    Connect { sid: String },
    /// Take down what stands of it.
    Clear { sid: String },
    /// It got this far.
    Moment { sid: String, moment: Moment },
}

impl Exchange {
    /// Places a call.
    pub(crate) fn dial(&mut self, now: Instant, dial: Dial) {
        self.dialled += 1;
        let invite_first = match self.habits.invite {
            Invite::AfterReply => false,
            Invite::BeforeReply => true,
            Invite::Either => self.dialled.is_multiple_of(2),
        };
        let wait = if invite_first { 0 } else { APART };
        self.hold = invite_first.then(|| dial.sid.clone());
        let ring_ms = dial
            .time_out_s
            .map_or(self.habits.ring_ms(), |s| u64::from(s) * 1000);
        let call = Call {
            way: Way::Outbound,
            device: dial.device,
            customer: dial.customer,
            after: None,
            ring_ms,
            limit_ms: dial.time_limit_s.map(|s| u64::from(s) * 1000),
            stage: Stage::Due {
                at: Instant(now.0 + wait),
            },
        };
        self.calls.insert(dial.sid, call);
        self.timeout(now);
    }

    /// A customer calls.
    pub(crate) fn incoming(&mut self, now: Instant, incoming: Incoming) {
        let call = Call {
            way: Way::Inbound,
            device: incoming.device,
            customer: incoming.customer,
            after: incoming.after,
            ring_ms: self.habits.ring_ms(),
            limit_ms: None,
            stage: Stage::Due { at: now },
        };
        self.calls.insert(incoming.sid, call);
        self.timeout(now);
    }

    /// The call just placed, if its HTTP answer is to wait for its INVITE. Asked once for each answer.
    pub(crate) fn take_hold(&mut self) -> Option<String> {
        self.hold.take()
    }

    /// The agent's side of a call did something. Calls of others are none of ours.
    pub(crate) fn leg(&mut self, now: Instant, sid: &str, news: LegNews) {
        if let Some(call) = self.calls.get_mut(sid) {
            let wants = call.leg(now, news);
            self.want(sid, wants);
        }
    }

    /// Ends a call. False if there is none.
    pub(crate) fn hang_up(&mut self, sid: &str) -> bool {
        let Some(call) = self.calls.get(sid) else {
            return false;
        };
        let wants = call.hang_up();
        self.want(sid, wants);
        true
    }

    /// Time passed.
    pub(crate) fn timeout(&mut self, now: Instant) {
        let due = |call: &Call| call.next_timeout().is_some_and(|at| at <= now);
        let sids: Vec<String> = self
            .calls
            .iter()
            .filter(|(_, call)| due(call))
            .map(|(sid, _)| sid.clone())
            .collect();
        for sid in sids {
            if let Some(call) = self.calls.get_mut(&sid) {
                let wants = call.timeout(now);
                self.want(&sid, wants);
            }
        }
    }

    /// When [`Self::timeout`] wants to be called next.
    pub(crate) fn next_timeout(&self) -> Option<Instant> {
        self.calls.values().filter_map(Call::next_timeout).min()
    }

    /// The next thing it says.
    pub(crate) fn poll(&mut self) -> Option<Said> {
        self.out.pop_front()
    }

    pub(crate) fn habits(&self) -> &Habits {
        &self.habits
    }

    pub(crate) fn set_habits(&mut self, habits: Habits) {
        self.habits = habits;
    }

    fn want(&mut self, sid: &str, wants: Vec<Want>) {
        let over = Call::is_over(&wants);
        for want in wants {
            let call = self.calls.get(sid);
            let sid = sid.to_owned();
            let said = match want {
                Want::Ring => match call.and_then(|call| ring(&sid, call)) {
                    Some(said) => said,
                    None => continue,
                },
                Want::Connect => Said::Connect { sid },
                Want::Clear => Said::Clear { sid },
                Want::Say(moment) => Said::Moment { sid, moment },
            };
            self.out.push_back(said);
        }
        if over {
            self.calls.remove(sid);
        }
    }
}

fn ring(sid: &str, call: &Call) -> Option<Said> {
    let AgentDevice::Sip { agent } = &call.device else {
        return None;
    };
    Some(Said::Ring {
        sid: sid.to_owned(),
        agent: agent.clone(),
        customer: call.customer,
        after: call.after,
        talks: call.way == Way::Inbound,
    })
}
