//! Between the exchange and the agents' browsers: it has them rung, and hears what they did.

use sip::Instant;

use super::call::{Origin, Phase};
use super::machine::{Awaiting, Machine};
use super::places::CallNo;
use super::{Output, World};
use crate::exchange::{LegNews, Said};
use crate::media::{self, Codecs, Sound};
use crate::numbers::{Behaviour, Step};
use crate::platform::Direction;

/// What the agent hears until the customer answers.
const RINGBACK: &[Step] = &[Step::Play(Sound::Ringback)];

impl World {
    /// Does what the exchange asks for; true if there was anything.
    pub(super) fn work_exchange(&mut self, now: Instant) -> bool {
        let mut moved = false;
        while let Some(said) = self.exchange.poll() {
            moved = true;
            match said {
                Said::Ring {
                    sid,
                    agent,
                    customer,
                    after,
                    talks,
                } => {
                    let talking = if talks { customer.talking } else { RINGBACK };
                    if !self.ring_browsers(now, &sid, &agent, (customer, after, talking)) {
                        self.exchange.leg(now, &sid, LegNews::Refused(480));
                    }
                }
                Said::Connect { sid } => self.customer_talks(now, &sid),
                Said::Clear { sid } => {
                    if let Some(no) = self.call_of(&sid) {
                        self.leave_all(now, no, "Ended by the platform");
                    }
                }
                Said::Moment { sid, moment } => self.note(now, &sid, moment),
            }
        }
        moved
    }

    /// Tells the exchange what became of its leg.
    pub(super) fn report(&mut self, now: Instant, no: CallNo, news: LegNews) {
        if let Some(call) = self.calls.get(&no)
            && call.origin == Origin::Exchange
        {
            self.exchange.leg(now, &call.sid, news);
        }
    }

    /// Sends an INVITE to every browser of the agent; false if there is none.
    fn ring_browsers(
        &mut self,
        now: Instant,
        sid: &str,
        agent: &str,
        (customer, after, talking): (&'static Behaviour, Option<u64>, &'static [Step]),
    ) -> bool {
        let Some(record) = self.platform.records.calls.get(sid) else {
            return false;
        };
        // The live platform shows an agent its own number, too: the customer's is in the webhook.
        let from = match record.direction {
            Direction::Outbound => record.virtual_number.clone(),
            Direction::Inbound => record.from.clone(),
        };
        if self.registrar.of(agent).next().is_none() {
            return false;
        }
        let peer = self.open_peer(Codecs::G711);
        let offer = media::Command::Offer(media::Direction::SendRecv);
        self.out.push_back(Output::Media(peer, offer));
        let mut machine = Machine::new(customer, Some(peer), Awaiting::FirstOffer);
        machine.after = after;
        machine.talking = talking;
        let no = CallNo(self.fresh());
        let phase = Phase::Preparing {
            agent: agent.to_owned(),
        };
        let mut call = self.new_call(now, no, from, agent.to_owned(), phase);
        sid.clone_into(&mut call.sid);
        call.origin = Origin::Exchange;
        call.machine = Some(machine);
        self.calls.insert(no, call);
        true
    }

    /// Whether nothing is left to wait for: the INVITE of this call of the exchange has left, or never will.
    pub(crate) fn invite_is_out(&self, sid: &str) -> bool {
        let call = self.call_of(sid).and_then(|no| self.calls.get(&no));
        call.is_none_or(|call| !matches!(call.phase, Phase::Preparing { .. }))
    }

    /// The customer answered: from now on the machine is their phone.
    fn customer_talks(&mut self, now: Instant, sid: &str) {
        let call = self.call_of(sid).and_then(|no| self.calls.get_mut(&no));
        if let Some(machine) = call.and_then(|call| call.machine.as_mut()) {
            machine.talking = machine.behaviour.talking;
            machine.follow(now, machine.talking);
        }
    }

    fn call_of(&self, sid: &str) -> Option<CallNo> {
        let ours = |call: &&super::call::Call| call.origin == Origin::Exchange && call.sid == sid;
        self.calls.values().find(ours).map(|call| call.no)
    }
}
