//! Calls over allocations.

use exotel::call_details::CallOutcome;
use exotel::greenpin::{AllocatedSide, Allocation};
use exotel::hooks::Hook;
use exotel::{PhoneNumber, Secret};
use serde_json::json;

use super::super::stage::Stage;
use super::{stage, told};

/// A stage with one allocation, and addresses for all of GreenPin's events.
fn with_pins() -> Stage {
    let mut stage = stage();
    for kind in crate::webhooks::KINDS {
        let url = format!("http://127.0.0.1:9/hooks/{kind}");
        stage
            .world
            .platform
            .records
            .endpoints
            .set(kind.as_str(), &url)
            .unwrap();
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
fn calls_over_allocations_are_in_the_call_table() {
    let mut stage = with_pins();
    for (pin, outcome, talked) in [
        ("1234", CallOutcome::Completed, 5),
        ("9999", CallOutcome::ToLegNoDial, 0),
    ] {
        pin_ring(&mut stage, "+919800000001", pin);
        let row = stage.world.platform.records.calls.latest().next().unwrap();
        assert_eq!((row.tenant.as_str(), &row.outcome), ("exoteldemo", &outcome));
        assert_eq!((row.is_live(), row.talk_seconds()), (false, talked));
        assert_eq!(row.to, "+918040000001");
        let sid = row.sid.clone();
        assert!(
            stage.hooks.pop().unwrap().1.body.contains(&sid),
            "the event's own sid"
        );
    }
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
