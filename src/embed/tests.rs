use phone::view::{EndedView, LegView, Peer, Refusal, Way};
use phone::{CallId, CallState, CallView, Command, EndReason, LinkView, NewsLine, PageId, View};
use protocol::embed::{
    Ask, Event, FaultCode, Hello, Knock, LONGEST, Look, Outcome, Ringing, SignInWanted, ToHost,
};
use serde_json::{Value, json};

use super::*;
use crate::companion::Device;

const HOST: &str = "https://crm.test";

fn view() -> View {
    View {
        link: LinkView::Ready,
        news: NewsLine::Live,
        address: Some("sip:asha@sandbox.test".into()),
        call: None,
        ended: None,
        missed: Vec::new(),
        refusal: None,
    }
}

fn call(id: u32, state: CallState) -> CallView {
    CallView {
        id: CallId(id),
        way: Way::In,
        peer: Peer {
            name: Some("Kavya Rao".into()),
            number: "+919876543210".into(),
            uri: "sip:+919876543210@sandbox.test".into(),
        },
        state,
        leg: LegView::Here,
        started: 1_000,
        established: None,
        owner: None,
        muted: false,
        held: false,
        held_by_peer: false,
        hold_pending: false,
        digits: String::new(),
        call_sid: Some("sid-1".into()),
        virtual_number: None,
        sip_call_id: "a".into(),
    }
}

fn with(call: CallView) -> View {
    View {
        call: Some(call),
        ..view()
    }
}

fn hello(tickets: bool) -> Hello {
    Hello {
        version: 1,
        nonce: "n-1".into(),
        origin: HOST.into(),
        tickets,
        look: Look::default(),
    }
}

/// A link with a host, a registered phone and an agent; what it had to say of them is forgotten.
fn linked() -> Link {
    let mut link = Link::default();
    link.welcome(0, hello(false));
    link.signed_in(0, "asha".into());
    link.show(0, PageId(7), view());
    let _ = deeds(&mut link);
    link
}

/// All but the wake-ups.
fn deeds(link: &mut Link) -> Vec<Deed> {
    std::iter::from_fn(|| link.poll())
        .filter(|deed| !matches!(deed, Deed::Wake(_)))
        .collect()
}

/// What is said to the host.
fn said(link: &mut Link) -> Vec<ToHost> {
    let said = |deed| match deed {
        Deed::Say(said) => Some(said),
        _ => None,
    };
    deeds(link).into_iter().filter_map(said).collect()
}

fn ask(link: &mut Link, id: u32, ask: &Value) {
    link.hear(0, &json!({ "id": id, "ask": ask }).to_string());
}

/// The fault a command is refused with at once.
fn refusal(link: &mut Link, asked: &Value) -> FaultCode {
    ask(link, 99, asked);
    match said(link).pop() {
        Some(ToHost::Failed { id: Some(99), fault }) => fault.code,
        other => panic!("{asked} is not refused: {other:?}"),
    }
}

#[test]
fn only_the_page_around_with_the_loads_own_nonce_is_let_in() {
    let knock = |change: fn(&mut Hello)| {
        let mut said = hello(false);
        change(&mut said);
        serde_json::to_string(&Knock::SoftphoneHello(said)).unwrap()
    };
    let right = knock(|_| ());
    let letter = |text| Letter {
        from_parent: true,
        origin: HOST,
        text: Some(text),
        ports: 1,
    };
    let wrong = [
        knock(|hello| hello.nonce = "n-2".into()),
        knock(|hello| hello.nonce.clear()),
        knock(|hello| hello.version = 2),
        knock(|hello| hello.origin = "https://evil.test".into()),
        String::from("{}"),
        String::from("softphoneHello"),
        right.replace("softphoneHello", "softphoneReady"),
        [right.as_str(), " ".repeat(LONGEST).as_str()].concat(),
    ];
    let mut door = Door::new(HOST.into(), "n-1".into());
    for text in &wrong {
        assert_eq!(door.hear(letter(text)), Knocked::Nothing, "{text:.200}");
    }
    for stranger in [
        Letter {
            from_parent: false,
            ..letter(&right)
        },
        Letter {
            origin: "https://crm.test.evil.test",
            ..letter(&right)
        },
        Letter {
            origin: "http://crm.test",
            ..letter(&right)
        },
        Letter {
            origin: "null",
            ..letter(&right)
        },
        Letter {
            text: None,
            ..letter(&right)
        },
        Letter {
            ports: 0,
            ..letter(&right)
        },
        Letter {
            ports: 2,
            ..letter(&right)
        },
    ] {
        assert_eq!(door.hear(stranger), Knocked::Nothing, "{stranger:?}");
    }
    assert_eq!(door.ready().map(|(to, _)| to), Some(HOST));
    assert_eq!(door.hear(letter(&right)), Knocked::Welcome(hello(false)));
    // The nonce is spent.
    assert_eq!(
        (door.hear(letter(&right)), door.ready().is_none()),
        (Knocked::Nothing, true)
    );
}

#[test]
fn an_opaque_origin_is_nobodys() {
    let mut said = hello(false);
    said.origin = "null".into();
    let text = serde_json::to_string(&Knock::SoftphoneHello(said)).unwrap();
    let letter = Letter {
        from_parent: true,
        origin: "null",
        text: Some(&text),
        ports: 1,
    };
    let mut door = Door::new("null".into(), "n-1".into());
    assert_eq!(door.hear(letter), Knocked::Nothing);
}

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
        json!({ "device": { "ringing": "telephone" } }),
        json!({ "available": { "available": true } }),
        json!({ "note": { "sid": "s", "text": "t" } }),
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

#[test]
fn a_stranger_is_not_heard_and_a_host_hears_what_it_wants() {
    let mut link = Link::default();
    link.show(0, PageId(7), view());
    link.hear(0, r#"{"id":1,"ask":{"snapshot":{}}}"#);
    assert_eq!(deeds(&mut link), []);
    let mut link = linked();
    ask(&mut link, 1, &json!({ "subscribe": { "events": ["ended"] } }));
    let _ = deeds(&mut link);
    link.show(1, PageId(7), with(call(3, CallState::Incoming)));
    assert_eq!(said(&mut link), []);
    ask(&mut link, 2, &json!({ "snapshot": {} }));
    let Some(ToHost::Done {
        outcome: Outcome::Snapshot(snapshot),
        ..
    }) = said(&mut link).pop()
    else {
        panic!("no snapshot")
    };
    assert_eq!(snapshot.call.map(|call| call.id), Some(3));
}

/// A hundred thousand messages that are nearly right: none may end the program, and none may be obeyed.
#[test]
fn forged_messages_do_nothing() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    let seeds = [
        r#"{"id":1,"ask":{"answer":{"call":3}}}"#,
        r#"{"id":2,"ask":{"hangUp":{}}}"#,
        r#"{"id":3,"ask":{"digits":{"digits":"12#"}}}"#,
        r#"{"softphoneHello":{"version":1,"nonce":"n-1","origin":"https://crm.test"}}"#,
    ];
    let mut closed = Link::default();
    closed.show(0, PageId(7), with(call(3, CallState::Incoming)));
    let _ = deeds(&mut closed);
    let mut door = Door::new(HOST.into(), "another".into());
    let mut open = linked();
    for _ in 0..100_000 {
        let mut text = seeds[random() % seeds.len()].as_bytes().to_vec();
        for _ in 0..random() % 4 {
            let at = random() % text.len();
            match random() % 3 {
                0 => text[at] = b" {}[]\":,0a\\\x7f"[random() % 12],
                1 => drop(text.remove(at)),
                _ => text.insert(at, b"{}[]\":,9\\u"[random() % 10]),
            }
        }
        let text = String::from_utf8_lossy(&text);
        closed.hear(0, &text);
        assert_eq!(closed.poll(), None, "{text}");
        let letter = Letter {
            from_parent: true,
            origin: HOST,
            text: Some(&text),
            ports: 1,
        };
        assert_eq!(door.hear(letter), Knocked::Nothing, "{text}");
        // There is no call: whatever is read of it, nothing can be done.
        open.hear(0, &text);
        while let Some(deed) = open.poll() {
            assert!(
                matches!(deed, Deed::Say(_) | Deed::Wake(None)),
                "{text}: {deed:?}"
            );
        }
    }
}
