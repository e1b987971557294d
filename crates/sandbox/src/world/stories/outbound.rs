//! Calls placed over REST.

use exotel::call_details;
use exotel::integrations::SettingKey;
use serde_json::json;
use sip::{Event, Uri};

use super::super::stage::{SDP, Stage};
use super::{answer, app, hang_up, incoming, notices, set, stage, words};
use crate::exchange::Invite;
use crate::platform::{CallRecord, Direction, FirstLeg, Outbound};

fn dial(stage: &mut Stage, first: FirstLeg, to: &str) -> String {
    let sid = place(stage, first, to);
    stage.settle();
    sid
}

/// `outbound_call`, as the REST half places it; what the world puts out is still to be carried out.
fn place(stage: &mut Stage, first: FirstLeg, to: &str) -> String {
    let sid = stage.world.platform.new_call_sid();
    let wall = stage.world.platform.wall(stage.now);
    let from = match &first {
        FirstLeg::Sip { agent } => format!("sip:{agent}"),
        FirstLeg::Phone { number } => number.clone(),
        FirstLeg::Nowhere => String::new(),
    };
    let app = app(stage);
    let record = CallRecord {
        app_id: Some(app.clone()),
        app_user_id: Some("asha".to_owned()),
        agent: Some("asha".to_owned()),
        from,
        to: to.to_owned(),
        virtual_number: "+918040408080".to_owned(),
        ..CallRecord::begin(sid.clone(), "exoteldemo".to_owned(), Direction::Outbound, wall)
    };
    stage.world.platform.records.calls.insert(record);
    let outbound = Outbound {
        call_sid: sid.clone(),
        first,
        to: to.to_owned(),
        caller_id: "+918040408080".to_owned(),
        app_id: Some(app),
        time_out_s: None,
        time_limit_s: None,
    };
    stage.world.dial(stage.now, outbound);
    stage.world.settle(stage.now);
    sid
}

fn browser() -> FirstLeg {
    FirstLeg::Sip {
        agent: "asha".to_owned(),
    }
}

#[test]
fn an_outbound_call_rings_the_agent_with_its_sid_then_tells_answer_and_end() {
    let mut stage = stage();
    let sid = dial(&mut stage, browser(), "+919876543210");
    stage.pass(300);
    assert_eq!(incoming(&stage).1, sid);
    let call = answer(&mut stage);
    assert!(stage.hooks.is_empty(), "the agent's own leg is nobody's news");
    stage.pass(700);
    assert_eq!(words(&stage), ["answered/active/"]);
    stage.pass(10_000);
    hang_up(&mut stage, call);
    assert_eq!(words(&stage), ["answered/active/", "terminal/terminal/completed"]);
    let last = notices(&stage).pop().unwrap();
    assert_eq!(last.call_sid, sid);
    assert_eq!(last.total_duration, Some(10));
    assert_eq!(last.from_number.reveal(), "sip:asha");
    assert_eq!(last.to_number.reveal(), "09876543210");
    assert!(last.end_time.unwrap().as_str().ends_with("+05:30"));
    let record = stage.world.platform.records.calls.get(&sid).unwrap();
    assert_eq!(record.outcome, call_details::CallOutcome::Completed);
    assert_eq!(record.talk_seconds(), 10);
}

#[test]
fn the_answer_waits_until_the_invite_has_left_or_never_will() {
    let mut stage = stage();
    let mut habits = stage.world.exchange.habits().clone();
    habits.invite = Invite::BeforeReply;
    stage.world.exchange.set_habits(habits);
    let sid = place(&mut stage, browser(), "+919876543210");
    assert_eq!(stage.world.exchange.take_hold().as_ref(), Some(&sid));
    // Its offer is still being made, however long that takes.
    assert!(!stage.world.invite_is_out(&sid));
    stage.settle();
    assert!(stage.world.invite_is_out(&sid));
    assert_eq!(incoming(&stage).1, sid);
    stage.lose(0);
    let sid = place(&mut stage, browser(), "+919876543210");
    assert!(stage.world.invite_is_out(&sid), "nobody to ring");
}

#[test]
fn the_payload_has_the_documented_keys_and_no_other() {
    let mut stage = stage();
    dial(&mut stage, browser(), "+919876543210");
    stage.pass(300);
    let call = answer(&mut stage);
    stage.pass(5_000);
    hang_up(&mut stage, call);
    stage
        .world
        .customer_calls(
            stage.now,
            serde_json::from_value(json!({"user_id": "asha", "from": "+919811111111"})).unwrap(),
        )
        .unwrap();
    stage.settle();
    let keys = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../exotel/tests/data/hooks");
    let sample = |name: &str| std::fs::read_to_string(format!("{samples}/{name}.json")).unwrap();
    let bodies: Vec<&str> = stage
        .hooks
        .iter()
        .map(|(_, request)| request.body.as_str())
        .collect();
    assert_eq!(keys(bodies[0]), keys(&sample("callback")));
    assert_eq!(keys(bodies[1]), keys(&sample("callback")));
    assert_eq!(keys(bodies[2]), keys(&sample("popup")));
    let terminal: serde_json::Value = serde_json::from_str(bodies[1]).unwrap();
    assert!(terminal["TotalDuration"].is_string(), "as seen live");
    assert_eq!(terminal["CreatedAt"], "0001-01-01T00:00:00Z");
}

#[test]
fn a_recorded_call_tells_of_its_recording_first() {
    let mut stage = stage();
    let app = app(&stage);
    set(&mut stage, &app, &SettingKey::Record, "true");
    dial(&mut stage, browser(), "+919876543210");
    stage.pass(300);
    let call = answer(&mut stage);
    stage.pass(4_000);
    hang_up(&mut stage, call);
    assert_eq!(
        words(&stage),
        [
            "answered/active/",
            "recording_stop_success/active/",
            "terminal/terminal/completed"
        ]
    );
    assert!(notices(&stage)[2].call_recordings.reveal().ends_with(".mp3"));
}

#[test]
fn every_other_ending_has_its_word_and_nothing_else_is_told() {
    for (to, word) in [
        ("09812341004", "to_leg_unanswered"),
        ("09812341005", "to_leg_unanswered"),
        ("09812341008", "to_leg_unanswered"),
        ("09812341013", "to_leg_no_dial"),
    ] {
        let mut stage = stage();
        dial(&mut stage, browser(), to);
        stage.pass(300);
        answer(&mut stage);
        stage.pass(40_000);
        assert_eq!(words(&stage), [format!("terminal/terminal/{word}")], "{to}");
        assert!(stage.ended(0), "the agent is let go: {to}");
    }
    // The agent hangs up while the customer's phone rings.
    let mut cancelled = stage();
    dial(&mut cancelled, browser(), "09812341005");
    cancelled.pass(300);
    let call = answer(&mut cancelled);
    cancelled.pass(2_000);
    hang_up(&mut cancelled, call);
    assert_eq!(words(&cancelled), ["terminal/terminal/from_leg_cancelled"]);
    // The agent's browser does not take it.
    let mut in_vain = stage();
    dial(&mut in_vain, browser(), "+919876543210");
    in_vain.pass(60_000);
    assert_eq!(words(&in_vain), ["terminal/terminal/from_leg_unanswered"]);
    let mut declined = stage();
    dial(&mut declined, browser(), "+919876543210");
    declined.pass(300);
    let (id, _) = incoming(&declined);
    declined.phones[0].ua.reject(declined.now, id, 486, None).unwrap();
    declined.settle();
    assert_eq!(words(&declined), ["terminal/terminal/from_leg_unanswered"]);
    // It is not registered, or no device is switched on.
    let mut away = stage();
    away.lose(0);
    dial(&mut away, browser(), "+919876543210");
    away.pass(5_000);
    assert_eq!(words(&away), ["terminal/terminal/from_leg_unanswered"]);
    let mut nowhere = stage();
    dial(&mut nowhere, FirstLeg::Nowhere, "+919876543210");
    nowhere.pass(1_000);
    assert_eq!(words(&nowhere), ["terminal/terminal/from_leg_no_dial"]);
}

#[test]
fn a_customer_who_hangs_up_ends_it_for_the_agent() {
    let mut stage = stage();
    dial(&mut stage, browser(), "09812341010");
    stage.pass(300);
    answer(&mut stage);
    stage.pass(10_000);
    assert!(stage.ended(0));
    assert_eq!(words(&stage).last().unwrap(), "terminal/terminal/completed");
    assert_eq!(notices(&stage).last().unwrap().total_duration, Some(5));
}

#[test]
fn a_telephone_rings_in_the_browsers_place() {
    let mut stage = stage();
    let number = "+919876543210".to_owned();
    dial(&mut stage, FirstLeg::Phone { number }, "09812341010");
    stage.pass(20_000);
    assert_eq!(words(&stage), ["answered/active/", "terminal/terminal/completed"]);
    assert_eq!(notices(&stage)[0].from_number.reveal(), "09876543210");
    assert!(
        stage.phones[0]
            .events
            .iter()
            .all(|event| !matches!(event, Event::Incoming { .. }))
    );
}

#[test]
fn a_direct_call_is_no_business_of_the_exchange() {
    let mut stage = stage();
    let target = Uri::parse("sip:1010@sandbox.test").unwrap();
    stage.phones[0]
        .ua
        .invite(stage.now, target, SDP.to_owned(), &[])
        .unwrap();
    stage.settle();
    stage.pass(20_000);
    assert!(stage.ended(0) && stage.hooks.is_empty());
}
