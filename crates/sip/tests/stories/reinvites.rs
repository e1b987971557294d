//! Re-INVITE: glare, refusals, late offers, lost flows.

use sip::message::Method;
use sip::{CallError, Event};

use crate::pair::{Pair, Side, offer, sdp, uri};
use crate::solo::{Solo, accept, request, respond};

#[test]
fn hold_from_both_sides_and_back() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    let change = |pair: &mut Pair, from: Side, wish: &str, answer: &str| {
        let now = pair.now;
        let (mine, theirs) = if from == Side::A { (a, b) } else { (b, a) };
        pair.ua(from).reoffer(now, mine, sdp(wish)).unwrap();
        pair.drive();
        let now = pair.now;
        pair.ua(from.other())
            .accept_reoffer(now, theirs, sdp(answer))
            .unwrap();
        pair.drive();
        let (a, b) = (pair.a.session(a).unwrap(), pair.b.session(b).unwrap());
        assert_eq!(
            (a.local_hold(), a.remote_hold()),
            (b.remote_hold(), b.local_hold()),
            "both agree"
        );
        (a.local_hold(), b.local_hold())
    };
    assert_eq!(change(&mut pair, Side::A, "sendonly", "recvonly"), (true, false));
    assert_eq!(change(&mut pair, Side::B, "sendonly", "inactive"), (true, true));
    assert_eq!(change(&mut pair, Side::A, "sendrecv", "sendonly"), (false, true));
    assert_eq!(change(&mut pair, Side::B, "sendrecv", "sendrecv"), (false, false));
    // `inactive` leaves the other side no choice, so it says nothing about its wish.
    assert_eq!(change(&mut pair, Side::A, "inactive", "inactive"), (true, false));
    assert_eq!(change(&mut pair, Side::A, "sendrecv", "sendrecv"), (false, false));
}

#[test]
fn glare_is_settled_by_491_and_the_callers_longer_wait() {
    for seed in 1..20 {
        let mut pair = Pair::with_seed(seed);
        let (a, b) = pair.talking();
        pair.a.reoffer(pair.now, a, sdp("sendonly")).unwrap();
        pair.b.reoffer(pair.now, b, sdp("sendonly")).unwrap();
        let start = pair.now;
        pair.run(100);
        assert_eq!(
            (
                pair.count(Side::A, "491 INVITE"),
                pair.count(Side::B, "491 INVITE")
            ),
            (1, 1)
        );
        pair.run(2_000);
        // The callee went first; the caller's waiting offer gave way.
        assert_eq!(pair.count(Side::B, "INVITE"), 2, "seed {seed}");
        assert_eq!(pair.count(Side::A, "INVITE"), 2, "the first and the hold");
        let events = pair.take(Side::A);
        assert!(
            matches!(
                events.as_slice(),
                [Event::ReofferFailed { status: 491, .. }, Event::Reoffer { .. }]
            ),
            "{events:?}"
        );
        pair.a.accept_reoffer(pair.now, a, sdp("recvonly")).unwrap();
        pair.drive();
        assert!(pair.b.session(b).unwrap().local_hold());
        assert!(pair.now.since(start) < 3_000);
        pair.run(5_000);
        assert_eq!(
            pair.count(Side::A, "INVITE"),
            2,
            "nothing is tried behind the host's back"
        );
    }
}

#[test]
fn a_491_alone_is_tried_again_within_its_window() {
    for (caller, least, most) in [(true, 2_100, 4_000), (false, 0, 2_000)] {
        let mut solo = Solo::new();
        let id = if caller {
            let id = solo
                .ua
                .invite(solo.now, uri("sip:ben@example.com"), offer(), &[])
                .unwrap();
            let invite = solo.request(Method::Invite);
            solo.receive(accept(&invite, 200, "ben", &offer()));
            solo.request(Method::Ack);
            id
        } else {
            solo.text(&request("INVITE", 1, "<sip:asha@example.com>", &[], &offer()));
            solo.response(100);
            let Event::Incoming { id, .. } = solo.event() else {
                panic!("no call")
            };
            solo.ua.answer(solo.now, id, offer()).unwrap();
            let to = solo.response(200).headers.get("To").unwrap().to_owned();
            solo.text(&request("ACK", 1, &to, &[], ""));
            id
        };
        solo.event();
        solo.ua.reoffer(solo.now, id, sdp("sendonly")).unwrap();
        let invite = solo.request(Method::Invite);
        solo.receive(respond(&invite, 491, ""));
        solo.request(Method::Ack);
        let start = solo.now;
        while solo.sent.is_empty() {
            solo.run(10);
            assert!(solo.now.since(start) <= most + 10);
        }
        assert!(solo.now.since(start) >= least);
        let again = solo.request(Method::Invite);
        assert_ne!(again.headers.get("CSeq"), invite.headers.get("CSeq"));
        solo.receive(accept(&again, 200, "", &sdp("recvonly")));
        solo.request(Method::Ack);
        assert!(matches!(solo.event(), Event::Reanswered { .. }));
        assert!(solo.ua.session(id).unwrap().local_hold());
    }
}

#[test]
fn a_second_reinvite_before_the_answer_to_the_first_gets_500() {
    let mut solo = Solo::new();
    solo.text(&request("INVITE", 1, "<sip:asha@example.com>", &[], &offer()));
    solo.response(100);
    let Event::Incoming { id, .. } = solo.event() else {
        panic!("no call")
    };
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let to = solo.response(200).headers.get("To").unwrap().to_owned();
    solo.text(&request("ACK", 1, &to, &[], ""));
    solo.event();
    solo.text(&request("INVITE", 2, &to, &[], &offer()));
    solo.response(100);
    assert!(matches!(solo.event(), Event::Reoffer { .. }));
    solo.text(&request("INVITE", 3, &to, &[], &offer()));
    solo.response(100);
    let busy = solo.response(500);
    let seconds: u32 = busy.headers.get("Retry-After").unwrap().parse().unwrap();
    assert!(seconds <= 10);
    solo.no_event();
    assert_eq!(solo.ua.reoffer(solo.now, id, offer()), Err(CallError::WrongState));
    solo.ua.accept_reoffer(solo.now, id, offer()).unwrap();
    assert_eq!(solo.response(200).headers.get("CSeq"), Some("2 INVITE"));
}

#[test]
fn a_refused_reoffer_leaves_the_session_as_it_was() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.a.reoffer(pair.now, a, sdp("sendonly")).unwrap();
    pair.drive();
    pair.b.reject_reoffer(pair.now, b, 488).unwrap();
    pair.drive();
    assert_eq!(pair.take(Side::A), [Event::ReofferFailed { id: a, status: 488 }]);
    assert!(!pair.a.session(a).unwrap().local_hold());
    assert!(pair.a.session(a).unwrap().is_stable() && pair.b.session(b).unwrap().is_stable());
    pair.b.hang_up(pair.now, b, None).unwrap();
    pair.assert_over();
}

#[test]
fn an_empty_reinvite_is_answered_with_our_offer() {
    let mut solo = Solo::new();
    solo.text(&request("INVITE", 1, "<sip:asha@example.com>", &[], &offer()));
    solo.response(100);
    let Event::Incoming { id, .. } = solo.event() else {
        panic!("no call")
    };
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let to = solo.response(200).headers.get("To").unwrap().to_owned();
    solo.text(&request("ACK", 1, &to, &[], ""));
    solo.event();
    solo.text(&request("INVITE", 2, &to, &[], ""));
    solo.response(100);
    assert_eq!(solo.event(), Event::Reoffer { id, sdp: None });
    solo.ua.accept_reoffer(solo.now, id, sdp("sendrecv")).unwrap();
    solo.response(200);
    solo.text(&request("ACK", 2, &to, &[], &sdp("sendonly")));
    assert_eq!(
        solo.event(),
        Event::Reanswered {
            id,
            sdp: sdp("sendonly")
        }
    );
    assert!(solo.ua.session(id).unwrap().remote_hold());
}

#[test]
fn a_reinvite_may_be_withdrawn() {
    let mut solo = Solo::new();
    solo.text(&request("INVITE", 1, "<sip:asha@example.com>", &[], &offer()));
    solo.response(100);
    let Event::Incoming { id, .. } = solo.event() else {
        panic!("no call")
    };
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let to = solo.response(200).headers.get("To").unwrap().to_owned();
    solo.text(&request("ACK", 1, &to, &[], ""));
    solo.event();
    solo.text(&request("INVITE", 2, &to, &[], &offer()));
    solo.response(100);
    solo.event();
    solo.text(&request("CANCEL", 2, &to, &[], "").replace("z9hG4bKCANCEL2", "z9hG4bKINVITE2"));
    solo.response(200);
    solo.response(487);
    assert_eq!(solo.event(), Event::ReofferFailed { id, status: 487 });
    assert_eq!(
        solo.ua.accept_reoffer(solo.now, id, offer()),
        Err(CallError::WrongState)
    );
    assert!(solo.ua.session(id).unwrap().is_stable());
}

#[test]
fn a_reoffer_made_before_their_ack_waits_for_it() {
    let mut pair = Pair::new();
    let (_, b) = pair.ringing();
    pair.b.answer(pair.now, b, offer()).unwrap();
    pair.b.reoffer(pair.now, b, sdp("sendonly")).unwrap();
    pair.drain();
    assert_eq!(pair.count(Side::B, "INVITE"), 0);
    pair.drive();
    assert_eq!(pair.count(Side::B, "INVITE"), 1);
    assert!(matches!(pair.take(Side::A).last(), Some(Event::Reoffer { .. })));
}

#[test]
fn hanging_up_under_a_reinvite_settles_it() {
    // Ours is out.
    let mut pair = Pair::new();
    let (a, _) = pair.talking();
    pair.a.reoffer(pair.now, a, sdp("sendonly")).unwrap();
    pair.drive();
    pair.a.hang_up(pair.now, a, None).unwrap();
    pair.drive();
    assert_eq!(pair.count(Side::B, "487 INVITE"), 1);
    pair.assert_over();
    // Theirs waits for us.
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.a.reoffer(pair.now, a, sdp("sendonly")).unwrap();
    pair.drive();
    pair.b.hang_up(pair.now, b, None).unwrap();
    pair.drive();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::ReofferFailed { status: 487, .. }, Event::Ended { .. }]
    ));
    pair.assert_over();
}

#[test]
fn update_is_not_ours() {
    let mut solo = Solo::new();
    solo.text(&request("UPDATE", 2, "<sip:asha@example.com>;tag=x", &[], ""));
    let response = solo.response(405);
    let allow: Vec<_> = response.headers.all("Allow").collect();
    assert!(allow.iter().any(|m| m.contains("INVITE")) && !allow.iter().any(|m| m.contains("UPDATE")));
}

#[test]
fn a_reinvite_rung_over_for_too_long_is_withdrawn() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.a.reoffer(pair.now, a, sdp("sendonly")).unwrap();
    pair.run(31_000);
    assert!(pair.take(Side::A).is_empty());
    pair.run(1_500);
    assert_eq!(pair.take(Side::A), [Event::ReofferFailed { id: a, status: 408 }]);
    assert!(matches!(
        pair.take(Side::B).as_slice(),
        [Event::Reoffer { .. }, Event::ReofferFailed { status: 487, .. }]
    ));
    assert!(pair.a.session(a).unwrap().is_stable() && pair.b.session(b).unwrap().is_stable());
    pair.a.hang_up(pair.now, a, None).unwrap();
    pair.assert_over();
}
