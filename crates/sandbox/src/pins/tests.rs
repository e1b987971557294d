//! Calls over allocations, on a virtual clock.

use exotel::PhoneNumber;
use exotel::hooks::{CallStatus, CallType};
use sip::Instant;

use super::*;

fn known(other: &str) -> Admission {
    Admission::Known {
        greenpin_id: "g".to_owned(),
        other: PhoneNumber::from(other),
    }
}

/// Runs a call to its end: when what was said.
fn run(admission: Admission, patience_ms: u64) -> Vec<(u64, PinMoment)> {
    let mut calls = PinCalls::default();
    calls.begin(Instant(0), "s".to_owned(), admission, 7_000, patience_ms);
    let mut said = Vec::new();
    while let Some(at) = calls.next_timeout() {
        calls.timeout(at);
        while let Some(PinSaid { moment, .. }) = calls.poll() {
            said.push((at.0, moment));
        }
    }
    said
}

fn last(admission: Admission, patience_ms: u64) -> (CallType, CallStatus, u64, u64) {
    match run(admission, patience_ms).pop() {
        Some((_, PinMoment::Over(over))) => (over.call_type, over.status, over.dialled_s, over.talked_s),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_other_partys_phone_decides() {
    let forever = u64::MAX;
    assert_eq!(
        last(known("+919876543210"), forever),
        (CallType::Completed, CallStatus::Completed, 7, 7)
    );
    assert_eq!(
        last(known("+919876541004"), forever),
        (CallType::Incomplete, CallStatus::Busy, 0, 0)
    );
    assert_eq!(
        last(known("+919876541005"), forever),
        (CallType::Incomplete, CallStatus::NoAnswer, 30, 0)
    );
    assert_eq!(
        last(known("+919876541005"), 4_000),
        (CallType::ClientHangup, CallStatus::Canceled, 4, 0)
    );
}

#[test]
fn a_stranger_is_verified_before_the_phone_rings_and_a_wrong_pin_ends_it() {
    let verified = Admission::Verified {
        greenpin_id: "g".to_owned(),
        other: PhoneNumber::from("+919876543210"),
    };
    let said = run(verified, u64::MAX);
    assert_eq!(said[0], (2_000, PinMoment::Verified));
    assert!(matches!(said[1].1, PinMoment::Over(_)));
    assert_eq!(run(Admission::WrongPin, u64::MAX), [(2_000, PinMoment::Failed)]);
    let nothing = run(Admission::NoAllocation, u64::MAX);
    assert!(matches!(&nothing[..], [(_, PinMoment::Over(over))] if over.call_type == CallType::CallAttempt));
}
