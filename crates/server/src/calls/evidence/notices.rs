//! The platform's own notices of calls with agents (exotel-facts B1, B2).

use exotel::hooks::{CallDetail, CallNotice, NoticeStatus};
use protocol::Millis;
use protocol::call::Direction;

use super::number;
use crate::calls::Facts;
use crate::calls::facts::Ending;
use crate::calls::told::{Source, Told};

/// How an agent is found by an address.
type AgentOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// It rings at an agent.
pub(super) fn popup(notice: &CallNotice, at: Millis, agent_of: AgentOf<'_>) -> Facts {
    let mut facts = inbound(notice, at);
    if let Some(agent) = rung_agent(notice, agent_of) {
        facts.agent(&agent).rung = Some(at);
    }
    facts
}

/// It is over for an agent, or for everybody if none is named. How it went is not in it: `free` is said of answered,
/// missed and refused calls alike.
pub(super) fn hung_up(notice: &CallNotice, at: Millis, agent_of: AgentOf<'_>) -> Facts {
    let mut facts = inbound(notice, at);
    match rung_agent(notice, agent_of) {
        Some(agent) => facts.agent(&agent).released = Some(at),
        None => facts.over = Some(at),
    }
    facts
}

/// An agent, or everybody if none is named, missed it. An agent who refused it "missed" it too.
pub(super) fn missed(notice: &CallNotice, at: Millis, agent_of: AgentOf<'_>) -> Facts {
    let mut facts = inbound(notice, at);
    match rung_agent(notice, agent_of) {
        Some(agent) => facts.agent(&agent).missed = Some(at),
        None => {
            facts.over = Some(at);
            facts.missed = true;
        }
    }
    facts
}

/// An outbound call has news.
pub(super) fn callback(notice: &CallNotice, at: Millis, agent_of: AgentOf<'_>) -> Facts {
    let mut facts = of_notice(notice, Direction::Outbound, at);
    facts.number = number(Source::Webhook, notice.to_number.reveal());
    facts.virtual_number = number(Source::Webhook, notice.virtual_number.reveal());
    if let Some(agent) = agent(notice, notice.from_number.reveal(), agent_of) {
        facts.agent(&agent);
    }
    let ending = ending(&notice.call_status);
    if ending.is_some() || notice.call_detail == CallDetail::Terminal {
        facts.over = Some(at);
    }
    facts.ending = ending.map(|ending| Told::new(Source::Webhook, ending));
    if notice.call_detail == CallDetail::Answered {
        facts.answered = Some(at);
    }
    if facts.over.is_some() {
        facts.ended_at = notice.end_time.as_ref().and_then(exotel::Timestamp::unix_ms);
    }
    facts
}

fn inbound(notice: &CallNotice, at: Millis) -> Facts {
    let mut facts = of_notice(notice, Direction::Inbound, at);
    facts.number = number(Source::Webhook, notice.from_number.reveal());
    let called = [&notice.virtual_number, &notice.to_number];
    let called = called.into_iter().find(|number| !number.is_empty());
    facts.virtual_number = called.and_then(|called| number(Source::Webhook, called.reveal()));
    facts
}

/// What all notices say. The sort of webhook tells the direction better than its words, which vary.
fn of_notice(notice: &CallNotice, direction: Direction, at: Millis) -> Facts {
    let mut facts = Facts::heard(at);
    facts.direction = Some(Told::new(Source::Webhook, direction));
    // 0 until there is talk.
    facts.talk_seconds = notice.total_duration.filter(|&seconds| seconds > 0);
    facts.recorded = !notice.call_recordings.is_empty();
    facts.over = notice.is_over().then_some(at);
    facts
}

fn rung_agent(notice: &CallNotice, agent_of: AgentOf<'_>) -> Option<String> {
    agent(notice, notice.dial_whom_number.reveal(), agent_of)
}

/// The agent by their own id, else by an address.
fn agent(notice: &CallNotice, address: &str, agent_of: AgentOf<'_>) -> Option<String> {
    match notice.app_user_id.as_str() {
        "" if address.is_empty() => None,
        "" => agent_of(address),
        id => Some(id.to_owned()),
    }
}

/// The words of exotel-facts B2. Inbound words (`busy`, `free`) and new ones say nothing of the end.
fn ending(status: &NoticeStatus) -> Option<Ending> {
    match status {
        NoticeStatus::Completed => Some(Ending::Completed),
        NoticeStatus::ToLegUnanswered => Some(Ending::CustomerUnanswered),
        NoticeStatus::FromLegUnanswered => Some(Ending::AgentUnanswered),
        NoticeStatus::FromLegCancelled => Some(Ending::AgentCancelled),
        NoticeStatus::ToLegNoDial | NoticeStatus::FromLegNoDial => Some(Ending::NotDialled),
        NoticeStatus::Busy | NoticeStatus::Free | NoticeStatus::Other(_) => None,
    }
}
