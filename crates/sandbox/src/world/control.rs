//! What a person or a test asks of the world from outside.

use std::fmt;

use serde::Deserialize;
use sip::Instant;

use super::call::Phase;
use super::end::End;
use super::leg::Leg;
use super::machine::{Awaiting, Line, Machine};
use super::places::{CallNo, FlowNo};
use super::signals::Signal;
use super::{Output, Past, QUIET, REMEMBERED, World};
use crate::exchange::LegNews;
use crate::garbage::Garbage;
use crate::media;
use crate::numbers;

/// A call to an agent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ring {
    /// Whom to call: `asha`.
    agent: String,
    /// The caller's number.
    from: String,
    /// The caller's name.
    #[serde(default)]
    name: String,
    /// What the caller does; a tune if nothing is said.
    #[serde(default = "melody")]
    behaviour: String,
    /// Replaces the behaviour's own delay, ms.
    #[serde(default)]
    after_ms: Option<u32>,
}

fn melody() -> String {
    String::from("melody")
}

/// Why that cannot be done, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ControlError {
    NoAgent(String),
    NotRegistered(String),
    NoBehaviour(String),
    BadNumber,
    NoCall(CallNo),
    NoMachine(CallNo),
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAgent(agent) => write!(f, "There is no agent called {agent}."),
            Self::NotRegistered(agent) => write!(f, "{agent} is not registered on any phone now."),
            Self::NoBehaviour(name) => {
                write!(
                    f,
                    "No caller behaves like \"{name}\"; GET /control/numbers lists those that can."
                )
            }
            Self::BadNumber => write!(
                f,
                "The caller's number may hold a leading +, digits, letters, '-', '_' and '.'."
            ),
            Self::NoCall(call) => write!(f, "There is no call {} any more.", call.0),
            Self::NoMachine(call) => write!(
                f,
                "Call {} is between two phones; only a phone can hold it.",
                call.0
            ),
        }
    }
}

impl World {
    /// Calls every phone of an agent. Returns the call and its sid.
    pub(crate) fn ring(&mut self, now: Instant, ring: Ring) -> Result<(CallNo, String), ControlError> {
        let Ring {
            agent,
            from,
            name,
            behaviour,
            after_ms,
        } = ring;
        if !self.accounts.iter().any(|account| account.user == agent) {
            return Err(ControlError::NoAgent(agent));
        }
        if self.registrar.of(&agent).next().is_none() {
            return Err(ControlError::NotRegistered(agent));
        }
        let behaviour = numbers::caller(&behaviour).ok_or(ControlError::NoBehaviour(behaviour))?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "+-_.".contains(c);
        if from.is_empty() || !from.chars().all(plain) {
            return Err(ControlError::BadNumber);
        }
        let peer = self.open_peer(behaviour.codecs);
        self.out.push_back(Output::Media(
            peer,
            media::Command::Offer(media::Direction::SendRecv),
        ));
        let mut machine = Machine::new(behaviour, Some(peer), Awaiting::FirstOffer);
        machine.after = after_ms.map(u64::from);
        let no = CallNo(self.fresh());
        let mut call = self.new_call(now, no, from, agent.clone(), Phase::Preparing { agent });
        call.name = Some(name).filter(|name| !name.is_empty());
        call.machine = Some(machine);
        let sid = call.sid.clone();
        self.calls.insert(no, call);
        self.open_row(now, no);
        Ok((no, sid))
    }

    /// Hangs up: the machine does, or, between two phones, the platform.
    pub(crate) fn hang_up(&mut self, now: Instant, no: CallNo) -> Result<(), ControlError> {
        if !self.calls.contains_key(&no) {
            return Err(ControlError::NoCall(no));
        }
        self.report(now, no, LegNews::CustomerLeft);
        self.leave_all(now, no, "Hung up by the platform");
        self.settle(now);
        Ok(())
    }

    /// Has the machine hold or resume the phone.
    pub(crate) fn hold(&mut self, now: Instant, no: CallNo, hold: bool) -> Result<(), ControlError> {
        let call = self.calls.get(&no).ok_or(ControlError::NoCall(no))?;
        if call.machine.is_none() {
            return Err(ControlError::NoMachine(no));
        }
        self.hold_from(no, hold);
        self.settle(now);
        Ok(())
    }

    /// Cuts every WebSocket, or only one agent's. Returns how many.
    pub(crate) fn drop_sockets(&mut self, agent: Option<&str>) -> usize {
        let flows = self.flows_of(agent);
        self.out.extend(flows.iter().map(|flow| Output::Cut(*flow)));
        flows.len()
    }

    /// Sends nonsense over every WebSocket of an agent, or of all. Returns over how many.
    pub(crate) fn garbage(&mut self, agent: Option<&str>, kind: Garbage) -> usize {
        let flows = self.flows_of(agent);
        self.out
            .extend(flows.iter().map(|flow| Output::Garbage(*flow, kind)));
        flows.len()
    }

    fn flows_of(&self, agent: Option<&str>) -> Vec<FlowNo> {
        let wanted = |theirs: &Option<String>| agent.is_none() || theirs.as_deref() == agent;
        self.flows
            .iter()
            .filter(|(_, flow)| wanted(&flow.agent))
            .map(|(no, _)| *no)
            .collect()
    }

    /// Ends calls whose phone has been away for too long.
    pub(super) fn end_abandoned(&mut self, now: Instant) {
        let lost: Vec<CallNo> = self
            .legs
            .values()
            .filter(|leg| leg.is_abandoned(now) || self.dead_at(leg).is_some_and(|at| at <= now))
            .map(|leg| leg.call)
            .collect();
        for call in lost {
            self.report(now, call, LegNews::AgentLeft);
            self.leave_all(now, call, "The phone did not come back");
        }
        self.legs.retain(|_, leg| !leg.is_abandoned(now));
    }

    /// When a leg is given up before its grace is over: its socket is gone, or another one has not said a word of it, and
    /// its audio has fallen silent, as when a browser was killed. Of two phones' own audio nothing is known here.
    pub(super) fn dead_at(&self, leg: &Leg) -> Option<Instant> {
        let unheard = leg.unheard_since()?;
        let call = self.calls.get(&leg.call)?;
        match (&call.phase, call.machine.as_ref()?.line) {
            (Phase::Up { .. }, Line::SilentAt(at)) => Some(at.max(Instant(unheard.0 + QUIET))),
            // While it rings there is no audio yet.
            (Phase::Up { .. }, Line::Heard) | (Phase::Preparing { .. } | Phase::Ringing { .. }, _) => None,
        }
    }

    /// Everyone leaves.
    pub(super) fn leave_all(&mut self, now: Instant, no: CallNo, why: &str) {
        let Some(call) = self.calls.get(&no) else { return };
        let ringing = matches!(call.phase, Phase::Ringing { .. });
        let caller = self.caller(no);
        for end in call.ends() {
            // A phone that called and has no answer yet cannot be sent a BYE: it is refused.
            let signal = match end {
                End::Leg(_) if ringing && caller == Some(end) => Signal::Refuse(480),
                End::Leg(_) | End::Machine => Signal::Leave(Vec::new()),
            };
            self.deliver(now, no, end, signal);
        }
        self.finish(now, no, why);
    }

    /// The call is over: its media peer goes, its line in the list stays for a while.
    pub(super) fn finish(&mut self, now: Instant, no: CallNo, why: &str) {
        let Some(call) = self.calls.remove(&no) else {
            return;
        };
        if let Some(peer) = call.peer() {
            self.out.push_back(Output::ClosePeer(peer));
        }
        self.routes.remove(&no);
        self.close_row(now, &call, why);
        if self.past.len() >= REMEMBERED {
            self.past.pop_front();
        }
        self.past.push_back(Past::new(&call, now, why));
    }
}
