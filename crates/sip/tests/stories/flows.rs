//! Flows that die and calls that outlive them.

use sip::message::Method;
use sip::{EndCause, Event};

use crate::pair::{Pair, Side, config, offer, sdp, uri};
use crate::solo::{Solo, accept, request, respond};

fn kept_alive() -> Solo {
    let mut config = config("asha");
    config.keep_alive = Some(25_000);
    Solo::with(config)
}

#[test]
fn a_ping_is_answered() {
    let mut solo = Solo::new();
    solo.text("\r\n\r\n");
    assert_eq!(solo.raw, ["\r\n"]);
    solo.text("\r\n");
    assert_eq!(solo.raw.len(), 1);
}

#[test]
fn a_server_that_ponged_must_go_on() {
    let mut solo = kept_alive();
    solo.run(25_000);
    assert_eq!(solo.raw, ["\r\n\r\n"]);
    solo.text("\r\n");
    solo.run(25_000);
    assert_eq!(solo.raw.len(), 2);
    solo.run(9_900);
    solo.no_event();
    solo.run(200);
    assert_eq!(solo.event(), Event::FlowDead);
    solo.run(600_000);
    solo.no_event();
}

#[test]
fn where_nobody_pongs_options_stands_in() {
    let mut solo = kept_alive();
    solo.run(35_000);
    let options = solo.request(Method::Options);
    assert_eq!(options.uri.to_string(), "sip:example.com");
    solo.receive(respond(&options, 404, "x"));
    solo.run(25_000);
    let options = solo.request(Method::Options);
    solo.receive(respond(&options, 404, "x"));
    solo.run(25_000);
    solo.request(Method::Options);
    solo.run(10_100);
    assert_eq!(solo.event(), Event::FlowDead);
}

#[test]
fn an_agent_without_registrar_sends_no_options() {
    let mut config = config("pbx");
    config.keep_alive = Some(25_000);
    config.registrar = None;
    let mut solo = Solo::with(config);
    solo.run(300_000);
    solo.nothing_sent();
    solo.no_event();
}

#[test]
fn a_call_outlives_its_flow_and_is_hung_up_on_the_next() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.cut();
    pair.run(60_000);
    assert!(pair.a.session(a).is_some() && pair.b.session(b).is_some());
    assert!(pair.take(Side::A).is_empty());
    pair.connect();
    pair.a.reoffer(pair.now, a, offer()).unwrap();
    pair.drive();
    pair.b.accept_reoffer(pair.now, b, offer()).unwrap();
    pair.drive();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Reanswered { .. }]
    ));
    pair.b.hang_up(pair.now, b, None).unwrap();
    pair.drive();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Ended {
            cause: EndCause::Bye,
            ..
        }]
    ));
    pair.assert_over();
}

#[test]
fn hung_up_without_a_flow_is_said_on_the_next() {
    let mut pair = Pair::new();
    let (a, b) = pair.talking();
    pair.cut();
    pair.a.hang_up(pair.now, a, None).unwrap();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Ended {
            cause: EndCause::LocalBye,
            ..
        }]
    ));
    pair.run(40_000);
    pair.connect();
    pair.drive();
    assert!(
        matches!(pair.take(Side::B).as_slice(), [Event::Ended { id, cause: EndCause::Bye, .. }] if *id == b)
    );
    pair.assert_over();
}

#[test]
fn a_bye_lost_with_the_flow_is_said_again() {
    let mut pair = Pair::new();
    let (a, _) = pair.talking();
    pair.a.hang_up(pair.now, a, None).unwrap();
    pair.drain();
    pair.cut();
    pair.run(5_000);
    pair.connect();
    pair.drive();
    assert_eq!(pair.count(Side::A, "BYE"), 2);
    assert!(matches!(
        pair.take(Side::B).as_slice(),
        [Event::Ended {
            cause: EndCause::Bye,
            ..
        }]
    ));
    pair.assert_over();
}

#[test]
fn a_bye_is_not_kept_for_ever() {
    let mut pair = Pair::new();
    let (a, _) = pair.talking();
    pair.cut();
    pair.a.hang_up(pair.now, a, None).unwrap();
    pair.run(121_000);
    assert!(pair.a.is_idle());
}

#[test]
fn the_answer_crosses_a_lost_flow() {
    let mut pair = Pair::new();
    let (_, b) = pair.ringing();
    pair.take(Side::A);
    pair.b.answer(pair.now, b, offer()).unwrap();
    pair.drain();
    pair.cut();
    assert!(matches!(
        pair.take(Side::A).as_slice(),
        [Event::Ended {
            cause: EndCause::FlowLost,
            ..
        }]
    ));
    pair.run(2_000);
    pair.connect();
    pair.drive();
    // The caller had given up: the answer is acknowledged and hung up, not left ringing in the dark.
    let events = pair.take(Side::B);
    assert!(
        matches!(
            events.as_slice(),
            [
                Event::Confirmed { .. },
                Event::Ended {
                    cause: EndCause::Bye,
                    ..
                }
            ]
        ),
        "{events:?}"
    );
    pair.assert_over();
}

#[test]
fn a_reoffer_lost_with_the_flow_fails_and_a_late_answer_is_acked() {
    let mut solo = Solo::new();
    let id = solo
        .ua
        .invite(solo.now, uri("sip:ben@example.com"), offer(), &[])
        .unwrap();
    let invite = solo.request(Method::Invite);
    solo.receive(accept(&invite, 200, "ben", &offer()));
    solo.request(Method::Ack);
    solo.event();
    solo.ua.digit(solo.now, id, '1', 100).unwrap();
    solo.request(Method::Info);
    solo.ua.reoffer(solo.now, id, sdp("sendonly")).unwrap();
    let hold = solo.request(Method::Invite);
    solo.cut();
    let mut lost = vec![solo.event(), solo.event()];
    lost.sort_by_key(|e| matches!(e, Event::InfoDone { .. }));
    assert_eq!(
        lost,
        [
            Event::ReofferFailed { id, status: 503 },
            Event::InfoDone { id, status: 503 }
        ]
    );
    solo.connect();
    solo.sent.clear();
    solo.receive(accept(&hold, 200, "", &sdp("recvonly")));
    assert_eq!(solo.request(Method::Ack).headers.get("CSeq"), Some("3 ACK"));
    solo.no_event();
    assert!(!solo.ua.session(id).unwrap().local_hold());
    solo.ua.reoffer(solo.now, id, sdp("sendonly")).unwrap();
    solo.request(Method::Invite);
}

#[test]
fn a_ringing_call_survives_a_new_flow() {
    let mut solo = Solo::new();
    solo.text(&request("INVITE", 1, "<sip:asha@example.com>", &[], &offer()));
    solo.response(100);
    let Event::Incoming { id, .. } = solo.event() else {
        panic!("no call")
    };
    solo.cut();
    solo.run(3_000);
    solo.connect();
    solo.no_event();
    solo.ua.answer(solo.now, id, offer()).unwrap();
    solo.response(200);
}

#[test]
fn connecting_twice_is_a_new_flow() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    solo.request(Method::Register);
    solo.connect();
    assert!(matches!(solo.event(), Event::RegisterFailed(_)));
}

#[test]
fn a_flow_timer_shortens_the_pings() {
    let mut solo = kept_alive();
    solo.ua.register(solo.now);
    let register = solo.request(Method::Register);
    let mut ok = respond(&register, 200, "reg");
    ok.headers.push_raw("Flow-Timer", "15").unwrap();
    solo.receive(ok);
    solo.run(25_000);
    solo.text("\r\n");
    solo.raw.clear();
    solo.run(11_900);
    assert!(solo.raw.is_empty());
    solo.run(200);
    assert_eq!(solo.raw, ["\r\n\r\n"]);
}
