//! Whole calls between two agents, line per step.

use crate::pair::{Pair, Side, offer, sdp};
use sip::header::Reason;
use sip::{EndCause, Event};

#[test]
fn called_answered_and_hung_up_by_the_caller() {
    let mut pair = Pair::new();
    let (a, b) = pair.ringing();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Progress {
            status: 180,
            sdp: None,
            ..
        }]
    ));
    pair.b.answer(pair.now, b, offer()).unwrap();
    pair.drive();
    assert!(matches!(pair.take(Side::A).as_slice(), [Event::Answered { id, .. }] if *id == a));
    assert!(matches!(pair.take(Side::B).as_slice(), [Event::Confirmed { id, sdp: None }] if *id == b));
    pair.a
        .hang_up(pair.now, a, Some(Reason::q850(16, "done")))
        .unwrap();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Ended {
            cause: EndCause::LocalBye,
            ..
        }]
    ));
    pair.drive();
    let events = pair.take(Side::B);
    let [
        Event::Ended {
            id,
            cause: EndCause::Bye,
            reason,
        },
    ] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!(
        (*id, reason[0].cause, reason[0].text.as_deref()),
        (b, Some(16), Some("done"))
    );
    assert_eq!(pair.sent(Side::A), ["INVITE", "ACK", "BYE"]);
    assert_eq!(
        pair.sent(Side::B),
        ["100 INVITE", "180 INVITE", "200 INVITE", "200 BYE"]
    );
    pair.assert_over();
}

#[test]
fn hung_up_by_the_callee() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.b.hang_up(pair.now, b, None).unwrap();
    pair.drive();
    assert!(
        matches!(pair.take(Side::A).as_slice(), [Event::Ended { id, cause: EndCause::Bye, .. }] if *id == a)
    );
    pair.assert_over();
}

#[test]
fn held_and_resumed_from_either_side() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.a.reoffer(pair.now, a, sdp("sendonly")).unwrap();
    pair.drive();
    assert!(matches!(
        pair.take(Side::B).as_slice(),
        [Event::Reoffer { sdp: Some(_), .. }]
    ));
    assert!(
        !pair.a.session(a).unwrap().local_hold(),
        "not held before it is agreed"
    );
    pair.b.accept_reoffer(pair.now, b, sdp("recvonly")).unwrap();
    pair.drive();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Reanswered { .. }]
    ));
    assert!(pair.a.session(a).unwrap().local_hold() && !pair.a.session(a).unwrap().remote_hold());
    assert!(pair.b.session(b).unwrap().remote_hold() && !pair.b.session(b).unwrap().local_hold());
    pair.a.reoffer(pair.now, a, sdp("sendrecv")).unwrap();
    pair.drive();
    pair.b.accept_reoffer(pair.now, b, sdp("sendrecv")).unwrap();
    pair.drive();
    assert!(!pair.a.session(a).unwrap().local_hold() && !pair.b.session(b).unwrap().remote_hold());
    pair.b.hang_up(pair.now, b, None).unwrap();
    pair.assert_over();
}
