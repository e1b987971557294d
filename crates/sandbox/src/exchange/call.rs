//! One call of the exchange: where it stands and what comes next.

use sip::Instant;

use super::device::AgentDevice;
use super::far_end::{self, Verdict};
use super::moment::{Ending, Moment, Why};
use crate::numbers::Behaviour;

/// How long two scripted phones talk when neither has a plan to hang up, ms.
const SMALL_TALK: u64 = 10_000;
/// How long a device that is registered nowhere is looked for, ms.
const LOOKED_FOR: u64 = 2_000;

/// Who began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The platform calls the agent, then the customer.
    Outbound,
    /// The customer calls, and the agent's device rings.
    Inbound,
}

/// Where it stands.
///
/// ```text
/// outbound: Due --> AgentRings --answer--> CustomerRings --answer--> Talking --> gone
/// inbound:  Due --> AgentRings --answer------------------------------^
///                       |  refused, in vain, given up   |  refused, in vain, agent leaves
///                       +------------> gone <-----------+
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing rings yet.
    Due { at: Instant },
    /// The agent's device rings, until this is decided then.
    AgentRings { at: Instant, then: Next },
    /// The customer's phone rings, until this is decided then.
    CustomerRings { at: Instant, then: Next },
    /// Both talk, perhaps until then.
    Talking { until: Option<Instant> },
}

/// What a wait ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The scripted phone answers.
    Answer,
    /// The call is over.
    End(Ending),
}

/// What the agent's browser or the call's media did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LegNews {
    /// The agent took it.
    Answered,
    /// No phone of the agent's took it; the best refusal.
    Refused(u16),
    /// The agent hung up, or their phone is gone for good.
    AgentLeft,
    /// The customer's script hung up.
    CustomerLeft,
}

/// What the call wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// Ring the agent's browsers.
    Ring,
    /// Let the two talk.
    Connect,
    /// Take down whatever still stands.
    Clear,
    /// Tell whom it concerns.
    Say(Moment),
}

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) way: Way,
    pub(super) device: AgentDevice,
    pub(super) customer: &'static Behaviour,
    /// Replaces the customer's own delay, ms.
    pub(super) after: Option<u64>,
    pub(super) ring_ms: u64,
    /// From the answer, ms.
    pub(super) limit_ms: Option<u64>,
    pub(super) stage: Stage,
}

impl Call {
    /// When [`Self::timeout`] wants to be called.
    pub(super) fn next_timeout(&self) -> Option<Instant> {
        match self.stage {
            Stage::Due { at } | Stage::AgentRings { at, .. } | Stage::CustomerRings { at, .. } => Some(at),
            Stage::Talking { until } => until,
        }
    }

    /// Whether it is over, by what it wants done.
    pub(super) fn is_over(wants: &[Want]) -> bool {
        wants
            .iter()
            .any(|want| matches!(want, Want::Say(Moment::Over(_))))
    }

    /// A wait is over.
    pub(super) fn timeout(&mut self, now: Instant) -> Vec<Want> {
        if self.next_timeout().is_none_or(|at| at > now) {
            return Vec::new();
        }
        match self.stage {
            Stage::Due { .. } => self.ring_agent(now),
            Stage::AgentRings {
                then: Next::Answer, ..
            } => self.agent_answered(now),
            Stage::CustomerRings {
                then: Next::Answer, ..
            } => self.connect(now),
            Stage::AgentRings {
                then: Next::End(ending),
                ..
            }
            | Stage::CustomerRings {
                then: Next::End(ending),
                ..
            } => end(ending),
            Stage::Talking { .. } => end(Ending::Completed),
        }
    }

    /// The agent's side did something.
    pub(super) fn leg(&mut self, now: Instant, news: LegNews) -> Vec<Want> {
        match (self.stage, news) {
            (Stage::AgentRings { .. }, LegNews::Answered) => self.agent_answered(now),
            (Stage::AgentRings { .. }, LegNews::Refused(480)) => {
                // Nobody there: the platform looks a moment longer before it says so.
                let at = Instant(now.0 + LOOKED_FOR.min(self.ring_ms));
                let then = Next::End(Ending::AgentUnanswered(Why::RangInVain));
                self.stage = Stage::AgentRings { at, then };
                Vec::new()
            }
            (Stage::AgentRings { .. }, LegNews::Refused(408)) => {
                end(Ending::AgentUnanswered(Why::RangInVain))
            }
            (Stage::AgentRings { .. }, LegNews::Refused(_)) => {
                end(Ending::AgentUnanswered(Why::BusyOrDeclined))
            }
            (Stage::AgentRings { .. }, LegNews::AgentLeft) => end(Ending::AgentUnanswered(Why::RangInVain)),
            (Stage::AgentRings { .. } | Stage::CustomerRings { .. }, LegNews::CustomerLeft) => self.hang_up(),
            (Stage::CustomerRings { .. }, LegNews::AgentLeft) => end(Ending::AgentCancelled),
            (Stage::Talking { .. }, LegNews::AgentLeft | LegNews::CustomerLeft) => end(Ending::Completed),
            // Out of turn: a leg that was answered is answered.
            (
                Stage::CustomerRings { .. } | Stage::Talking { .. },
                LegNews::Answered | LegNews::Refused(_),
            )
            | (Stage::Due { .. }, _) => Vec::new(),
        }
    }

    /// The platform, or a person at its controls, ends it.
    pub(super) fn hang_up(&self) -> Vec<Want> {
        end(match (self.stage, self.way) {
            (Stage::Talking { .. }, _) => Ending::Completed,
            (Stage::CustomerRings { .. }, _) => Ending::CustomerUnanswered(Why::RangInVain),
            (Stage::Due { .. } | Stage::AgentRings { .. }, Way::Outbound) => {
                Ending::AgentUnanswered(Why::RangInVain)
            }
            (Stage::Due { .. } | Stage::AgentRings { .. }, Way::Inbound) => Ending::CustomerGaveUp,
        })
    }

    fn ring_agent(&mut self, now: Instant) -> Vec<Want> {
        let in_vain = (self.ring_ms, Next::End(Ending::AgentUnanswered(Why::RangInVain)));
        let (mut wait, mut then) = match &self.device {
            AgentDevice::Nowhere => return end(Ending::AgentNotDialled),
            AgentDevice::Sip { .. } => in_vain,
            AgentDevice::Phone { behaviour } => match far_end::called(behaviour) {
                (ms, Verdict::Answers) if ms < self.ring_ms => (ms, Next::Answer),
                (ms, Verdict::Refuses(_)) if ms < self.ring_ms => {
                    (ms, Next::End(Ending::AgentUnanswered(Why::BusyOrDeclined)))
                }
                (_, Verdict::Answers | Verdict::Refuses(_) | Verdict::Never) => in_vain,
            },
        };
        // A browser's call has a machine in the customer's place, which gives up by itself.
        let gives_up = far_end::gives_up(self.customer, self.after);
        if let (Way::Inbound, AgentDevice::Phone { .. }, Some(ms)) = (self.way, &self.device, gives_up)
            && ms < wait
        {
            (wait, then) = (ms, Next::End(Ending::CustomerGaveUp));
        }
        self.stage = Stage::AgentRings {
            at: Instant(now.0 + wait),
            then,
        };
        let said = Want::Say(Moment::AgentRings);
        match &self.device {
            AgentDevice::Sip { .. } => vec![said, Want::Ring],
            AgentDevice::Phone { .. } | AgentDevice::Nowhere => vec![said],
        }
    }

    fn agent_answered(&mut self, now: Instant) -> Vec<Want> {
        if self.way == Way::Inbound {
            return self.talk(now);
        }
        let in_vain = (
            self.ring_ms,
            Next::End(Ending::CustomerUnanswered(Why::RangInVain)),
        );
        let (wait, then) = match far_end::called(self.customer) {
            (ms, Verdict::Answers) if ms < self.ring_ms => (ms, Next::Answer),
            (ms, Verdict::Refuses(404)) if ms < self.ring_ms => (ms, Next::End(Ending::CustomerNotDialled)),
            (ms, Verdict::Refuses(_)) if ms < self.ring_ms => {
                (ms, Next::End(Ending::CustomerUnanswered(Why::BusyOrDeclined)))
            }
            (_, Verdict::Answers | Verdict::Refuses(_) | Verdict::Never) => in_vain,
        };
        self.stage = Stage::CustomerRings {
            at: Instant(now.0 + wait),
            then,
        };
        vec![Want::Say(Moment::CustomerRings)]
    }

    fn connect(&mut self, now: Instant) -> Vec<Want> {
        let mut wants = vec![Want::Connect];
        wants.extend(self.talk(now));
        wants
    }

    fn talk(&mut self, now: Instant) -> Vec<Want> {
        let own = match &self.device {
            // The machine in the customer's place hangs up by itself.
            AgentDevice::Sip { .. } => None,
            AgentDevice::Phone { .. } | AgentDevice::Nowhere => {
                Some(far_end::hangs_up(self.customer, self.after).unwrap_or(SMALL_TALK))
            }
        };
        let until = own.into_iter().chain(self.limit_ms).min();
        self.stage = Stage::Talking {
            until: until.map(|ms| Instant(now.0 + ms)),
        };
        vec![Want::Say(Moment::Connected)]
    }
}

fn end(ending: Ending) -> Vec<Want> {
    vec![Want::Clear, Want::Say(Moment::Over(ending))]
}
