//! Everything else that may arrive.

use sip::message::{Message, Method};

use crate::pair::{Solo, offer, request, respond};

const ME: &str = "<sip:asha@example.com>";

#[test]
fn options_says_what_we_can() {
    let mut solo = Solo::new();
    solo.text(&request("OPTIONS", 1, ME, &[], ""));
    let ok = solo.response(200);
    for name in ["Allow", "Accept", "Supported"] {
        assert!(ok.headers.get(name).is_some(), "{name}");
    }
    assert!(ok.headers.get("To").unwrap().contains(";tag="));
    solo.no_event();
}

#[test]
fn methods_we_know_get_405_and_others_501() {
    for (method, status) in [
        ("MESSAGE", 405),
        ("NOTIFY", 405),
        ("SUBSCRIBE", 405),
        ("REFER", 405),
        ("PRACK", 405),
        ("REGISTER", 405),
        ("FROBNICATE", 501),
    ] {
        let mut solo = Solo::new();
        solo.text(&request(method, 1, ME, &[], ""));
        let response = solo.response(status);
        assert!(response.headers.get("Allow").is_some());
        solo.no_event();
    }
}

#[test]
fn ack_is_never_answered() {
    let mut solo = Solo::new();
    solo.text(&request("ACK", 1, ME, &[], ""));
    solo.text(&request("ACK", 1, ME, &["Require: x"], ""));
    solo.text(&request("ACK", 1, ME, &[], "").replace("CSeq: 1 ACK", "CSeq: 1 INVITE"));
    solo.nothing_sent();
    solo.no_event();
}

#[test]
fn cancel_of_nothing_gets_481() {
    let mut solo = Solo::new();
    solo.text(&request("CANCEL", 1, ME, &[], ""));
    solo.response(481);
}

#[test]
fn malformed_requests_are_refused_where_they_can_be() {
    let mut solo = Solo::new();
    solo.text(&request("OPTIONS", 1, ME, &[], "").replace("1 OPTIONS", "1 BYE"));
    solo.response(400);
    solo.text(&request("OPTIONS", 1, ME, &["Content-Length: 9999"], ""));
    solo.response(400);
    solo.text(&request("OPTIONS", 1, ME, &[], "").replace(" SIP/2.0", " SIP/7.0"));
    solo.response(505);
    solo.no_event();
}

#[test]
fn garbage_does_no_harm() {
    let mut solo = Solo::new();
    for garbage in [
        &b""[..],
        b"\0\xff\xfe",
        b"\r\n\r\n\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"{\"sip\":true}",
        b"INVITE",
        b"INVITE sip:a@b SIP/2.0\r\n",
        b"SIP/2.0 200 OK\r\n\r\n",
        b"SIP/2.0 200 OK\r\nVia: x\r\nCSeq: 1\r\n\r\n",
        "संदेश".as_bytes(),
    ] {
        solo.ua.frame(solo.now, garbage);
        solo.drain();
    }
    solo.no_event();
    solo.sent.clear();
    solo.text(&request("OPTIONS", 2, ME, &[], ""));
    solo.response(200);
}

#[test]
fn responses_to_nothing_are_dropped() {
    let mut solo = Solo::new();
    let Ok(Message::Request(invite)) = Message::parse(request("INVITE", 1, ME, &[], "").as_bytes()) else {
        panic!()
    };
    for status in [100, 180, 200, 401, 486] {
        solo.receive(respond(&invite, status, "x"));
    }
    // Two Vias: meant for somebody behind us.
    solo.ua.register(solo.now);
    let register = solo.request(Method::Register);
    let mut ok = respond(&register, 200, "x");
    ok.headers
        .push_raw("Via", "SIP/2.0/WSS other.example.com;branch=z9hG4bKx")
        .unwrap();
    solo.receive(ok);
    solo.nothing_sent();
    solo.no_event();
}

#[test]
fn mutilated_calls_never_panic() {
    let text = request("INVITE", 1, ME, &["Record-Route: <sip:p;lr>"], &offer());
    for cut in 0..text.len() {
        let mut solo = Solo::new();
        solo.ua.frame(solo.now, &text.as_bytes()[..cut]);
        let mut broken = text.clone().into_bytes();
        broken[cut] = b'\r';
        solo.ua.frame(solo.now, &broken);
        broken[cut] = 0xff;
        solo.ua.frame(solo.now, &broken);
        solo.drain();
        solo.run(60_000);
    }
}
