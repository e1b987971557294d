//! Customers call.

use exotel::hooks::Hook;
use serde_json::json;

use super::super::stage::Stage;
use super::{answer, hang_up, incoming, stage, told};

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
