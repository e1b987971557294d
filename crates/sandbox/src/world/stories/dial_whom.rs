//! Direct calls to the platform's numbers.

use exotel::hooks::{Hook, HookKind};
use exotel::{IST, hooks};
use serde_json::{Value, json};
use sip::{EndCause, Event, Uri};

use super::super::stage::{SDP, Stage};
use crate::client::Outgoing;

/// asha calls a number of the platform's; ravi could be rung. `answers` are what the customer's server says, in turn.
fn call(answers: &[(u16, &str)]) -> Stage {
    let mut stage = Stage::new(&["asha", "ravi"]);
    let url = "http://127.0.0.1:9/dial-whom?key=s3";
    stage
        .world
        .platform
        .records
        .endpoints
        .set("dial-whom", url)
        .unwrap();
    stage.answers = answers
        .iter()
        .map(|(status, body)| (*status, (*body).to_owned()))
        .collect();
    let target = Uri::parse("sip:08040408080@sandbox.test").unwrap();
    let message = [("X-Exotel-CustomField", "order:42")];
    stage.phones[0]
        .ua
        .invite(stage.now, target, SDP.to_owned(), &message)
        .unwrap();
    stage.settle();
    stage
}

fn rings(stage: &Stage) -> usize {
    let events = stage.phones[1].events.iter();
    events
        .filter(|event| matches!(event, Event::Incoming { .. }))
        .count()
}

fn refused(stage: &Stage) -> Option<u16> {
    stage.phones[0].events.iter().find_map(|event| match event {
        Event::Ended {
            cause: EndCause::Rejected { status, .. },
            ..
        } => Some(*status),
        _ => None,
    })
}

fn questions(stage: &Stage) -> Vec<&Outgoing> {
    stage.hooks.iter().map(|(_, request)| request).collect()
}

fn answer(stage: &mut Stage) {
    let id = stage.phones[1].events.iter().find_map(|event| match event {
        Event::Incoming { id, .. } => Some(*id),
        _ => None,
    });
    stage.phones[1]
        .ua
        .answer(stage.now, id.unwrap(), SDP.to_owned())
        .unwrap();
    stage.settle();
}

#[test]
fn the_question_has_the_documented_fields() {
    let stage = call(&[(200, "sip:ravi")]);
    let url = &questions(&stage)[0].url;
    let query = url.strip_prefix("http://127.0.0.1:9/dial-whom?key=s3&").unwrap();
    let Ok(Hook::DialWhom(asked)) = hooks::parse(HookKind::DialWhom, None, query, b"") else {
        panic!("{query}")
    };
    assert_eq!(asked.call_from.reveal(), "sip:asha");
    assert_eq!(asked.call_to.reveal(), "sip:08040408080");
    assert_eq!(asked.custom_field.reveal(), "order:42");
    assert!(asked.end_time.is_unset() && asked.start_time.unix_ms_in(IST).is_some());
    let sample = include_str!("../../../../exotel/tests/data/hooks/dial_whom.query");
    let names = |query: &str| {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let mut names: Vec<String> = pairs.map(|(name, _)| name.into_owned()).collect();
        names.retain(|name| name != "CustomField");
        names
    };
    assert_eq!(names(query), names(sample.trim()));
}

#[test]
fn both_forms_of_answer_are_obeyed() {
    let json = json!({"destination": {"numbers": ["sip:ravi"]}}).to_string();
    for body in ["sip:ravi", &json] {
        let mut stage = call(&[(200, body)]);
        assert_eq!(rings(&stage), 1, "{body}");
        answer(&mut stage);
        assert_eq!(stage.state()["calls"][0]["state"], "up");
        let row = stage.world.platform.records.calls.latest().next().unwrap();
        assert_eq!(row.from, "sip:asha");
        assert!(row.answered.is_some());
    }
}

#[test]
fn failures_reach_the_caller() {
    for (status, body, heard) in [
        (404, "", 480),
        (200, "", 480),
        (200, "+919876543210", 480),
        (200, "{\"destination\":{}}", 480),
        (500, "sip:ravi", 503),
        (200, "sip:nobody", 480),
    ] {
        let stage = call(&[(status, body)]);
        assert_eq!(refused(&stage), Some(heard), "{status} {body}");
        assert_eq!(rings(&stage), 0);
    }
}

#[test]
fn a_silent_server_costs_15_seconds() {
    let mut stage = call(&[]);
    stage.pass(14_900);
    assert_eq!(refused(&stage), None);
    stage.pass(200);
    assert_eq!(refused(&stage), Some(503));
}

#[test]
fn addresses_are_tried_in_turn_within_their_time_and_the_question_is_repeated_on_demand() {
    let answer = json!({
        "fetch_after_attempt": true, "max_ringing_duration": 5,
        "destination": {"numbers": ["sip:1004", "sip:ravi"]},
    });
    let mut stage = call(&[(200, &answer.to_string()), (200, "sip:1001")]);
    assert_eq!(rings(&stage), 1, "1004 is busy");
    stage.pass(5_100);
    let asked = questions(&stage);
    assert_eq!(asked.len(), 2);
    assert!(
        asked[1].url.contains("DialWhomNumber=sip%3Aravi"),
        "{}",
        asked[1].url
    );
    stage.pass(1_000);
    assert_eq!(stage.state()["calls"][0]["behaviour"], Value::from("echo"));
    assert_eq!(stage.state()["calls"][0]["state"], "up");
}

#[test]
fn the_longest_conversation_ends_by_itself() {
    let limited = json!({"max_conversation_duration": 60, "destination": {"numbers": ["sip:ravi"]}});
    let mut stage = call(&[(200, &limited.to_string())]);
    answer(&mut stage);
    stage.pass(59_000);
    assert!(!stage.ended(0));
    stage.pass(2_000);
    assert!(stage.ended(0) && stage.ended(1));
}

#[test]
fn the_answer_chooses_the_number_that_is_shown_and_whether_to_record() {
    for record in [true, false] {
        let body = json!({
            "outgoing_phone_number": "08047112233", "record": record,
            "destination": {"numbers": ["sip:ravi"]},
        });
        let mut stage = call(&[(200, &body.to_string())]);
        let from = stage.phones[1].events.iter().find_map(|event| match event {
            Event::Incoming { from, .. } => Some(from.to_string()),
            _ => None,
        });
        assert!(
            from.as_deref()
                .is_some_and(|from| from.contains("sip:08047112233@")),
            "{from:?}"
        );
        answer(&mut stage);
        stage.pass(1_000);
        let id = stage.phones[0].events.iter().find_map(|event| match event {
            Event::Answered { id, .. } => Some(*id),
            _ => None,
        });
        stage.phones[0].ua.hang_up(stage.now, id.unwrap(), None).unwrap();
        stage.settle();
        let row = stage.world.platform.records.calls.latest().next().unwrap();
        assert_eq!((row.is_live(), row.record), (false, record));
        assert_eq!(row.recording_url.is_some(), record);
    }
}
