//! Missed calls and who called back, from the views of a time. Pure.

use std::collections::BTreeMap;

use protocol::Millis;
use protocol::admin::missed::{MissedAgent, MissedCall, MissedCount, MissedHour, MissedReport};
use protocol::call::{CallState, CallView, Direction, Outcome};

/// Calls of the list.
const LISTED: usize = 500;
/// Numbers are one if their last digits are: with and without country code.
const SAME: usize = 10;
const HOUR: Millis = 3_600_000;

/// A call to or from somebody's number.
struct Contact {
    at: Millis,
    agent: String,
}

/// The report on `views`, whichever their order, with hours of the zone `zone` minutes east of UTC.
pub fn report(views: &[CallView], from: Millis, to: Millis, zone: i16) -> MissedReport {
    let contacts = contacts(views);
    let mut calls: Vec<MissedCall> = missed(views)
        .into_iter()
        .map(|ring| {
            let after = contacts.get(&tail(ring[0])).into_iter().flatten();
            let back = after
                .filter(|it| it.at > ring[0].started_at)
                .min_by_key(|it| it.at);
            MissedCall {
                sid: ring[0].sid.clone(),
                agents: ring.iter().map(|view| view.agent.clone()).collect(),
                number: ring[0].number.clone(),
                at: ring[0].started_at,
                called_back_at: back.map(|it| it.at),
                called_back_by: back.map(|it| it.agent.clone()),
            }
        })
        .collect();
    calls.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.sid.cmp(&b.sid)));

    let mut total = MissedCount::default();
    let mut hours = [MissedCount::default(); 24];
    let mut agents: BTreeMap<&str, MissedCount> = BTreeMap::new();
    for call in &calls {
        let back = call.called_back_at.is_some();
        count(&mut total, back);
        let local = call.at + Millis::from(zone) * 60_000;
        let hour = usize::try_from((local / HOUR).rem_euclid(24)).unwrap_or(0);
        if let Some(hour) = hours.get_mut(hour) {
            count(hour, back);
        }
        for agent in &call.agents {
            count(agents.entry(agent).or_default(), back);
        }
    }
    let mut agents: Vec<MissedAgent> = agents
        .into_iter()
        .map(|(agent, count)| MissedAgent {
            agent: agent.to_owned(),
            count,
        })
        .collect();
    agents.sort_by_key(|it| std::cmp::Reverse(it.count.missed));
    let hours = hours
        .into_iter()
        .zip(0..)
        .map(|(count, hour)| MissedHour { hour, count })
        .collect();
    calls.truncate(LISTED);
    MissedReport {
        from,
        to,
        total,
        hours,
        agents,
        calls,
        cut: false,
    }
}

/// Inbound calls that are over and that nobody took, each with its views.
fn missed(views: &[CallView]) -> Vec<Vec<&CallView>> {
    let mut rings: BTreeMap<&str, Vec<&CallView>> = BTreeMap::new();
    for view in views.iter().filter(|view| view.direction == Direction::Inbound) {
        rings.entry(&view.sid).or_default().push(view);
    }
    let nobody = |ring: &Vec<&CallView>| {
        ring.iter().all(|view| match view.outcome {
            Some(Outcome::Missed | Outcome::Declined) => true,
            Some(
                Outcome::Completed
                | Outcome::AnsweredElsewhere
                | Outcome::CustomerUnanswered
                | Outcome::AgentUnanswered
                | Outcome::AgentCancelled
                | Outcome::NotDialled
                | Outcome::Unknown,
            )
            | None => false,
        })
    };
    rings.into_values().filter(nobody).collect()
}

/// By number: calls out to it, and calls of its own that were taken.
fn contacts(views: &[CallView]) -> BTreeMap<String, Vec<Contact>> {
    let mut contacts: BTreeMap<String, Vec<Contact>> = BTreeMap::new();
    for view in views {
        let counts = match view.direction {
            Direction::Outbound => true,
            Direction::Inbound => {
                view.outcome == Some(Outcome::Completed) || view.state == CallState::Established
            }
        };
        let number = tail(view);
        if counts && !number.is_empty() {
            let contact = Contact {
                at: view.started_at,
                agent: view.agent.clone(),
            };
            contacts.entry(number).or_default().push(contact);
        }
    }
    contacts
}

fn tail(view: &CallView) -> String {
    let digits: Vec<char> = view
        .number
        .reveal()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    digits.iter().skip(digits.len().saturating_sub(SAME)).collect()
}

fn count(count: &mut MissedCount, back: bool) {
    count.missed += 1;
    count.called_back += u32::from(back);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(sid: &str, agent: &str, number: &str, at: Millis, outcome: Outcome) -> CallView {
        let inbound = matches!(
            outcome,
            Outcome::Missed | Outcome::Declined | Outcome::AnsweredElsewhere | Outcome::Completed
        );
        CallView {
            sid: sid.to_owned(),
            rev: 1,
            agent: agent.to_owned(),
            direction: if inbound {
                Direction::Inbound
            } else {
                Direction::Outbound
            },
            state: CallState::Ended,
            outcome: Some(outcome),
            number: number.into(),
            virtual_number: "".into(),
            started_at: at,
            answered_at: None,
            ended_at: Some(at),
            talk_seconds: None,
            recorded: false,
        }
    }

    #[test]
    fn a_call_back_counts_by_its_number_and_only_afterwards() {
        let views = [
            call("c1", "asha", "09811111003", 10, Outcome::Missed),
            call("c1", "ravi", "09811111003", 10, Outcome::Declined),
            call("c2", "asha", "+919811111004", 20, Outcome::Missed),
            call("c3", "asha", "+919811111005", 30, Outcome::Missed),
            call("c3", "ravi", "+919811111005", 30, Outcome::Completed),
            call("c4", "asha", "+919811111006", HOUR, Outcome::Missed),
            // To the first caller, before and after; to the second one before only.
            call("o1", "meera", "+919811111003", 5, Outcome::CustomerUnanswered),
            call("o2", "meera", "+919811111003", 40, Outcome::CustomerUnanswered),
            call("o3", "meera", "+919811111004", 15, Outcome::CustomerUnanswered),
            // The fourth one called again, and was answered.
            call("c5", "asha", "09811111006", 2 * HOUR, Outcome::Completed),
        ];
        let report = report(&views, 0, 99, 0);
        assert_eq!((report.total.missed, report.total.called_back), (3, 2));
        let backs: Vec<_> = report
            .calls
            .iter()
            .map(|call| (call.sid.as_str(), call.called_back_by.as_deref()))
            .collect();
        assert_eq!(backs, [("c4", Some("asha")), ("c2", None), ("c1", Some("meera"))]);
        let agents: Vec<_> = report
            .agents
            .iter()
            .map(|it| (it.agent.as_str(), it.count.missed))
            .collect();
        assert_eq!(agents, [("asha", 3), ("ravi", 1)]);
        assert_eq!(
            (report.hours[0].count.missed, report.hours[1].count.missed),
            (2, 1)
        );
        let india = super::report(&views, 0, 99, 330);
        assert_eq!((india.hours[5].count.missed, india.hours[6].count.missed), (2, 1));
    }
}
