//! What a host asks, and what comes of it.

use super::*;

#[test]
fn every_commands_name_is_read() {
    let samples = [
        json!({ "dial": { "number": "1001" } }),
        json!({ "answer": {} }),
        json!({ "decline": { "call": null } }),
        json!({ "hangUp": { "call": 3 } }),
        json!({ "hold": { "on": true } }),
        json!({ "mute": { "on": false, "and": "more" } }),
        json!({ "digits": { "digits": "12#" } }),
        json!({ "statistics": {} }),
        json!({ "device": { "ringing": "telephone" } }),
        json!({ "available": { "available": true } }),
        json!({ "note": { "sid": "s", "text": "t" } }),
        json!({ "fill": { "number": "1001" } }),
        json!({ "log": { "on": true } }),
        json!({ "logged": { "sid": "s", "reference": "r" } }),
        json!({ "logFailed": { "sid": "s", "words": "w" } }),
        json!({ "signIn": { "ticket": "t" } }),
        json!({ "look": { "look": { "theme": { "accent": "#123" } } } }),
        json!({ "subscribe": { "events": ["call", "signIn"] } }),
        json!({ "snapshot": {} }),
    ];
    let names = samples.map(|sample| {
        let read = asked(&json!({ "id": 1, "ask": sample, "later": true }).to_string());
        read.unwrap_or_else(|unread| panic!("{sample}: {unread:?}"))
            .ask
            .name()
    });
    assert_eq!(names, Ask::NAMES);
}

#[test]
fn what_is_no_command_is_refused_in_words() {
    let fault = |text: &str| {
        let unread = asked(text).unwrap_err();
        (unread.id, unread.fault.code, unread.fault.message)
    };
    let (id, code, words) = fault(r#"{"id":4,"ask":{"transfer":{"to":"+91"}}}"#);
    assert_eq!((id, code), (Some(4), FaultCode::UnknownCommand));
    assert!(
        words.contains("\"transfer\"") && words.contains("hangUp"),
        "{words}"
    );
    let (id, code, words) = fault(r#"{"id":5,"ask":{"dial":{}}}"#);
    assert_eq!((id, code), (Some(5), FaultCode::BadMessage));
    assert!(words.contains("number"), "{words}");
    for garbage in [
        "",
        "null",
        "[]",
        "\"dial\"",
        "{\"id\":-1}",
        "{\"id\":4294967296,\"ask\":{}}",
        "{\"ask\":{\"answer\":{}}}",
        "{\"id\":1}",
        "{\"id\":1,\"ask\":\"answer\"}",
        "{\"id\":1,\"ask\":{\"answer\":{},\"decline\":{}}}",
        &"[".repeat(10_000),
        &"x".repeat(LONGEST + 1),
    ] {
        assert_eq!(fault(garbage).1, FaultCode::BadMessage, "{garbage:.40}");
    }
}

#[test]
fn a_call_is_answered_held_muted_and_ended() {
    let mut link = linked();
    link.show(1, PageId(7), with(call(3, CallState::Incoming)));
    assert!(
        matches!(&said(&mut link)[..], [ToHost::Event { event: Event::Call(Some(call)), .. }] if call.can_answer)
    );
    ask(&mut link, 1, &json!({ "answer": { "call": 3 } }));
    assert_eq!(
        deeds(&mut link),
        [
            Deed::Say(ToHost::Ack { id: 1 }),
            Deed::Command(Command::Answer(CallId(3)))
        ]
    );
    let mut up = call(3, CallState::Established);
    up.owner = Some(PageId(7));
    link.show(2, PageId(7), with(up.clone()));
    let [
        ToHost::Event {
            event: Event::Call(Some(told)),
            ..
        },
        ToHost::Done {
            id: 1,
            outcome: Outcome::Call(done),
        },
    ] = &said(&mut link)[..]
    else {
        panic!("connected is not told")
    };
    assert!(told == done && done.here);
    ask(&mut link, 2, &json!({ "hold": { "on": true } }));
    assert_eq!(
        deeds(&mut link).pop(),
        Some(Deed::Command(Command::Hold(CallId(3), true)))
    );
    up.hold_pending = true;
    link.show(3, PageId(7), with(up.clone()));
    assert_eq!(deeds(&mut link), [], "on its way");
    (up.hold_pending, up.held) = (false, true);
    link.show(4, PageId(7), with(up.clone()));
    assert!(matches!(said(&mut link).pop(), Some(ToHost::Done { id: 2, .. })));
    // So it is already.
    ask(&mut link, 3, &json!({ "hold": { "on": true } }));
    assert!(matches!(said(&mut link).pop(), Some(ToHost::Done { id: 3, .. })));
    ask(&mut link, 4, &json!({ "hangUp": {} }));
    let _ = deeds(&mut link);
    let ended = EndedView {
        id: CallId(3),
        way: Way::In,
        peer: up.peer,
        call_sid: Some("sid-1".into()),
        reason: EndReason::HungUp,
        talked: 5,
        at: 9_000,
    };
    link.show(
        5,
        PageId(7),
        View {
            ended: Some(ended),
            ..view()
        },
    );
    let told = said(&mut link);
    assert!(
        matches!(
            &told[..],
            [
                ToHost::Event {
                    seq: 6,
                    event: Event::Ended(_)
                },
                ToHost::Event {
                    seq: 7,
                    event: Event::Call(None)
                },
                ToHost::Done {
                    id: 4,
                    outcome: Outcome::Nothing
                },
            ]
        ),
        "{told:?}"
    );
}

#[test]
fn what_cannot_be_is_refused_at_once() {
    let mut link = linked();
    assert_eq!(refusal(&mut link, &json!({ "answer": {} })), FaultCode::NoCall);
    assert_eq!(
        refusal(&mut link, &json!({ "dial": { "number": "call me" } })),
        FaultCode::BadNumber
    );
    link.show(1, PageId(7), with(call(3, CallState::Incoming)));
    let _ = deeds(&mut link);
    assert_eq!(
        refusal(&mut link, &json!({ "dial": { "number": "1001" } })),
        FaultCode::InCall
    );
    assert_eq!(
        refusal(&mut link, &json!({ "answer": { "call": 2 } })),
        FaultCode::NoCall
    );
    assert_eq!(
        refusal(&mut link, &json!({ "mute": { "on": true } })),
        FaultCode::WrongState
    );
    let away = CallView {
        leg: LegView::Away,
        ..call(3, CallState::Incoming)
    };
    link.show(2, PageId(7), with(away));
    let _ = deeds(&mut link);
    assert_eq!(
        refusal(&mut link, &json!({ "answer": {} })),
        FaultCode::WrongState
    );
    link.show(3, PageId(7), with(call(3, CallState::Established)));
    let _ = deeds(&mut link);
    assert_eq!(
        refusal(&mut link, &json!({ "digits": { "digits": "12x" } })),
        FaultCode::BadDigit
    );
    link.show(
        4,
        PageId(7),
        View {
            link: LinkView::Offline,
            ..view()
        },
    );
    let _ = deeds(&mut link);
    assert_eq!(
        refusal(&mut link, &json!({ "dial": { "number": "1001" } })),
        FaultCode::NotReady
    );
    link.signed_out(5, true);
    let _ = deeds(&mut link);
    assert_eq!(
        refusal(&mut link, &json!({ "available": { "available": true } })),
        FaultCode::SignedOut
    );
}

#[test]
fn a_command_that_comes_to_nothing_ends_by_its_time() {
    let mut link = linked();
    ask(&mut link, 1, &json!({ "dial": { "number": "1001" } }));
    assert_eq!(deeds(&mut link).pop(), Some(Deed::Dial("1001".into())));
    link.show(
        1,
        PageId(7),
        View {
            refusal: Some(Refusal::BadNumber),
            ..view()
        },
    );
    assert!(
        matches!(said(&mut link).pop(), Some(ToHost::Failed { id: Some(1), fault }) if fault.code == FaultCode::BadNumber)
    );
    // The refusal that stands is not one of this command.
    ask(&mut link, 2, &json!({ "dial": { "number": "1001" } }));
    link.tick(4_999);
    assert!(
        said(&mut link)
            .iter()
            .all(|said| !matches!(said, ToHost::Failed { .. }))
    );
    link.tick(5_000);
    assert!(matches!(
        said(&mut link).pop(),
        Some(ToHost::Failed { id: Some(2), .. })
    ));
    assert_eq!(link.poll(), None);
}

#[test]
fn the_server_is_asked_in_the_agents_name() {
    let mut link = linked();
    ask(&mut link, 1, &json!({ "available": { "available": true } }));
    assert_eq!(
        deeds(&mut link).pop(),
        Some(Deed::Server(1, ServerWork::Device(Ringing::Browser)))
    );
    link.settled(1, 1, Ok(Outcome::Ringing(Ringing::Browser)));
    assert!(matches!(
        &said(&mut link)[..],
        [
            ToHost::Event {
                event: Event::Ringing(Ringing::Browser),
                ..
            },
            ToHost::Done { id: 1, .. }
        ]
    ));
    link.rings(2, Some(Device::Browser));
    assert_eq!(said(&mut link), [], "known already");
    link.rings(3, None);
    assert!(matches!(
        &said(&mut link)[..],
        [ToHost::Event {
            event: Event::Ringing(Ringing::Nothing),
            ..
        }]
    ));
}

#[test]
fn a_host_with_tickets_is_asked_for_one_when_it_is_nobodys_wish_to_be_out() {
    let mut link = Link::default();
    link.welcome(0, hello(true));
    let asked =
        |said: &ToHost, why| matches!(said, ToHost::Event { event: Event::SignIn(is), .. } if *is == why);
    assert!(
        said(&mut link)
            .iter()
            .any(|said| asked(said, SignInWanted::Start))
    );
    link.signed_out(0, false);
    assert_eq!(deeds(&mut link), [], "a ticket is on its way");
    ask(&mut link, 1, &json!({ "signIn": { "ticket": "t-1" } }));
    assert_eq!(deeds(&mut link).pop(), Some(Deed::SignIn("t-1".into())));
    link.signed_in(1, "asha".into());
    assert!(matches!(said(&mut link).pop(), Some(ToHost::Done { id: 1, .. })));
    // The session ends by itself.
    link.signed_out(2, true);
    assert!(
        said(&mut link)
            .iter()
            .any(|said| asked(said, SignInWanted::Ended))
    );
    link.signed_in(3, "asha".into());
    let _ = deeds(&mut link);
    // The agent signs out.
    link.signed_out(4, false);
    assert!(
        !said(&mut link)
            .iter()
            .any(|said| asked(said, SignInWanted::Ended))
    );
}

fn due(sid: &str) -> protocol::crm_log::LogEntries {
    let entry = json!({
        "sid": sid, "lease": "l-1", "revision": 1, "reference": null, "direction": "inbound", "number": "+919812345678",
        "virtual_number": "+918040001000", "started_at": 1, "ended_at": 2, "talked_s": 1, "outcome": "completed", "note": "",
        "disposition": ""
    });
    serde_json::from_value(json!({ "entries": [entry] })).unwrap()
}

#[test]
fn a_call_is_given_to_a_host_that_logs_and_its_lease_comes_back_with_the_answer() {
    let mut link = linked();
    link.tick(1_000_000);
    assert!(!deeds(&mut link).contains(&Deed::Lease), "nobody has asked");
    assert_eq!(
        refusal(&mut link, &json!({ "logged": { "sid": "s", "reference": "r" } })),
        FaultCode::NoCall
    );
    ask(&mut link, 1, &json!({ "log": { "on": true } }));
    let _ = deeds(&mut link);
    link.tick(0);
    assert_eq!(deeds(&mut link), [Deed::Lease]);
    link.tick(0);
    assert_eq!(deeds(&mut link), [], "asked twice at once");
    // A host that wants other events is told all the same.
    ask(&mut link, 2, &json!({ "subscribe": { "events": ["call"] } }));
    let _ = deeds(&mut link);
    link.leased(0, Some(due("s")));
    let told = said(&mut link);
    assert!(
        matches!(&told[..], [ToHost::Event { event: Event::Log(entry), .. }] if entry.sid == "s"),
        "{told:?}"
    );
    ask(
        &mut link,
        3,
        &json!({ "logged": { "sid": "s", "reference": "r" } }),
    );
    let asked = deeds(&mut link);
    let is_done = |deed: &Deed| match deed {
        Deed::Server(3, ServerWork::Logged { sid, done }) => {
            sid == "s" && done.lease == "l-1" && done.reference == "r"
        }
        _ => false,
    };
    assert!(asked.iter().any(is_done), "{asked:?}");
    assert_eq!(
        refusal(&mut link, &json!({ "logFailed": { "sid": "s", "words": "w" } })),
        FaultCode::NoCall,
        "a lease is used up"
    );
}

#[test]
fn a_number_is_put_into_the_field() {
    let mut link = linked();
    ask(&mut link, 1, &json!({ "fill": { "number": "080 4000 1001" } }));
    assert!(deeds(&mut link).contains(&Deed::Fill("080 4000 1001".into())));
}
