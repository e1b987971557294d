//! Facts of a call and how they are joined.

use std::collections::BTreeMap;

use protocol::call::{CallView, Direction};
use protocol::{Millis, PhoneNumber};
use serde::{Deserialize, Serialize};

use super::told::{Told, earliest, either, most};
use super::verdict;

/// All that is known of a call. A join-semilattice: [`Facts::join`] is commutative, associative and idempotent.
///
/// Nothing in it is ever unlearnt: numbers and words give way to better ones only, moments to earlier ones. The URL of a
/// recording is not in it; whoever may fetch one asks the vendor anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The agents it has to do with, by `AppUserId`.
    pub agents: BTreeMap<String, AgentFacts>,
    /// When the first word of it came; 0 for never.
    pub first_news: Millis,
    /// When the last new word of it came; 0 for never.
    pub last_news: Millis,
    /// Who called whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Told<Direction>>,
    /// The customer's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Told<PhoneNumber>>,
    /// The platform's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_number: Option<Told<PhoneNumber>>,
    /// Outbound: when we heard that the customer answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Millis>,
    /// When we heard that it is over, for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<Millis>,
    /// When it ended by the platform's own clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
    /// Outbound: how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<Told<Ending>>,
    /// Inbound: how the leg to an agent went, whichever agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leg: Option<Leg>,
    /// A notice called it missed and named no agent.
    #[serde(skip_serializing_if = "is_false")]
    pub missed: bool,
    /// Seconds of talk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk_seconds: Option<u32>,
    /// There is a recording.
    #[serde(skip_serializing_if = "is_false")]
    pub recorded: bool,
    /// The platform has said all it will ever say, or does not know the call.
    #[serde(skip_serializing_if = "is_false")]
    pub closed: bool,
}

/// What is known of one agent's part in it: when we first heard each thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgentFacts {
    /// They placed it through us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed: Option<Millis>,
    /// The platform said that it rings at theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rung: Option<Millis>,
    /// The platform said that it is over for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<Millis>,
    /// The platform said that they missed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<Millis>,
    /// How the leg to them went, where the platform named them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leg: Option<Leg>,
    /// Their own phone answered its leg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Millis>,
    /// Their own phone refused its leg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declined: Option<Millis>,
    /// Their own phone stopped ringing untouched. Another device of theirs may have answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rang_out: Option<Millis>,
}

/// How the leg to an agent went. Of two words the later in this list counts: an agent who answered after others had not
/// makes it an answered call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// It could not be dialled.
    Failed,
    /// It rang in vain, or the caller gave up.
    Unanswered,
    /// The agent refused it or was busy.
    Busy,
    /// They talked.
    Completed,
}

/// How an outbound call ended, by the word of the last callback (exotel-facts B2) or of call details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// `from_leg_no_dial`, `to_leg_no_dial`
    NotDialled,
    /// `from_leg_unanswered`
    AgentUnanswered,
    /// `from_leg_cancelled`
    AgentCancelled,
    /// `to_leg_unanswered`
    CustomerUnanswered,
    /// `completed`
    Completed,
}

impl Facts {
    /// Nothing but that something was heard at `at`.
    pub fn heard(at: Millis) -> Self {
        Self {
            first_news: at,
            last_news: at,
            ..Self::default()
        }
    }

    /// Takes in what `other` knows. Whether anything changed; that something was heard again is no change.
    pub fn join(&mut self, other: &Self) -> bool {
        self.last_news = self.last_news.max(other.last_news);
        let mut changed = self.join_first_news(other.first_news);
        for (name, theirs) in &other.agents {
            changed |= match self.agents.get_mut(name) {
                Some(mine) => mine.join(theirs),
                None => self.agents.insert(name.clone(), theirs.clone()).is_none(),
            };
        }
        changed |= most(&mut self.direction, &other.direction);
        changed |= most(&mut self.number, &other.number);
        changed |= most(&mut self.virtual_number, &other.virtual_number);
        changed |= earliest(&mut self.answered, other.answered);
        changed |= earliest(&mut self.over, other.over);
        changed |= most(&mut self.ended_at, &other.ended_at);
        changed |= most(&mut self.ending, &other.ending);
        changed |= most(&mut self.leg, &other.leg);
        changed |= either(&mut self.missed, other.missed);
        changed |= most(&mut self.talk_seconds, &other.talk_seconds);
        changed |= either(&mut self.recorded, other.recorded);
        changed | either(&mut self.closed, other.closed)
    }

    /// The earlier moment that is one.
    fn join_first_news(&mut self, theirs: Millis) -> bool {
        let mut mine = (self.first_news != 0).then_some(self.first_news);
        let moved = earliest(&mut mine, (theirs != 0).then_some(theirs));
        self.first_news = mine.unwrap_or(0);
        moved
    }

    /// Whether the call is over and it is known how it went: nothing needs to be asked.
    pub fn is_settled(&self) -> bool {
        verdict::is_settled(self)
    }

    /// Whether nobody but agents' own phones has spoken of it: all others say who called whom.
    pub fn only_legs_spoke(&self) -> bool {
        self.direction.is_none()
    }

    /// The call as each of its agents sees it; one view without an agent where none is named.
    pub fn views(&self, sid: &str, rev: i64) -> Vec<CallView> {
        verdict::views(self, sid, rev)
    }
}

impl AgentFacts {
    fn join(&mut self, other: &Self) -> bool {
        let mut changed = earliest(&mut self.placed, other.placed);
        changed |= earliest(&mut self.rung, other.rung);
        changed |= earliest(&mut self.released, other.released);
        changed |= earliest(&mut self.missed, other.missed);
        changed |= most(&mut self.leg, &other.leg);
        changed |= earliest(&mut self.answered, other.answered);
        changed |= earliest(&mut self.declined, other.declined);
        changed | earliest(&mut self.rang_out, other.rang_out)
    }
}

/// For serde.
fn is_false(flag: &bool) -> bool {
    !flag
}
