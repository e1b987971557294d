//! Everything else that may arrive.

use sip::message::{Message, Method};
use sip::{Entropy, Event};

use crate::pair::{Pair, Side, offer, sdp};
use crate::solo::{Solo, request, respond};

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

/// A real conversation, recorded; then each side's frames, damaged at random, played to an agent in the same states.
#[test]
fn damaged_conversations_never_panic_and_leave_nothing_behind() {
    let mut dice = Entropy::new([42; 32]);
    for seed in 0..60 {
        let mut pair = Pair::with_seed(seed);
        pair.latency = 5;
        for step in 0..25 {
            let now = pair.now;
            for (side, at) in [(Side::A, 0u32), (Side::B, 1)] {
                for event in pair.take(side) {
                    let ua = pair.ua(side);
                    // Commands may come too late; that is an error value, not a panic.
                    let _ = match event {
                        Event::Incoming { id, .. } if step % 2 == at => ua.ring(now, id),
                        Event::Incoming { id, .. } => ua.answer(now, id, offer()),
                        Event::Reoffer { id, .. } => ua.accept_reoffer(now, id, offer()),
                        Event::Answered { id, .. } if step % 3 == 0 => ua.reoffer(now, id, sdp("sendonly")),
                        Event::Answered { id, .. } => ua.digit(now, id, '3', 100),
                        Event::Reanswered { id, .. } | Event::Confirmed { id, .. } => {
                            ua.hang_up(now, id, None)
                        }
                        _ => Ok(()),
                    };
                }
            }
            if step % 5 == 0 {
                let _ = pair
                    .a
                    .invite(now, crate::pair::uri("sip:b@example.com"), offer(), &[]);
            }
            pair.run(10);
            // Something of what was sent arrives once more at either end, damaged.
            let count = u32::try_from(pair.log.len()).unwrap();
            let Some((_, text)) = pair.log.get(dice.below(count) as usize) else {
                continue;
            };
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=dice.below(4) {
                let at = dice.below(u32::try_from(bytes.len()).unwrap()) as usize;
                match dice.below(4) {
                    0 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"\r\n:;<>@ 1"[dice.below(9) as usize]),
                    _ => bytes.truncate(at + 1),
                }
            }
            let now = pair.now;
            pair.a.frame(now, &bytes);
            pair.b.frame(now, &bytes);
        }
        pair.run(5_000);
        for side in [Side::A, Side::B] {
            for id in 0..200 {
                let now = pair.now;
                let _ = pair.ua(side).hang_up(now, sip::CallId(id), None);
            }
        }
        pair.assert_over();
    }
}
