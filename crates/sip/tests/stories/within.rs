//! Requests within a call: order, INFO, challenges, the far end that forgot us.

use sip::digest::{Algorithm, server};
use sip::header::{Contact, ProxyAuthenticate, ProxyAuthorization};
use sip::message::{Method, Request, Response};
use sip::{CallError, CallId, DTMF_RELAY, EndCause, Event, Secret};

use crate::pair::{Pair, Side, offer, sdp, uri};
use crate::solo::{Solo, accept, request, respond};

const ME: &str = "<sip:asha@example.com>";

/// They called, we answered, ACK has come. Gives the To value of our side.
fn answered(solo: &mut Solo) -> (CallId, String) {
    solo.text(&request("INVITE", 5, ME, &[], &offer()));
    solo.response(100);
    let Event::Incoming { id, .. } = solo.event() else {
        panic!("no call")
    };
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let to = solo.response(200).headers.get("To").unwrap().to_owned();
    solo.text(&request("ACK", 5, &to, &[], ""));
    solo.event();
    (id, to)
}

/// We called, they answered.
fn calling(solo: &mut Solo) -> CallId {
    let id = solo
        .ua
        .invite(solo.now, uri("sip:ben@example.com"), offer(), &[])
        .unwrap();
    let invite = solo.request(Method::Invite);
    solo.receive(accept(&invite, 200, "ben", &offer()));
    solo.request(Method::Ack);
    solo.event();
    id
}

fn challenge(request: &Request, nonce: &str) -> Response {
    let mut response = respond(request, 407, "");
    for challenge in server::issue("example.com", nonce, &[Algorithm::Md5], false) {
        response.headers.push(&ProxyAuthenticate(challenge));
    }
    response
}

#[test]
fn digits_travel_as_info_in_order_both_ways() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    for digit in ['1', 'd', '#'] {
        pair.a.digit(pair.now, a, digit, 240).unwrap();
    }
    assert_eq!(pair.a.digit(pair.now, a, 'x', 240), Err(CallError::BadDigit));
    pair.drive();
    let bodies: Vec<String> = pair
        .take(Side::B)
        .into_iter()
        .map(|event| match event {
            Event::Info {
                id,
                content_type,
                body,
            } if id == b && content_type == DTMF_RELAY => body,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        bodies,
        [
            "Signal=1\r\nDuration=240\r\n",
            "Signal=D\r\nDuration=240\r\n",
            "Signal=#\r\nDuration=240\r\n"
        ]
    );
    let done = pair.take(Side::A);
    assert_eq!(done.len(), 3);
    assert!(
        done.iter()
            .all(|e| matches!(e, Event::InfoDone { status: 200, .. }))
    );
    pair.b.digit(pair.now, b, '5', 100).unwrap();
    pair.drive();
    assert!(
        matches!(pair.take(Side::A).as_slice(), [Event::Info { body, .. }] if body.starts_with("Signal=5\r\n"))
    );
}

#[test]
fn a_refused_info_is_told_and_the_next_one_goes() {
    let mut solo = Solo::new();
    let id = calling(&mut solo);
    solo.ua.digit(solo.now, id, '1', 100).unwrap();
    solo.ua
        .info(solo.now, id, "application/x-note", "n".into())
        .unwrap();
    let first = solo.request(Method::Info);
    solo.nothing_sent();
    solo.receive(respond(&first, 415, ""));
    assert_eq!(solo.event(), Event::InfoDone { id, status: 415 });
    let second = solo.request(Method::Info);
    assert_eq!(second.headers.get("Content-Type"), Some("application/x-note"));
    solo.receive(respond(&second, 200, ""));
    assert_eq!(solo.event(), Event::InfoDone { id, status: 200 });
    assert_eq!(
        solo.ua.info(solo.now, id, "a/b\r\nX: y", String::new()),
        Err(CallError::BadHeader)
    );
}

#[test]
fn challenges_within_a_call_are_answered_and_remembered() {
    let mut solo = Solo::new();
    let id = calling(&mut solo);
    solo.ua.digit(solo.now, id, '1', 100).unwrap();
    let info = solo.request(Method::Info);
    solo.receive(challenge(&info, "n1"));
    let again = solo.request(Method::Info);
    assert_eq!(again.headers.get("CSeq"), Some("3 INFO"));
    let proof = again.headers.typed::<ProxyAuthorization>().unwrap().unwrap();
    assert!(server::verify(&proof.0, &Method::Info, &Secret::new("secret")));
    solo.receive(respond(&again, 200, ""));
    solo.event();
    solo.ua.reoffer(solo.now, id, sdp("sendonly")).unwrap();
    let invite = solo.request(Method::Invite);
    let proof = invite.headers.typed::<ProxyAuthorization>().unwrap().unwrap();
    assert_eq!(proof.0.params.get("nc"), Some("00000002"));
    solo.receive(challenge(&invite, "n2"));
    solo.request(Method::Ack);
    let invite = solo.request(Method::Invite);
    solo.receive(accept(&invite, 200, "", &sdp("recvonly")));
    solo.request(Method::Ack);
    assert!(matches!(solo.event(), Event::Reanswered { .. }));
    assert!(solo.ua.session(id).unwrap().local_hold());
    solo.ua.hang_up(solo.now, id, None).unwrap();
    solo.event();
    let bye = solo.request(Method::Bye);
    solo.receive(challenge(&bye, "n3"));
    let bye = solo.request(Method::Bye);
    solo.receive(challenge(&bye, "n4"));
    solo.nothing_sent();
    solo.run(33_000);
    assert!(solo.ua.is_idle());
}

#[test]
fn requests_out_of_order_get_500_and_strangers_481() {
    let mut solo = Solo::new();
    let (id, to) = answered(&mut solo);
    solo.text(&request(
        "INFO",
        3,
        &to,
        &["Content-Type: application/dtmf-relay"],
        "Signal=1",
    ));
    solo.response(500);
    solo.no_event();
    solo.text(&request(
        "INFO",
        6,
        &to,
        &["Content-Type: application/dtmf-relay"],
        "Signal=1",
    ));
    solo.response(200);
    assert!(matches!(solo.event(), Event::Info { .. }));
    for method in ["INFO", "BYE", "OPTIONS", "INVITE"] {
        solo.text(&request(method, 9, &format!("{ME};tag=nobody"), &[], ""));
        solo.response(481);
    }
    solo.text(&request("ACK", 9, &format!("{ME};tag=nobody"), &[], ""));
    solo.nothing_sent();
    assert!(solo.ua.session(id).is_some());
}

#[test]
fn their_bye_ends_it_with_all_their_reasons() {
    let mut solo = Solo::new();
    let (_, to) = answered(&mut solo);
    solo.text(&request(
        "BYE",
        6,
        &to,
        &[
            "Reason: Q.850;cause=16;text=\"Terminated\"",
            "Reason: SIP;cause=603",
        ],
        "",
    ));
    solo.response(200);
    let Event::Ended {
        cause: EndCause::Bye,
        reason,
        ..
    } = solo.event()
    else {
        panic!("not ended")
    };
    assert_eq!(
        reason.iter().map(|r| r.cause).collect::<Vec<_>>(),
        [Some(16), Some(603)]
    );
    solo.text(&request("BYE", 7, &to, &[], ""));
    solo.response(481);
}

#[test]
fn a_far_end_that_forgot_the_call_ends_it() {
    for status in [408, 481] {
        let mut solo = Solo::new();
        let id = calling(&mut solo);
        solo.ua.digit(solo.now, id, '1', 100).unwrap();
        let info = solo.request(Method::Info);
        solo.receive(respond(&info, status, ""));
        assert!(
            matches!(solo.event(), Event::Ended { cause: EndCause::Gone { status: s }, .. } if s == status)
        );
        solo.request(Method::Bye);
    }
}

#[test]
fn silence_within_a_call_is_blamed_on_a_silent_flow_first() {
    // Nothing at all is heard: the flow is dead, the call may live.
    let mut solo = Solo::new();
    let id = calling(&mut solo);
    solo.ua.digit(solo.now, id, '1', 100).unwrap();
    solo.request(Method::Info);
    solo.run(32_100);
    assert_eq!(solo.event(), Event::FlowDead);
    assert_eq!(solo.event(), Event::InfoDone { id, status: 408 });
    assert!(solo.ua.session(id).is_some());
    // Others are heard on the flow: it is the far end that is gone.
    let mut solo = Solo::new();
    let id = calling(&mut solo);
    solo.ua.digit(solo.now, id, '1', 100).unwrap();
    solo.request(Method::Info);
    solo.run(20_000);
    solo.text("\r\n");
    solo.run(12_100);
    assert!(matches!(
        solo.event(),
        Event::Ended {
            cause: EndCause::Gone { status: 408 },
            ..
        }
    ));
}

#[test]
fn a_new_contact_of_theirs_is_where_we_send() {
    let mut solo = Solo::new();
    let (id, to) = answered(&mut solo);
    let moved = request("INVITE", 6, &to, &[], &offer()).replace("far@far.invalid", "far@elsewhere.invalid");
    solo.text(&moved);
    solo.response(100);
    solo.event();
    solo.ua.accept_reoffer(solo.now, id, offer()).unwrap();
    solo.response(200);
    solo.text(&request("ACK", 6, &to, &[], ""));
    solo.ua.hang_up(solo.now, id, None).unwrap();
    assert_eq!(
        solo.request(Method::Bye).uri.to_string(),
        "sip:far@elsewhere.invalid;transport=ws"
    );
}

#[test]
fn routes_are_loose_or_strict_as_the_proxy_says() {
    let call = |record_route: &str| {
        let mut solo = Solo::new();
        let id = solo
            .ua
            .invite(solo.now, uri("sip:ben@example.com"), offer(), &[])
            .unwrap();
        let invite = solo.request(Method::Invite);
        let mut ok = accept(&invite, 200, "ben", &offer());
        for hop in record_route.split(", ") {
            ok.headers.push_raw("Record-Route", hop).unwrap();
        }
        solo.receive(ok);
        let ack = solo.request(Method::Ack);
        assert!(solo.ua.session(id).is_some());
        (
            ack.uri.to_string(),
            ack.headers.all("Route").collect::<Vec<_>>().join(", "),
        )
    };
    // The calling side turns the order round.
    let (target, route) = call("<sip:p3;lr>, <sip:p1;lr>");
    assert_eq!(
        (target.as_str(), route.as_str()),
        ("sip:far@far.invalid;transport=ws", "<sip:p1;lr>, <sip:p3;lr>")
    );
    let (target, route) = call("<sip:p3;lr>, <sip:p1>");
    assert_eq!(
        (target.as_str(), route.as_str()),
        ("sip:p1", "<sip:p3;lr>, <sip:far@far.invalid;transport=ws>")
    );
}

#[test]
fn bye_from_both_sides_at_once() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.a.hang_up(pair.now, a, None).unwrap();
    pair.b.hang_up(pair.now, b, None).unwrap();
    pair.drive();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Ended {
            cause: EndCause::LocalBye,
            ..
        }]
    ));
    assert!(matches!(
        pair.take(Side::B).as_slice(),
        [Event::Ended {
            cause: EndCause::LocalBye,
            ..
        }]
    ));
    pair.assert_over();
}

#[test]
fn commands_that_do_not_fit_say_so() {
    let mut pair = Pair::new();
    let (a, b) = pair.ringing();
    let now = pair.now;
    assert_eq!(pair.a.answer(now, a, offer()), Err(CallError::WrongState));
    assert_eq!(pair.a.ring(now, a), Err(CallError::WrongState));
    assert_eq!(pair.b.reoffer(now, b, offer()), Err(CallError::WrongState));
    assert_eq!(pair.b.digit(now, b, '1', 100), Err(CallError::WrongState));
    assert_eq!(pair.b.accept_reoffer(now, b, offer()), Err(CallError::WrongState));
    assert_eq!(pair.b.hang_up(now, CallId(99), None), Err(CallError::UnknownCall));
    assert!(pair.a.session(a).is_none());
    pair.b.answer(now, b, offer()).unwrap();
    pair.drive();
    assert_eq!(
        pair.b.accept_reoffer(pair.now, b, offer()),
        Err(CallError::WrongState)
    );
    pair.a.hang_up(pair.now, a, None).unwrap();
    assert_eq!(pair.a.hang_up(pair.now, a, None), Err(CallError::UnknownCall));
    pair.assert_over();
}

#[test]
fn our_contact_is_the_same_in_calls_and_at_the_registrar() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let register = solo.request(Method::Register);
    solo.ua
        .invite(solo.now, uri("sip:ben@example.com"), offer(), &[])
        .unwrap();
    let invite = solo.request(Method::Invite);
    let user = |request: &Request| {
        let Some(Ok(Contact::Address(contact))) = request.headers.typed() else {
            panic!("no Contact")
        };
        (contact.uri.user(), contact.uri.host_text().to_owned())
    };
    assert_eq!(user(&register), user(&invite));
}
