//! The courier on a virtual clock.

use exotel::Secret;
use exotel::hooks::HookKind;
use serde_json::Map;
use sip::Instant;

use super::faults::Fault;
use super::*;
use crate::client::SendError;

const ONCE: Fault = Fault {
    probability: 0.0,
    next: 1,
};

fn letter(about: &str, word: &str) -> Letter {
    let mut fields = Map::new();
    fields.insert("CallDetail".to_owned(), word.into());
    Letter {
        kind: HookKind::Callback,
        about: about.to_owned(),
        url: Secret::from("http://127.0.0.1:9/hook"),
        shape: Shape::Json,
        fields,
    }
}

/// What is sent now: each one's word and ticket.
fn sent(courier: &mut Courier) -> Vec<(String, Ticket)> {
    std::iter::from_fn(|| courier.poll())
        .map(|sending| {
            let body: serde_json::Value = serde_json::from_str(&sending.request.body).unwrap();
            (body["CallDetail"].as_str().unwrap().to_owned(), sending.ticket)
        })
        .collect()
}

fn words(courier: &mut Courier) -> Vec<String> {
    sent(courier).into_iter().map(|(word, _)| word).collect()
}

fn states(courier: &Courier) -> Vec<String> {
    let lines = serde_json::to_value(courier.log(0)).unwrap();
    let state = |line: &serde_json::Value| line["state"].as_str().unwrap().to_owned();
    lines.as_array().unwrap().iter().map(state).collect()
}

#[test]
fn two_retries_then_it_is_given_up() {
    let mut courier = Courier::default();
    courier.post(Instant(0), &letter("a", "terminal"));
    for attempt in 0..3 {
        let going = sent(&mut courier);
        assert_eq!(going.len(), 1, "attempt {attempt}");
        courier.answered(Instant(attempt * 2_000), going[0].1, Ok(500));
        courier.timeout(Instant(attempt * 2_000 + 999));
        assert!(courier.poll().is_none(), "too early");
        courier.timeout(Instant(attempt * 2_000 + 1_000));
    }
    assert!(courier.poll().is_none());
    assert_eq!(states(&courier), ["given up"]);
    assert_eq!(courier.next_timeout(), None);
}

#[test]
fn only_200_will_do_and_a_refused_connection_counts_as_an_attempt() {
    let mut courier = Courier::default();
    courier.post(Instant(0), &letter("a", "x"));
    let first = sent(&mut courier)[0].1;
    courier.answered(Instant(5), first, Ok(204));
    courier.timeout(Instant(1_005));
    let second = sent(&mut courier)[0].1;
    courier.answered(Instant(1_006), second, Err(SendError::Unreachable));
    courier.timeout(Instant(2_006));
    let third = sent(&mut courier)[0].1;
    courier.answered(Instant(2_007), third, Ok(200));
    assert_eq!(states(&courier), ["delivered"]);
}

#[test]
fn a_receiver_has_15_seconds_and_its_late_answer_counts_for_nothing() {
    let mut courier = Courier::default();
    courier.post(Instant(0), &letter("a", "x"));
    let first = sent(&mut courier)[0].1;
    assert_eq!(courier.next_timeout(), Some(Instant(15_000)));
    courier.timeout(Instant(15_000));
    courier.answered(Instant(15_500), first, Ok(200));
    assert_eq!(states(&courier), ["retrying"]);
    courier.timeout(Instant(16_000));
    let second = sent(&mut courier)[0].1;
    courier.answered(Instant(16_001), first, Ok(200));
    assert_eq!(states(&courier), ["sending"], "the first attempt's answer");
    courier.answered(Instant(16_002), second, Ok(200));
    assert_eq!(states(&courier), ["delivered"]);
}

#[test]
fn one_calls_webhooks_keep_their_order_and_another_calls_do_not_wait() {
    let mut courier = Courier::default();
    courier.post(Instant(0), &letter("a", "answered"));
    courier.post(Instant(0), &letter("a", "terminal"));
    courier.post(Instant(0), &letter("b", "other"));
    let going = sent(&mut courier);
    assert_eq!(
        going.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(),
        ["answered", "other"]
    );
    // A refusal does not hold the row up: the retry comes when it comes.
    courier.answered(Instant(10), going[0].1, Ok(503));
    assert_eq!(words(&mut courier), ["terminal"]);
    courier.timeout(Instant(1_010));
    assert_eq!(words(&mut courier), ["answered"]);
}

#[test]
fn a_dropped_one_is_never_sent_and_still_shown() {
    let mut courier = Courier::default();
    courier.plan(FaultPlan {
        drop: ONCE,
        ..FaultPlan::default()
    });
    courier.post(Instant(0), &letter("a", "answered"));
    courier.post(Instant(0), &letter("a", "terminal"));
    assert_eq!(words(&mut courier), ["terminal"]);
    assert_eq!(states(&courier), ["dropped", "sending"]);
}

#[test]
fn a_duplicate_follows_its_original() {
    let mut courier = Courier::default();
    courier.plan(FaultPlan {
        duplicate: ONCE,
        ..FaultPlan::default()
    });
    courier.post(Instant(0), &letter("a", "answered"));
    let first = sent(&mut courier);
    courier.answered(Instant(3), first[0].1, Ok(200));
    assert_eq!(words(&mut courier), ["answered"]);
}

#[test]
fn a_delayed_one_is_overtaken_by_time_alone() {
    let mut courier = Courier::default();
    courier.plan(FaultPlan {
        delay: ONCE,
        delay_ms: 700,
        ..FaultPlan::default()
    });
    courier.post(Instant(0), &letter("a", "answered"));
    courier.post(Instant(0), &letter("a", "terminal"));
    assert_eq!(words(&mut courier), ["terminal"]);
    assert_eq!(courier.next_timeout(), Some(Instant(700)));
    courier.timeout(Instant(700));
    assert_eq!(words(&mut courier), ["answered"]);
}

#[test]
fn a_reordered_one_waits_for_the_next_about_its_call_but_not_for_ever() {
    let plan = FaultPlan {
        reorder: ONCE,
        ..FaultPlan::default()
    };
    let mut courier = Courier::default();
    courier.plan(plan.clone());
    courier.post(Instant(0), &letter("a", "answered"));
    courier.post(Instant(0), &letter("b", "other"));
    courier.post(Instant(9), &letter("a", "terminal"));
    let going = sent(&mut courier);
    assert_eq!(going[1].0, "terminal");
    courier.answered(Instant(20), going[1].1, Ok(200));
    assert_eq!(words(&mut courier), ["answered"]);

    courier.plan(plan);
    courier.post(Instant(100), &letter("c", "alone"));
    assert!(courier.poll().is_none());
    courier.timeout(Instant(5_100));
    assert_eq!(words(&mut courier), ["alone"]);
}

#[test]
fn the_log_is_bounded() {
    let mut courier = Courier::default();
    for n in 0..1_000 {
        courier.post(Instant(n), &letter(&n.to_string(), "x"));
        let going = sent(&mut courier);
        courier.answered(Instant(n), going[0].1, Ok(200));
    }
    assert_eq!(courier.log(0).len(), 300);
    courier.clear();
    assert!(courier.log(0).is_empty());
}

#[test]
fn questions_do_not_pile_up() {
    let mut courier = Courier::default();
    for no in 0..400 {
        courier.note(Instant(no), Instant(no), letter("c", "asked"), Ok(200));
    }
    let log = courier.log(0);
    assert_eq!(log.len(), 300);
    let first = serde_json::to_value(&log[0]).unwrap();
    assert_eq!(first["no"], 101);
}
