//! INVITE in, scripted caller.

use sip::header::Reason;
use sip::message::{Message, Method, Request, Response};
use sip::{CallError, CallId, EndCause, Event};

use crate::pair::{offer, sdp};
use crate::solo::{Solo, request};

const ME: &str = "<sip:asha@example.com>";

fn parse(text: &str) -> Request {
    match Message::parse(text.as_bytes()).unwrap() {
        Message::Request(request) => request,
        Message::Response(_) => panic!("a response"),
    }
}

/// The caller's INVITE arrived and was announced; 100 is taken.
fn called_with(solo: &mut Solo, more: &[&str], body: &str) -> CallId {
    solo.text(&request("INVITE", 1, ME, more, body));
    solo.response(100);
    match solo.event() {
        Event::Incoming { id, .. } => id,
        other => panic!("{other:?}"),
    }
}

fn called(solo: &mut Solo) -> CallId {
    called_with(solo, &[], &offer())
}

/// The To value our responses gave.
fn to(response: &Response) -> String {
    response.headers.get("To").unwrap().to_owned()
}

#[track_caller]
fn ended(solo: &mut Solo) -> (EndCause, Vec<Reason>) {
    match solo.event() {
        Event::Ended { cause, reason, .. } => (cause, reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_incoming_call_shows_who_and_carries_every_header() {
    let mut solo = Solo::new();
    let more = ["X-Exotel-Callsid: 8f2a", "LegSid: leg-1"];
    solo.text(&request("INVITE", 1, ME, &more, &offer()));
    let trying = solo.response(100);
    assert_eq!(to(&trying), ME, "100 makes no dialog");
    let Event::Incoming {
        id,
        from,
        to: called,
        offer: Some(sdp),
        headers,
    } = solo.event()
    else {
        panic!("no call")
    };
    assert_eq!(
        (from.label().as_str(), from.uri.user().as_deref()),
        ("Ravi", Some("+919812345678"))
    );
    assert_eq!(from.tag(), None);
    assert_eq!(called.uri.user().as_deref(), Some("asha"));
    assert_eq!(sdp, offer());
    assert_eq!(headers.get("x-exotel-callsid"), Some("8f2a"));
    assert_eq!(headers.get("LegSid"), Some("leg-1"));
    solo.ua.answer(solo.now, id, offer()).unwrap();
}

#[test]
fn rings_with_early_media_answers_and_is_confirmed() {
    let mut solo = Solo::new();
    let id = called_with(&mut solo, &["Record-Route: <sip:p2;lr>, <sip:p1;lr>"], &offer());
    solo.ua.ring(solo.now, id).unwrap();
    let ringing = solo.response(180);
    assert!(to(&ringing).contains(";tag="));
    assert!(ringing.headers.get("Contact").is_some());
    solo.ua.progress(solo.now, id, 183, Some(offer())).unwrap();
    assert_eq!(to(&solo.response(183)), to(&ringing), "one tag throughout");
    assert_eq!(
        solo.ua.progress(solo.now, id, 200, None),
        Err(CallError::BadStatus)
    );
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let ok = solo.response(200);
    assert_eq!(
        ok.headers.all("Record-Route").collect::<Vec<_>>(),
        ["<sip:p2;lr>", "<sip:p1;lr>"]
    );
    assert_eq!(to(&ok), to(&ringing));
    assert!(ok.headers.get("Allow").is_some() && ok.headers.get("Contact").is_some());
    solo.text(&request("ACK", 1, &to(&ok), &[], ""));
    assert!(matches!(solo.event(), Event::Confirmed { id: i, sdp: None } if i == id));
    solo.run(60_000);
    solo.nothing_sent();
    // Our requests take the recorded route, in its order for the called side.
    solo.ua.hang_up(solo.now, id, None).unwrap();
    let bye = solo.request(Method::Bye);
    assert_eq!(
        bye.headers.all("Route").collect::<Vec<_>>(),
        ["<sip:p2;lr>", "<sip:p1;lr>"]
    );
    assert_eq!(bye.uri.to_string(), "sip:far@far.invalid;transport=ws");
}

#[test]
fn the_answer_is_repeated_from_t1_to_t2_and_given_up_after_32_s() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    let start = solo.now.0;
    solo.ua.answer(solo.now, id, offer()).unwrap();
    solo.response(200);
    let mut times = Vec::new();
    while solo.now.0 < start + 31_900 {
        solo.run(100);
        while let Some(Message::Response(response)) = solo.sent.pop_front() {
            assert_eq!(response.status, 200);
            times.push(solo.now.0 - start);
        }
    }
    assert_eq!(
        times,
        [
            500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500
        ]
    );
    solo.run(200);
    assert_eq!(ended(&mut solo).0, EndCause::NoAck);
    let bye = solo.request(Method::Bye);
    solo.receive(bye.reply(200));
    assert!(solo.ua.session(id).is_none());
    solo.run(60_000);
    assert!(solo.ua.is_idle());
}

#[test]
fn a_late_offer_is_ours_and_the_answer_comes_with_ack() {
    let mut solo = Solo::new();
    solo.text(&request("INVITE", 1, ME, &[], ""));
    solo.response(100);
    let Event::Incoming { id, offer: None, .. } = solo.event() else {
        panic!("an offer?")
    };
    solo.ua.answer(solo.now, id, sdp("sendrecv")).unwrap();
    let ok = solo.response(200);
    assert_eq!(ok.body, sdp("sendrecv").as_bytes());
    solo.text(&request("ACK", 1, &to(&ok), &[], &sdp("sendonly")));
    assert!(matches!(solo.event(), Event::Confirmed { sdp: Some(answer), .. } if answer == sdp("sendonly")));
    assert!(solo.ua.session(id).unwrap().remote_hold());
    // Without an answer there is no call.
    let mut solo = Solo::new();
    let id = called_with(&mut solo, &[], "");
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let ok = solo.response(200);
    solo.text(&request("ACK", 1, &to(&ok), &[], ""));
    assert_eq!(ended(&mut solo).0, EndCause::NoSdp);
    solo.request(Method::Bye);
}

#[test]
fn cancel_is_answered_and_ends_the_invite_with_its_reason() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.ua.ring(solo.now, id).unwrap();
    let ringing = solo.response(180);
    let cancel = request(
        "CANCEL",
        1,
        ME,
        &["Reason: SIP;cause=200;text=\"Call completed elsewhere\", Q.850;cause=26"],
        "",
    )
    .replace("z9hG4bKCANCEL1", "z9hG4bKINVITE1");
    solo.text(&cancel);
    let ok = solo.response(200);
    assert_eq!(ok.headers.get("CSeq"), Some("1 CANCEL"));
    assert_eq!(to(&ok), to(&ringing));
    let terminated = solo.response(487);
    assert_eq!(terminated.headers.get("CSeq"), Some("1 INVITE"));
    let (cause, reason) = ended(&mut solo);
    assert_eq!(cause, EndCause::Cancelled);
    assert_eq!(
        (reason[0].cause, reason[0].text.as_deref()),
        (Some(200), Some("Call completed elsewhere"))
    );
    assert_eq!(reason[1].cause, Some(26));
    let ack = request("ACK", 1, &to(&terminated), &[], "").replace("z9hG4bKACK1", "z9hG4bKINVITE1");
    solo.text(&ack);
    assert!(solo.ua.is_idle());
    assert_eq!(solo.ua.answer(solo.now, id, offer()), Err(CallError::UnknownCall));
    solo.text(&cancel);
    solo.response(481);
}

#[test]
fn cancel_after_the_answer_changes_nothing() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.ua.answer(solo.now, id, offer()).unwrap();
    solo.response(200);
    solo.text(&request("CANCEL", 1, ME, &[], "").replace("z9hG4bKCANCEL1", "z9hG4bKINVITE1"));
    solo.response(200);
    solo.no_event();
    assert!(solo.ua.session(id).is_some());
}

#[test]
fn a_refusal_waits_for_its_ack() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    assert_eq!(solo.ua.reject(solo.now, id, 200, None), Err(CallError::BadStatus));
    solo.ua
        .reject(solo.now, id, 486, Some(Reason::q850(17, "busy")))
        .unwrap();
    let busy = solo.response(486);
    assert_eq!(busy.headers.get("Reason"), Some("Q.850;cause=17;text=\"busy\""));
    assert_eq!(ended(&mut solo).0, EndCause::Declined { status: 486 });
    assert!(!solo.ua.is_idle());
    solo.text(&request("INVITE", 1, ME, &[], &offer()));
    solo.response(486);
    solo.text(&request("ACK", 1, &to(&busy), &[], "").replace("z9hG4bKACK1", "z9hG4bKINVITE1"));
    assert!(solo.ua.is_idle());
    solo.no_event();
}

#[test]
fn an_unacknowledged_refusal_is_forgotten_after_timer_h() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.ua.hang_up(solo.now, id, None).unwrap();
    solo.response(480);
    solo.run(32_100);
    assert!(solo.ua.is_idle());
}

#[test]
fn a_repeated_invite_is_absorbed() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.text(&request("INVITE", 1, ME, &[], &offer()));
    solo.response(100);
    solo.ua.ring(solo.now, id).unwrap();
    solo.response(180);
    solo.text(&request("INVITE", 1, ME, &[], &offer()));
    solo.response(180);
    solo.ua.answer(solo.now, id, offer()).unwrap();
    solo.response(200);
    solo.text(&request("INVITE", 1, ME, &[], &offer()));
    solo.nothing_sent();
    solo.no_event();
}

#[test]
fn the_same_invite_by_another_path_is_merged() {
    let mut solo = Solo::new();
    called(&mut solo);
    solo.text(&request("INVITE", 1, ME, &[], &offer()).replace("z9hG4bKINVITE1", "z9hG4bKother"));
    let merged = solo.response(482);
    assert!(to(&merged).contains(";tag="));
    solo.no_event();
}

#[test]
fn after_a_new_flow_the_same_invite_by_another_branch_is_the_same_call() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.ua.ring(solo.now, id).unwrap();
    solo.response(180);
    solo.cut();
    solo.connect();
    solo.text(&request("INVITE", 1, ME, &[], &offer()).replace("z9hG4bKINVITE1", "z9hG4bKagain"));
    solo.response(100);
    let ringing = solo.response(180);
    assert!(ringing.headers.get("Via").unwrap().contains("z9hG4bKagain"));
    solo.no_event();
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let ok = solo.response(200);
    assert!(ok.headers.get("Via").unwrap().contains("z9hG4bKagain"));
    solo.text(&request("ACK", 1, &to(&ok), &[], ""));
    assert!(matches!(solo.event(), Event::Confirmed { .. }));
}

#[test]
fn what_an_invite_demands_beyond_us_is_refused() {
    for (line, status, header, value) in [
        ("Require: 100rel", 420, "Unsupported", Some("100rel")),
        ("Accept: text/plain", 406, "Allow", None),
        ("Content-Type: text/plain", 415, "Accept", Some("application/sdp")),
    ] {
        let mut solo = Solo::new();
        solo.text(&request("INVITE", 1, ME, &[line], &offer()));
        let response = solo.response(status);
        assert_eq!(response.headers.get(header), value);
        assert!(to(&response).contains(";tag="));
        solo.no_event();
    }
}

#[test]
fn an_invite_runs_out_by_its_own_expires() {
    let mut solo = Solo::new();
    called_with(&mut solo, &["Expires: 20"], &offer());
    solo.run(20_100);
    solo.response(487);
    assert_eq!(ended(&mut solo).0, EndCause::TimedOut);
}

#[test]
fn bye_to_a_ringing_call_ends_it() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.ua.ring(solo.now, id).unwrap();
    let ringing = solo.response(180);
    solo.text(&request("BYE", 2, &to(&ringing), &[], ""));
    assert_eq!(solo.response(200).headers.get("CSeq"), Some("2 BYE"));
    solo.response(487);
    assert_eq!(ended(&mut solo).0, EndCause::Cancelled);
}

#[test]
fn hanging_up_before_their_ack_waits_for_it() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.ua.answer(solo.now, id, offer()).unwrap();
    let ok = solo.response(200);
    solo.ua.hang_up(solo.now, id, None).unwrap();
    assert_eq!(ended(&mut solo).0, EndCause::LocalBye);
    solo.nothing_sent();
    solo.run(600);
    solo.response(200);
    solo.text(&request("ACK", 1, &to(&ok), &[], ""));
    let bye = solo.request(Method::Bye);
    solo.receive(bye.reply(200));
    solo.run(33_000);
    assert!(solo.ua.is_idle());
}

#[test]
fn an_answer_given_while_the_flow_is_down_goes_out_on_the_next() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.cut();
    solo.ua.answer(solo.now, id, offer()).unwrap();
    solo.run(3_000);
    solo.nothing_sent();
    solo.connect();
    let ok = solo.response(200);
    solo.text(&request("ACK", 1, &to(&ok), &[], ""));
    assert!(matches!(solo.event(), Event::Confirmed { .. }));
}

#[test]
fn a_refusal_given_while_the_flow_is_down_goes_out_on_the_next() {
    let mut solo = Solo::new();
    let id = called(&mut solo);
    solo.cut();
    solo.ua.reject(solo.now, id, 486, None).unwrap();
    solo.nothing_sent();
    solo.connect();
    solo.response(486);
}

#[test]
fn an_invite_without_contact_cannot_be_answered() {
    let mut solo = Solo::new();
    solo.text(
        &request("INVITE", 1, ME, &[], &offer())
            .replace("Contact: <sip:far@far.invalid;transport=ws>\r\n", ""),
    );
    solo.response(100);
    solo.response(400);
    solo.no_event();
    assert!(parse(&request("INVITE", 1, ME, &[], "")).check().is_ok());
}
