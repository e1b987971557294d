//! INVITE out, scripted far end.

use sip::digest::{Algorithm, server};
use sip::header::{ProxyAuthenticate, ProxyAuthorization, Reason};
use sip::message::{Method, Request, Response};
use sip::{CallError, CallId, EndCause, Event, Secret};

use crate::pair::{offer, sdp, uri};
use crate::solo::{Solo, accept, respond};

fn call(solo: &mut Solo) -> (CallId, Request) {
    let id = solo
        .ua
        .invite(solo.now, uri("sip:ben@example.com"), offer(), &[])
        .unwrap();
    (id, solo.request(Method::Invite))
}

fn challenge(request: &Request, nonce: &str) -> Response {
    let mut response = respond(request, 407, "proxy");
    for challenge in server::issue("example.com", nonce, &[Algorithm::Md5], false) {
        response.headers.push(&ProxyAuthenticate(challenge));
    }
    response
}

#[track_caller]
fn ended(solo: &mut Solo) -> EndCause {
    match solo.event() {
        Event::Ended { cause, .. } => cause,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_invite_carries_what_a_call_needs() {
    let mut solo = Solo::new();
    let extra = [("X-Exotel-Custom", "crm-77")];
    solo.ua
        .invite(solo.now, uri("sip:ben@example.com?Subject=x"), offer(), &extra)
        .unwrap();
    let invite = solo.request(Method::Invite);
    assert!(invite.check().is_ok());
    assert_eq!(invite.uri.to_string(), "sip:ben@example.com");
    assert_eq!(invite.headers.get("X-Exotel-Custom"), Some("crm-77"));
    assert!(invite.headers.get("Contact").unwrap().contains(";ob>"));
    assert!(invite.headers.all("Allow").all(|m| !m.contains("UPDATE")));
    assert_eq!(invite.body, offer().as_bytes());
    let bad = [("X-Evil", "a\r\nb")];
    assert_eq!(
        solo.ua.invite(solo.now, uri("sip:a@b"), offer(), &bad),
        Err(CallError::BadHeader)
    );
    solo.cut();
    assert_eq!(
        solo.ua.invite(solo.now, uri("sip:a@b"), offer(), &[]),
        Err(CallError::NoFlow)
    );
}

#[test]
fn a_challenged_invite_is_acked_and_sent_again() {
    let mut solo = Solo::new();
    let (_, first) = call(&mut solo);
    solo.receive(challenge(&first, "n"));
    let ack = solo.request(Method::Ack);
    assert_eq!(ack.headers.get("Via"), first.headers.get("Via"));
    assert_eq!(ack.headers.get("CSeq"), Some("1 ACK"));
    assert!(ack.headers.get("To").unwrap().contains("tag=proxy"));
    let second = solo.request(Method::Invite);
    assert_eq!(second.headers.get("CSeq"), Some("2 INVITE"));
    assert!(!second.headers.get("To").unwrap().contains("tag="));
    let answer = second.headers.typed::<ProxyAuthorization>().unwrap().unwrap();
    assert!(server::verify(&answer.0, &Method::Invite, &Secret::new("secret")));
    solo.receive(accept(&second, 200, "ben", &offer()));
    let ack = solo.request(Method::Ack);
    assert_eq!(ack.headers.get("CSeq"), Some("2 ACK"));
    assert_eq!(ack.uri.to_string(), "sip:far@far.invalid;transport=ws");
    assert!(ack.headers.get("Proxy-Authorization").is_some());
    assert!(matches!(solo.event(), Event::Answered { .. }));
}

#[test]
fn a_wrong_password_ends_the_call_once() {
    let mut solo = Solo::new();
    let (_, first) = call(&mut solo);
    solo.receive(challenge(&first, "n1"));
    solo.request(Method::Ack);
    let second = solo.request(Method::Invite);
    solo.receive(challenge(&second, "n2"));
    solo.request(Method::Ack);
    assert_eq!(ended(&mut solo), EndCause::WrongPassword);
    solo.nothing_sent();
    assert!(solo.ua.is_idle());
}

#[test]
fn early_media_and_the_answer_are_told_apart() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    solo.receive(respond(&invite, 100, ""));
    solo.no_event();
    solo.receive(accept(&invite, 183, "ben", &sdp("sendonly")));
    let Event::Progress {
        status: 183,
        sdp: Some(early),
        headers,
        ..
    } = solo.event()
    else {
        panic!("no 183")
    };
    assert_eq!(early, sdp("sendonly"));
    assert!(headers.get("Contact").is_some());
    solo.receive(accept(&invite, 200, "ben", &offer()));
    let Event::Answered {
        id: answered,
        sdp: answer,
        ..
    } = solo.event()
    else {
        panic!("no answer")
    };
    assert_eq!((answered, answer), (id, offer()));
    assert_eq!(
        solo.ua.session(id).unwrap().sip_call_id(),
        invite.headers.get("Call-ID").unwrap()
    );
}

#[test]
fn an_answer_given_early_need_not_be_repeated() {
    let mut solo = Solo::new();
    let (_, invite) = call(&mut solo);
    solo.receive(accept(&invite, 183, "ben", &sdp("sendrecv")));
    solo.event();
    solo.receive(accept(&invite, 200, "ben", ""));
    assert!(matches!(solo.event(), Event::Answered { sdp: answer, .. } if answer == sdp("sendrecv")));
}

#[test]
fn an_answer_without_any_description_is_no_call() {
    let mut solo = Solo::new();
    let (_, invite) = call(&mut solo);
    solo.receive(accept(&invite, 200, "ben", ""));
    assert_eq!(ended(&mut solo), EndCause::NoSdp);
    solo.request(Method::Ack);
    let bye = solo.request(Method::Bye);
    solo.receive(respond(&bye, 200, ""));
    solo.run(40_000);
    assert!(solo.ua.is_idle());
}

#[test]
fn the_losing_fork_is_acked_and_hung_up() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    for tag in ["one", "two"] {
        solo.receive(accept(&invite, 180, tag, ""));
        assert!(matches!(solo.event(), Event::Progress { status: 180, .. }));
    }
    solo.receive(accept(&invite, 200, "two", &offer()));
    assert!(
        solo.request(Method::Ack)
            .headers
            .get("To")
            .unwrap()
            .contains("tag=two")
    );
    assert!(matches!(solo.event(), Event::Answered { .. }));
    solo.receive(accept(&invite, 200, "one", &offer()));
    assert!(
        solo.request(Method::Ack)
            .headers
            .get("To")
            .unwrap()
            .contains("tag=one")
    );
    let bye = solo.request(Method::Bye);
    assert!(bye.headers.get("To").unwrap().contains("tag=one"));
    // Its repeat is acknowledged, not hung up again.
    solo.receive(accept(&invite, 200, "one", &offer()));
    solo.request(Method::Ack);
    solo.nothing_sent();
    solo.receive(respond(&bye, 200, ""));
    solo.no_event();
    assert!(solo.ua.session(id).is_some());
}

#[test]
fn a_repeated_answer_gets_the_same_ack() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    let ok = accept(&invite, 200, "ben", &offer());
    solo.receive(ok.clone());
    let ack = solo.request(Method::Ack);
    solo.event();
    solo.receive(ok.clone());
    assert_eq!(solo.request(Method::Ack), ack);
    // Even when the INVITE's own transaction is long over.
    solo.run(40_000);
    solo.receive(ok);
    assert_eq!(solo.request(Method::Ack), ack);
    solo.no_event();
    assert!(solo.ua.session(id).is_some());
}

#[test]
fn cancel_waits_for_a_provisional_response() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    solo.ua
        .hang_up(solo.now, id, Some(Reason::sip(487, "gave up")))
        .unwrap();
    solo.nothing_sent();
    solo.receive(respond(&invite, 100, ""));
    let cancel = solo.request(Method::Cancel);
    assert_eq!(cancel.headers.get("Via"), invite.headers.get("Via"));
    assert_eq!(cancel.headers.get("CSeq"), Some("1 CANCEL"));
    assert_eq!(
        cancel.headers.get("Reason"),
        Some("SIP;cause=487;text=\"gave up\"")
    );
    solo.receive(respond(&cancel, 200, "ben"));
    solo.no_event();
    solo.receive(respond(&invite, 487, "ben"));
    solo.request(Method::Ack);
    assert_eq!(ended(&mut solo), EndCause::Cancelled);
    assert!(solo.ua.is_idle());
}

#[test]
fn a_200_crossing_cancel_is_acked_and_hung_up() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    solo.receive(accept(&invite, 180, "ben", ""));
    solo.event();
    solo.ua.hang_up(solo.now, id, None).unwrap();
    let cancel = solo.request(Method::Cancel);
    solo.receive(accept(&invite, 200, "ben", &offer()));
    solo.request(Method::Ack);
    let bye = solo.request(Method::Bye);
    assert_eq!(ended(&mut solo), EndCause::Cancelled);
    solo.receive(respond(&cancel, 200, "ben"));
    solo.receive(respond(&bye, 200, ""));
    solo.run(33_000);
    assert!(solo.ua.is_idle());
    solo.no_event();
}

#[test]
fn a_200_before_cancel_could_go_is_hung_up_too() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    solo.ua.hang_up(solo.now, id, None).unwrap();
    solo.receive(accept(&invite, 200, "ben", &offer()));
    solo.request(Method::Ack);
    solo.request(Method::Bye);
    assert_eq!(ended(&mut solo), EndCause::Cancelled);
}

#[test]
fn a_cancel_nobody_heeds_ends_by_itself() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    solo.receive(respond(&invite, 180, "ben"));
    solo.event();
    solo.ua.hang_up(solo.now, id, None).unwrap();
    solo.request(Method::Cancel);
    solo.run(31_900);
    solo.no_event();
    solo.run(200);
    assert_eq!(ended(&mut solo), EndCause::Cancelled);
    // A 200 OK that comes all the same still finds somebody to hang up.
    solo.receive(accept(&invite, 200, "ben", &offer()));
    solo.request(Method::Ack);
    solo.request(Method::Bye);
    solo.no_event();
}

#[test]
fn a_challenge_to_a_call_given_up_is_not_answered() {
    let mut solo = Solo::new();
    let (id, invite) = call(&mut solo);
    solo.ua.hang_up(solo.now, id, None).unwrap();
    solo.receive(challenge(&invite, "n"));
    solo.request(Method::Ack);
    assert_eq!(ended(&mut solo), EndCause::Cancelled);
    solo.nothing_sent();
}

#[test]
fn refusals_are_handed_up_with_everything_they_say() {
    for (status, phrase) in [
        (302, "Moved"),
        (420, "Bad Extension"),
        (422, "Too Small"),
        (486, "Busy"),
        (603, "No"),
    ] {
        let mut solo = Solo::new();
        let (_, invite) = call(&mut solo);
        let mut response = respond(&invite, status, "ben");
        response.reason = phrase.into();
        response
            .headers
            .push_raw("Contact", "<sip:elsewhere@example.com>")
            .unwrap();
        response
            .headers
            .push_raw("Reason", "Q.850;cause=17;text=\"User busy\"")
            .unwrap();
        solo.receive(response);
        solo.request(Method::Ack);
        solo.nothing_sent();
        let Event::Ended {
            cause:
                EndCause::Rejected {
                    status: s,
                    phrase: p,
                    headers,
                },
            reason,
            ..
        } = solo.event()
        else {
            panic!("not rejected")
        };
        assert_eq!((s, p.as_str()), (status, phrase));
        assert_eq!(headers.get("Contact"), Some("<sip:elsewhere@example.com>"));
        assert_eq!(
            (reason[0].protocol.as_str(), reason[0].cause),
            ("Q.850", Some(17))
        );
        assert!(solo.ua.is_idle());
    }
}

#[test]
fn silence_ends_the_call_by_timer_b_but_ringing_may_take_long() {
    let mut solo = Solo::new();
    call(&mut solo);
    solo.run(31_900);
    solo.no_event();
    solo.run(200);
    assert_eq!(ended(&mut solo), EndCause::TimedOut);
    let (id, invite) = call(&mut solo);
    solo.receive(respond(&invite, 180, "ben"));
    solo.event();
    solo.run(300_000);
    solo.no_event();
    solo.ua.hang_up(solo.now, id, None).unwrap();
    solo.request(Method::Cancel);
}

#[test]
fn a_call_under_way_is_lost_with_the_flow_and_withdrawn_on_the_next() {
    let mut solo = Solo::new();
    let (_, invite) = call(&mut solo);
    solo.receive(respond(&invite, 180, "ben"));
    solo.event();
    solo.cut();
    assert_eq!(ended(&mut solo), EndCause::FlowLost);
    solo.connect();
    let cancel = solo.request(Method::Cancel);
    assert_eq!(cancel.headers.get("Via"), invite.headers.get("Via"));
    solo.receive(accept(&invite, 200, "ben", &offer()));
    solo.request(Method::Ack);
    solo.request(Method::Bye);
}
