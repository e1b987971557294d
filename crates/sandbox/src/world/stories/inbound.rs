//! Customers call.

use exotel::hooks::Hook;
use serde_json::json;

use super::super::stage::Stage;
use super::{answer, hang_up, incoming, stage, told};
use crate::media::Event;

fn customer_calls(stage: &mut Stage, what: &serde_json::Value) -> String {
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
    let sid = customer_calls(&mut stage, &json!({}));
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

/// What the media peer of the only call says of the browser.
fn media(stage: &mut Stage, event: Event) {
    let peer = stage.world.calls.values().find_map(|call| call.peer()).unwrap();
    stage.world.media(stage.now, peer, event);
    stage.settle();
}

fn is_over(stage: &Stage) -> bool {
    matches!(&told(stage)[..], [Hook::Popup(_), Hook::IncomingCallHungUp(_)])
}

#[test]
fn a_browser_that_was_killed_in_a_call_is_given_up_once_its_audio_is_silent() {
    let mut stage = stage();
    customer_calls(&mut stage, &json!({}));
    answer(&mut stage);
    stage.pass(5_000);
    stage.lose(0);
    media(&mut stage, Event::FellSilent);
    stage.pass(19_000);
    assert!(!is_over(&stage), "it may come back");
    stage.pass(2_000);
    assert!(is_over(&stage), "{:?}", told(&stage));
    assert!(!stage.world.platform.records.calls.is_busy("asha"));
}

#[test]
fn a_browser_that_was_started_anew_does_not_keep_the_call_it_knows_nothing_of() {
    let mut stage = stage();
    customer_calls(&mut stage, &json!({}));
    answer(&mut stage);
    stage.lose(0);
    stage.pass(3_000);
    stage.restart(0);
    stage.pass(10_000);
    assert_eq!(stage.state()["agents"][0]["registered"], true);
    media(&mut stage, Event::FellSilent);
    stage.pass(11_000);
    assert!(is_over(&stage), "{:?}", told(&stage));
    assert!(!stage.world.platform.records.calls.is_busy("asha"));
}

#[test]
fn a_call_whose_audio_goes_on_waits_for_its_phone() {
    let mut stage = stage();
    customer_calls(&mut stage, &json!({}));
    answer(&mut stage);
    media(&mut stage, Event::FellSilent);
    stage.pass(30_000);
    assert!(!is_over(&stage), "its socket is there");
    stage.lose(0);
    media(&mut stage, Event::HeardAgain);
    stage.pass(50_000);
    assert!(!is_over(&stage), "its audio is there");
}

#[test]
fn a_missed_call_is_told_as_missed_and_on_demand_as_hung_up_too() {
    let mut stage = stage();
    customer_calls(&mut stage, &json!({"behaviour": "cancels", "after_ms": 1_500}));
    stage.pass(2_000);
    assert!(stage.ended(0));
    assert!(matches!(&told(&stage)[..], [Hook::Popup(_), Hook::MissedCall(_)]));
    let mut habits = stage.world.exchange.habits().clone();
    habits.missed_also_hung_up = true;
    stage.world.exchange.set_habits(habits);
    stage.hooks.clear();
    customer_calls(&mut stage, &json!({}));
    stage.pass(31_000);
    assert!(matches!(
        &told(&stage)[..],
        [Hook::Popup(_), Hook::MissedCall(_), Hook::IncomingCallHungUp(_)]
    ));
}
