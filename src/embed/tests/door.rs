//! Who is let in, and who is not heard.

use super::*;

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
