//! How a call stands, computed from its facts.
//!
//! A call is over for an agent once the platform or their own phone's refusal said so; that is never unlearnt, so no view
//! leaves ENDED. How it ended may still become known later. The first row that holds counts:
//!
//! | inbound, over for the agent | outcome | firm |
//! |---|---|---|
//! | their own phone answered | completed | yes |
//! | their own phone refused | declined | yes |
//! | the platform named them and how their leg went | completed, declined, missed, not dialled | yes |
//! | somebody else answered | answered elsewhere | yes |
//! | the call was answered; their phone rang out, or they were told they missed it | answered elsewhere | yes |
//! | the call was answered; nobody else can have taken it | completed | yes |
//! | the call was answered; several can have taken it | unknown | no |
//! | the leg was busy and their phone did not ring out | declined | yes |
//! | the leg was unanswered, or busy and their phone rang out | missed | yes |
//! | the leg could not be dialled | not dialled | yes |
//! | a notice called it missed, or their phone rang out | missed | no |
//! | nothing | unknown | no |
//!
//! "Answered" is a completed leg, or seconds of talk. Outbound: the word of the last callback, else what call details
//! say; else, if the agent's own phone did not take its leg, `AgentUnanswered` (not firm); else unknown.
//!
//! The limit of "never unlearnt": an agent whom a queue rings a second time in one call, after it was over for them, stays
//! ENDED in the views; their own phone rings all the same, and call details say how it went in the end.
//!
//! What is not firm is asked of the platform, once it has settled its data. Its last word closes the question.

use protocol::PhoneNumber;
use protocol::call::{CallState, CallView, Direction, Outcome};

use super::facts::{AgentFacts, Ending, Facts, Leg};

/// An outcome, and whether there is any point in asking further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    outcome: Outcome,
    firm: bool,
}

/// Nothing further is needed.
const fn firm(outcome: Outcome) -> Verdict {
    Verdict { outcome, firm: true }
}

/// The best guess until the platform is asked.
const fn for_now(outcome: Outcome) -> Verdict {
    Verdict { outcome, firm: false }
}

/// See [`Facts::views`].
pub(super) fn views(facts: &Facts, sid: &str, rev: i64) -> Vec<CallView> {
    let view = |name: &str, agent: &AgentFacts| view(facts, name, agent, sid, rev);
    if facts.agents.is_empty() {
        return vec![view("", &AgentFacts::default())];
    }
    facts
        .agents
        .iter()
        .map(|(name, agent)| view(name, agent))
        .collect()
}

/// See [`Facts::is_settled`].
pub(super) fn is_settled(facts: &Facts) -> bool {
    let is_done = |name: &str, agent: &AgentFacts| {
        over(facts, agent).is_some() && (facts.closed || verdict(facts, name, agent).firm)
    };
    match facts.agents.is_empty() {
        true => is_done("", &AgentFacts::default()),
        false => facts.agents.iter().all(|(name, agent)| is_done(name, agent)),
    }
}

fn view(facts: &Facts, name: &str, agent: &AgentFacts, sid: &str, rev: i64) -> CallView {
    let number = |told: &Option<super::told::Told<PhoneNumber>>| {
        told.as_ref().map(|told| told.what.clone()).unwrap_or_default()
    };
    let over = over(facts, agent);
    let outcome = over.map(|_| verdict(facts, name, agent).outcome);
    // What the platform's clock says is held between what ours says of the same call.
    let ended_at = over.map(|heard| {
        let clock = facts.ended_at.unwrap_or(heard);
        clock.max(facts.first_news).min(heard)
    });
    let answered_at = answered_at(facts, agent).map(|at| ended_at.map_or(at, |end| at.min(end)));
    CallView {
        sid: sid.to_owned(),
        rev,
        agent: name.to_owned(),
        direction: direction(facts),
        state: state(facts, agent),
        outcome,
        number: number(&facts.number),
        virtual_number: number(&facts.virtual_number),
        started_at: facts.first_news,
        answered_at: answered_at.filter(|_| outcome.is_none_or(|outcome| outcome == Outcome::Completed)),
        ended_at,
        talk_seconds: facts.talk_seconds.filter(|_| outcome == Some(Outcome::Completed)),
        recorded: facts.recorded,
    }
}

/// A call that nobody gave a direction is taken for a customer's.
fn direction(facts: &Facts) -> Direction {
    facts
        .direction
        .as_ref()
        .map_or(Direction::Inbound, |told| told.what)
}

fn state(facts: &Facts, agent: &AgentFacts) -> CallState {
    if over(facts, agent).is_some() {
        return CallState::Ended;
    }
    let talks = answered_at(facts, agent).is_some();
    match (direction(facts), talks) {
        (_, true) => CallState::Established,
        (Direction::Inbound, false) => CallState::Incoming,
        (Direction::Outbound, false) => CallState::OutgoingInitiated,
    }
}

/// When we first heard that it is over for `agent`. A phone that rang out is not enough: the agent may have another.
fn over(facts: &Facts, agent: &AgentFacts) -> Option<protocol::Millis> {
    [facts.over, agent.released, agent.missed, agent.declined]
        .into_iter()
        .flatten()
        .min()
}

/// When both sides began to talk, as far as anybody said. The agent's own leg of an outbound call is answered long before,
/// so it says nothing until somebody has said who called whom. That a customer answered is never taken back.
fn answered_at(facts: &Facts, agent: &AgentFacts) -> Option<protocol::Millis> {
    let told = facts.direction.as_ref().map(|told| told.what);
    match told {
        Some(Direction::Inbound) => agent.answered.or(facts.answered),
        Some(Direction::Outbound) | None => facts.answered,
    }
}

fn verdict(facts: &Facts, name: &str, agent: &AgentFacts) -> Verdict {
    match direction(facts) {
        Direction::Inbound => inbound(facts, name, agent),
        Direction::Outbound => outbound(facts, agent),
    }
}

fn inbound(facts: &Facts, name: &str, agent: &AgentFacts) -> Verdict {
    if agent.answered.is_some() {
        return firm(Outcome::Completed);
    }
    if agent.declined.is_some() {
        return firm(Outcome::Declined);
    }
    if let Some(leg) = agent.leg {
        return firm(of_leg(leg));
    }
    let mut others = facts.agents.iter().filter(|(other, _)| *other != name);
    if others.clone().any(|(_, other)| took_it(other)) {
        return firm(Outcome::AnsweredElsewhere);
    }
    if facts.leg == Some(Leg::Completed) || facts.talk_seconds.is_some_and(|seconds| seconds > 0) {
        return if !may_have_taken(agent) {
            firm(Outcome::AnsweredElsewhere)
        } else if others.any(|(_, other)| may_have_taken(other)) {
            for_now(Outcome::Unknown)
        } else {
            firm(Outcome::Completed)
        };
    }
    match facts.leg {
        Some(Leg::Busy) if agent.rang_out.is_some() => firm(Outcome::Missed),
        Some(leg) => firm(of_leg(leg)),
        None if facts.missed || agent.missed.is_some() || agent.rang_out.is_some() => {
            for_now(Outcome::Missed)
        }
        None => for_now(Outcome::Unknown),
    }
}

fn outbound(facts: &Facts, agent: &AgentFacts) -> Verdict {
    match &facts.ending {
        Some(told) => firm(match told.what {
            Ending::NotDialled => Outcome::NotDialled,
            Ending::AgentUnanswered => Outcome::AgentUnanswered,
            Ending::AgentCancelled => Outcome::AgentCancelled,
            Ending::CustomerUnanswered => Outcome::CustomerUnanswered,
            Ending::Completed => Outcome::Completed,
        }),
        None if agent.declined.is_some() || agent.rang_out.is_some() => for_now(Outcome::AgentUnanswered),
        None => for_now(Outcome::Unknown),
    }
}

fn of_leg(leg: Leg) -> Outcome {
    match leg {
        Leg::Failed => Outcome::NotDialled,
        Leg::Unanswered => Outcome::Missed,
        Leg::Busy => Outcome::Declined,
        Leg::Completed => Outcome::Completed,
    }
}

/// Whether it is known that this agent talked.
fn took_it(agent: &AgentFacts) -> bool {
    agent.answered.is_some() || agent.leg == Some(Leg::Completed)
}

/// Whether nothing rules out that this agent talked.
fn may_have_taken(agent: &AgentFacts) -> bool {
    took_it(agent)
        || (agent.declined.is_none()
            && agent.rang_out.is_none()
            && agent.missed.is_none()
            && agent.leg.is_none())
}
