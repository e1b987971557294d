//! What the platform's calls tell, and in which order: each outcome as a story, read back as a receiver reads it.

use exotel::Secret;
use exotel::greenpin::{AllocatedSide, Allocation};
use exotel::hooks::{self, CallNotice, Hook, HookKind};
use exotel::integrations::{Setting, SettingKey};
use exotel::{PhoneNumber, call_details};
use serde_json::json;
use sip::{Event, Uri};

use super::stage::{SDP, Stage};
use super::*;
use crate::platform::{CallRecord, Direction, FirstLeg, Outbound};

/// A stage on which asha's app wants all webhooks.
fn stage() -> Stage {
    let mut stage = Stage::new(&["asha"]);
    let app = stage.world.platform.records.apps.keys().next().unwrap().clone();
    for key in [
        SettingKey::Popup,
        SettingKey::IncomingCallHangup,
        SettingKey::MissedCall,
        SettingKey::Callback,
    ] {
        let url = format!("http://127.0.0.1:9/hooks/{}", key.as_str());
        set(&mut stage, &app, key, &url);
    }
    stage
}

fn set(stage: &mut Stage, app: &str, key: SettingKey, value: &str) {
    let settings = stage
        .world
        .platform
        .records
        .settings
        .entry(app.to_owned())
        .or_default();
    let setting = Setting {
        customer_id: String::new(),
        app_id: app.to_owned(),
        key: key.clone(),
        value: Secret::from(value),
        more: Default::default(),
    };
    settings.insert(key.as_str().to_owned(), setting);
}

fn app(stage: &Stage) -> String {
    stage.world.platform.records.apps.keys().next().unwrap().clone()
}

/// `outbound_call`, as the REST half places it.
fn dial(stage: &mut Stage, first: FirstLeg, to: &str) -> String {
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
    stage.settle();
    sid
}

fn browser() -> FirstLeg {
    FirstLeg::Sip {
        agent: "asha".to_owned(),
    }
}

/// The INVITE at asha's: its id and `X-Exotel-Callsid`.
fn incoming(stage: &Stage) -> (sip::CallId, String) {
    let found = stage.phones[0].events.iter().rev().find_map(|event| match event {
        Event::Incoming { id, headers, .. } => {
            Some((*id, headers.get("X-Exotel-Callsid").unwrap().to_owned()))
        }
        _ => None,
    });
    found.expect("an INVITE")
}

fn answer(stage: &mut Stage) -> sip::CallId {
    let (id, _) = incoming(stage);
    stage.phones[0].ua.answer(stage.now, id, SDP.to_owned()).unwrap();
    stage.settle();
    id
}

fn hang_up(stage: &mut Stage, id: sip::CallId) {
    stage.phones[0].ua.hang_up(stage.now, id, None).unwrap();
    stage.settle();
}

/// All that went out, as a receiver reads it.
fn told(stage: &Stage) -> Vec<Hook> {
    stage.hooks.iter().map(|(_, request)| read(request)).collect()
}

fn read(request: &Outgoing) -> Hook {
    let kind: HookKind = request.url.rsplit('/').next().unwrap().parse().unwrap();
    hooks::parse(kind, request.content_type, "", request.body.as_bytes()).unwrap()
}

fn notices(stage: &Stage) -> Vec<CallNotice> {
    let notice = |hook| match hook {
        Hook::Popup(notice)
        | Hook::IncomingCallHungUp(notice)
        | Hook::MissedCall(notice)
        | Hook::Callback(notice) => notice,
        other => panic!("{other:?}"),
    };
    told(stage).into_iter().map(notice).collect()
}

/// `CallDetail`, `CallState` and `CallStatus` of each.
fn words(stage: &Stage) -> Vec<String> {
    let line = |notice: &CallNotice| {
        let (detail, state) = (notice.call_detail.as_str(), notice.call_state.as_str());
        format!("{detail}/{state}/{}", notice.call_status.as_str())
    };
    notices(stage).iter().map(line).collect()
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
    set(&mut stage, &app, SettingKey::Record, "true");
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

fn customer_calls(stage: &mut Stage, what: serde_json::Value) -> String {
    let mut call = json!({"user_id": "asha", "from": "+919811111111"});
    call.as_object_mut()
        .unwrap()
        .extend(what.as_object().unwrap().clone());
    let call = serde_json::from_value(call).unwrap();
    let sid = stage.world.customer_calls(stage.now, call).unwrap();
    stage.settle();
    sid
}

#[test]
fn an_inbound_call_pops_up_rings_and_tells_its_end() {
    let mut stage = stage();
    let sid = customer_calls(&mut stage, json!({}));
    assert_eq!(incoming(&stage).1, sid);
    let call = answer(&mut stage);
    stage.pass(6_000);
    hang_up(&mut stage, call);
    let [Hook::Popup(popup), Hook::IncomingCallHungUp(over)] = &told(&stage)[..] else {
        panic!("{:?}", told(&stage))
    };
    assert_eq!(popup.dial_whom_number.reveal(), "sip:asha");
    assert_eq!(popup.from_number.reveal(), "09811111111");
    assert_eq!(
        (popup.direction.as_str(), popup.call_status.as_str()),
        ("inbound", "busy")
    );
    assert_eq!(
        (over.direction.as_str(), over.call_status.as_str()),
        ("incoming", "free")
    );
    assert_eq!(over.total_duration, Some(6));
    assert_eq!(over.call_sid, sid);
}

#[test]
fn a_missed_call_is_told_as_missed_and_on_demand_as_hung_up_too() {
    let mut stage = stage();
    customer_calls(&mut stage, json!({"behaviour": "cancels", "after_ms": 1_500}));
    stage.pass(2_000);
    assert!(stage.ended(0));
    assert!(matches!(&told(&stage)[..], [Hook::Popup(_), Hook::MissedCall(_)]));
    let mut habits = stage.world.exchange.habits().clone();
    habits.missed_also_hung_up = true;
    stage.world.exchange.set_habits(habits);
    stage.hooks.clear();
    customer_calls(&mut stage, json!({}));
    stage.pass(31_000);
    assert!(matches!(
        &told(&stage)[..],
        [Hook::Popup(_), Hook::MissedCall(_), Hook::IncomingCallHungUp(_)]
    ));
}

/// A stage with one allocation, and addresses for all of GreenPin's events.
fn with_pins() -> Stage {
    let mut stage = stage();
    for kind in crate::webhooks::KINDS {
        let url = format!("http://127.0.0.1:9/hooks/{kind}");
        stage.world.endpoints.set(kind.as_str(), &url).unwrap();
    }
    let side = |number: &str, pin: &str| AllocatedSide {
        vns: vec![PhoneNumber::from("+918040000001")],
        numbers: vec![PhoneNumber::from(number)],
        pin: Some(Secret::from(pin)),
        more: Default::default(),
    };
    let held = crate::platform::Held {
        tenant: "exoteldemo".to_owned(),
        allocation: Allocation {
            transaction_id: "order 7".to_owned(),
            greenpin_id: "g-1".to_owned(),
            a: side("+919800000001", "1234"),
            b: side("+919800000002", "0056"),
            ..Allocation::default()
        },
        ends: i64::MAX,
        deleted: false,
    };
    stage
        .world
        .platform
        .records
        .allocations
        .insert("g-1".to_owned(), held);
    stage
}

fn pin_ring(stage: &mut Stage, from: &str, pin: &str) {
    let ring = json!({"from": from, "vn": "+918040000001", "pin": pin});
    stage
        .world
        .pin_ring(stage.now, serde_json::from_value(ring).unwrap());
    stage.pass(60_000);
}

#[test]
fn pins_open_refuse_and_verify_strangers() {
    let mut stage = with_pins();
    pin_ring(&mut stage, "+919800000001", "1234");
    let [Hook::GreenPinCallCompleted(call)] = &told(&stage)[..] else {
        panic!("{:?}", told(&stage))
    };
    assert_eq!(
        (call.greenpin_id.as_str(), call.transaction_id.as_str()),
        ("g-1", "order 7")
    );
    assert_eq!(
        (call.call_type.as_str(), call.on_call_duration),
        ("completed", Some(5))
    );
    stage.hooks.clear();
    pin_ring(&mut stage, "+919800000001", "9999");
    let [Hook::GreenPinVerificationFailed(failed)] = &told(&stage)[..] else {
        panic!("{:?}", told(&stage))
    };
    assert_eq!(
        (failed.pin.reveal(), failed.caller.reveal()),
        ("9999", "+919800000001")
    );
    stage.hooks.clear();
    pin_ring(&mut stage, "+919855555555", "1234");
    assert!(matches!(
        &told(&stage)[..],
        [Hook::GreenPinVerified(_), Hook::GreenPinCallCompleted(_)]
    ));
}

#[test]
fn a_deallocation_is_told_with_both_sides() {
    let mut stage = with_pins();
    stage.world.tell_deallocated(stage.now, "g-1");
    stage.world.settle(stage.now);
    stage.settle();
    let [Hook::GreenPinDeallocated(event)] = &told(&stage)[..] else {
        panic!("{:?}", told(&stage))
    };
    assert_eq!(event.greenpin_id, "g-1");
    assert_eq!(event.bparty_pins[0].reveal(), "0056");
    assert_eq!(event.aparty_numbers[0].reveal(), "+919800000001");
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
