//! In any order, with any repeats, facts come to the same, and no call comes back to life.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use protocol::PhoneNumber;
use protocol::call::{CallState, Direction};
use server::calls::{AgentFacts, Ending, Facts, Leg, Source, Told};

/// Few values, so that equal and contrary ones meet often.
fn moment() -> impl Strategy<Value = Option<i64>> {
    of(1_i64..6)
}

fn leg() -> impl Strategy<Value = Option<Leg>> {
    of(prop::sample::select(vec![
        Leg::Failed,
        Leg::Unanswered,
        Leg::Busy,
        Leg::Completed,
    ]))
}

fn told<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Option<Told<T>>> {
    let source = prop::sample::select(vec![
        Source::Implied,
        Source::Details,
        Source::Webhook,
        Source::Ourselves,
    ]);
    of((source, prop::sample::select(values)).prop_map(|(by, what)| Told::new(by, what)))
}

fn agent() -> impl Strategy<Value = AgentFacts> {
    let heard = (moment(), moment(), moment(), moment());
    (heard, leg(), moment(), moment(), moment()).prop_map(|(heard, leg, answered, declined, rang_out)| {
        let (placed, rung, released, missed) = heard;
        AgentFacts {
            placed,
            rung,
            released,
            missed,
            leg,
            answered,
            declined,
            rang_out,
        }
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    let numbers = || told(vec![PhoneNumber::from("1"), PhoneNumber::from("2")]);
    let direction = told(vec![Direction::Inbound, Direction::Outbound]);
    let ending = told(vec![
        Ending::NotDialled,
        Ending::AgentUnanswered,
        Ending::AgentCancelled,
        Ending::CustomerUnanswered,
        Ending::Completed,
    ]);
    let agents = btree_map("[ab]", agent(), 0..3);
    let words = (direction, numbers(), numbers(), ending, leg());
    let times = (moment(), moment(), moment(), 0_i64..6, 0_i64..6);
    let rest = (any::<bool>(), of(0_u32..3), any::<bool>(), any::<bool>());
    (agents, words, times, rest).prop_map(|(agents, words, times, rest)| {
        let (direction, number, virtual_number, ending, leg) = words;
        let (answered, over, ended_at, first_news, last_news) = times;
        let (missed, talk_seconds, recorded, closed) = rest;
        Facts {
            agents,
            first_news,
            last_news,
            direction,
            number,
            virtual_number,
            answered,
            over,
            ended_at,
            ending,
            leg,
            missed,
            talk_seconds,
            recorded,
            closed,
        }
    })
}

/// A list of facts, and the same in another order with some repeated.
fn shuffled() -> impl Strategy<Value = (Vec<Facts>, Vec<Facts>)> {
    vec(facts(), 1..7).prop_flat_map(|all| {
        let repeats = prop::sample::subsequence(all.clone(), 0..=all.len());
        (Just(all), repeats).prop_flat_map(|(all, repeats)| {
            let mixed = [all.clone(), repeats].concat();
            (Just(all), Just(mixed).prop_shuffle())
        })
    })
}

fn joined<'a>(all: impl IntoIterator<Item = &'a Facts>) -> Facts {
    let mut sum = Facts::default();
    for one in all {
        sum.join(one);
    }
    sum
}

/// How far a call has come.
fn progress(state: CallState) -> u8 {
    match state {
        CallState::Incoming | CallState::OutgoingInitiated => 0,
        CallState::Established => 1,
        CallState::Ended => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn order_and_repeats_change_nothing((all, mixed) in shuffled()) {
        let (once, again) = (joined(&all), joined(&mixed));
        prop_assert_eq!(&once, &again);
        prop_assert_eq!(once.views("7b", 1), again.views("7b", 1));
        prop_assert_eq!(once.is_settled(), again.is_settled());
    }

    #[test]
    fn joins_may_be_grouped_in_any_way(a in facts(), b in facts(), c in facts()) {
        let left = joined([&joined([&a, &b]), &c]);
        let right = joined([&a, &joined([&b, &c])]);
        prop_assert_eq!(left, right);
    }

    #[test]
    fn a_join_says_whether_it_changed_anything(a in facts(), b in facts()) {
        let mut sum = joined([&a]);
        let before = sum.clone();
        let changed = sum.join(&b);
        let but_for_the_last_news = Facts { last_news: before.last_news, ..sum.clone() };
        prop_assert_eq!(changed, but_for_the_last_news != before);
        prop_assert!(!sum.join(&b), "the same again is no news");
    }

    #[test]
    fn what_ended_stays_ended(all in vec(facts(), 1..8)) {
        let mut sum = Facts::default();
        let mut ended: Vec<String> = Vec::new();
        for one in &all {
            sum.join(one);
            let views = sum.views("7b", 1);
            for agent in &ended {
                let view = views.iter().find(|view| view.agent == *agent);
                // The nameless view gives way to agents once some are named.
                let Some(view) = view else { prop_assert!(agent.is_empty()); continue };
                prop_assert_eq!(view.state, CallState::Ended);
            }
            for view in &views {
                prop_assert_eq!(view.state == CallState::Ended, view.outcome.is_some());
                prop_assert_eq!(view.state == CallState::Ended, view.ended_at.is_some());
                if view.state == CallState::Ended && !ended.contains(&view.agent) {
                    ended.push(view.agent.clone());
                }
            }
            if sum.is_settled() {
                prop_assert!(views.iter().all(|view| view.state == CallState::Ended));
            }
        }
    }

    /// Of sources that agree on who called whom.
    #[test]
    fn no_state_goes_back(
        direction in prop::sample::select(vec![Direction::Inbound, Direction::Outbound]),
        all in vec(facts(), 1..8),
    ) {
        let mut sum = Facts::default();
        let mut before: Vec<(String, u8)> = Vec::new();
        for mut one in all {
            if let Some(told) = &mut one.direction {
                told.what = direction;
            }
            sum.join(&one);
            let now: Vec<_> = sum.views("7b", 1).into_iter().map(|view| (view.agent, progress(view.state))).collect();
            for (agent, was) in &before {
                let is = now.iter().find(|(other, _)| other == agent);
                prop_assert!(is.is_none_or(|(_, is)| is >= was), "{agent}: {was}, then {now:?}");
            }
            before = now;
        }
    }

    #[test]
    fn facts_are_kept_as_they_are(facts in facts()) {
        let text = serde_json::to_string(&facts).unwrap();
        prop_assert_eq!(serde_json::from_str::<Facts>(&text).unwrap(), facts);
    }
}
