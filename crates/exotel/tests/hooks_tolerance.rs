//! What the platform gets wrong, and what anybody may send.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::{Duration, Instant};

use exotel::hooks::{self, CallNotice, Fields, Hook, HookError, HookKind, MAX_BYTES, guess_kind};
use serde_json::{Value, json};

fn notice(body: &Value) -> CallNotice {
    match hooks::parse(HookKind::Callback, None, "", body.to_string().as_bytes()).unwrap() {
        Hook::Callback(notice) => notice,
        other => panic!("{other:?}"),
    }
}

fn green_pin_call(body: &Value) -> hooks::GreenPinCall {
    match hooks::parse(
        HookKind::GreenPinCallCompleted,
        None,
        "",
        body.to_string().as_bytes(),
    )
    .unwrap()
    {
        Hook::GreenPinCallCompleted(call) => call,
        other => panic!("{other:?}"),
    }
}

#[test]
fn ids_are_read_in_both_spellings() {
    for (id, app, user) in [
        ("CustomerId", "AppId", "AppUserID"),
        ("CustomerID", "AppID", "AppUserId"),
        ("customer_id", "app_id", "app_user_id"),
    ] {
        let read = notice(&json!({"CallSid": "1", id: "c", app: "a", user: "u"}));
        assert_eq!(
            (
                read.customer_id.as_str(),
                read.app_id.as_str(),
                read.app_user_id.as_str()
            ),
            ("c", "a", "u")
        );
        assert!(read.more.0.is_empty());
    }
}

#[test]
fn a_misspelt_transaction_id_is_read() {
    let call = green_pin_call(&json!({"call_sid": "1", "transation_id": "order-42"}));
    assert_eq!(call.transaction_id, "order-42");
    let both =
        green_pin_call(&json!({"call_sid": "1", "transation_id": "old", "transaction_id": "order-42"}));
    assert_eq!(both.transaction_id, "order-42");
}

#[test]
fn durations_are_numbers_or_strings() {
    for (sent, read) in [
        (json!(10), Some(10)),
        (json!("10"), Some(10)),
        (json!(10.0), Some(10)),
        (json!(""), None),
        (json!(null), None),
        (json!(-1), None),
        (json!("soon"), None),
        (json!(1e300), None),
        (json!([1]), None),
    ] {
        assert_eq!(
            notice(&json!({"CallSid": "1", "TotalDuration": sent})).total_duration,
            read
        );
        assert_eq!(
            green_pin_call(&json!({"call_sid": "1", "on_call_duration": sent})).on_call_duration,
            read
        );
    }
}

#[test]
fn placeholders_of_a_time_are_unset_and_impossible_ones_no_panic() {
    for text in [
        "",
        "0001-01-01T00:00:00Z",
        "1970-01-01+05:30:00",
        "1970-01-01 05:30:00",
    ] {
        assert!(
            notice(&json!({"CallSid": "1", "EndTime": text}))
                .end_time
                .unwrap()
                .is_unset(),
            "{text}"
        );
    }
    let call = green_pin_call(&json!({"call_sid": "1", "start_time": "2020-03-23T12:58:02+50:30"}));
    assert_eq!(
        (call.start_time.unix_ms(), call.start_time.as_str()),
        (None, "2020-03-23T12:58:02+50:30")
    );
}

#[test]
fn unknown_fields_and_words_are_kept() {
    let sent = json!({"CallSid": "1", "CallStatus": "abducted", "CallState": 7, "NewField": {"deep": [1]}, "new": null});
    let read = notice(&sent);
    assert_eq!(
        (read.call_status.as_str(), read.call_state.as_str()),
        ("abducted", "7")
    );
    let written = Hook::Callback(read).to_json();
    assert_eq!(
        (&written["NewField"], &written["new"]),
        (&json!({"deep": [1]}), &Value::Null)
    );
    assert_eq!(written["CallStatus"], "abducted");
}

#[test]
fn a_plus_that_a_form_lost_in_a_list_is_put_back() {
    let form = "greenpin_id=1&aparty_numbers[0]=+917987686144&aparty_numbers[1]=08040408080\
                &bparty_vns=[\"+916292134471\"]&bparty_numbers[]=+919956555625";
    let Hook::GreenPinDeallocated(gone) =
        hooks::parse(HookKind::GreenPinDeallocated, None, "", form.as_bytes()).unwrap()
    else {
        panic!()
    };
    let reveal = |numbers: &[exotel::PhoneNumber]| {
        let texts = numbers.iter().map(|number| number.reveal().to_owned());
        texts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(reveal(&gone.aparty_numbers), "+917987686144 08040408080");
    assert_eq!(reveal(&gone.bparty_numbers), "+919956555625");
    assert_eq!(reveal(&gone.bparty_vns), "+916292134471");
}

#[test]
fn a_plus_that_a_form_lost_is_put_back() {
    let query =
        "CallSid=1&FromNumber=+917987686144&ToNumber=%2B917987686144&StartTime=2026-09-28T14:31:08+05:30";
    let Ok(Hook::Callback(read)) = hooks::parse(HookKind::Callback, None, query, b"") else {
        panic!()
    };
    assert_eq!(
        (read.from_number.reveal(), read.to_number.reveal()),
        ("+917987686144", "+917987686144")
    );
    assert_eq!(read.start_time.unwrap().unix_ms(), Some(1_790_586_068_000));
}

#[test]
fn legs_come_in_any_shape() {
    for legs in [
        json!([{"Status": "completed"}]),
        json!({"Status": "completed"}),
        json!("[{\"Status\":\"completed\"}]"),
        json!([7, {"Status": "completed"}, null]),
    ] {
        let body = json!({"CallSid": "1", "Legs": legs}).to_string();
        let Ok(Hook::StatusCallback(read)) =
            hooks::parse(HookKind::StatusCallback, None, "", body.as_bytes())
        else {
            panic!("{legs}")
        };
        assert_eq!(
            (read.legs.len(), read.legs[0].status.as_str()),
            (1, "completed"),
            "{legs}"
        );
    }
    let form = "CallSid=1&Legs[0][Status]=busy&Legs%5B1%5D%5BStatus%5D=completed";
    let Ok(Hook::StatusCallback(read)) = hooks::parse(HookKind::StatusCallback, None, "", form.as_bytes())
    else {
        panic!()
    };
    assert_eq!(
        read.legs
            .iter()
            .map(|leg| leg.status.as_str())
            .collect::<Vec<_>>(),
        ["busy", "completed"]
    );
}

#[test]
fn what_says_nothing_is_refused() {
    for kind in HookKind::ALL {
        for body in [
            "{\"unrelated\":1}",
            "{\"CallSid\":\"\",\"greenpin_id\":null,\"subscriberName\":\"\"}",
        ] {
            let error = hooks::parse(kind, None, "", body.as_bytes()).unwrap_err();
            assert!(matches!(error, HookError::Missing { .. }), "{kind} {error}");
            assert_eq!(error.status(), 400);
        }
        assert_eq!(hooks::parse(kind, None, "", b"").unwrap_err(), HookError::Empty);
    }
}

#[test]
fn a_repeated_key_counts_once() {
    let body = br#"{"CallSid":"1","CallSid":"2","CallStatus":"busy","CallStatus":"free"}"#;
    let Ok(Hook::Popup(read)) = hooks::parse(HookKind::Popup, None, "", body) else {
        panic!()
    };
    assert_eq!((read.call_sid.as_str(), read.call_status.as_str()), ("2", "free"));
    let Ok(Hook::Popup(read)) = hooks::parse(HookKind::Popup, None, "CallSid=1&CallSid=2&callsid=", b"")
    else {
        panic!()
    };
    assert_eq!(read.call_sid, "2");
}

/// Bodies at the size limit that would be slow to read if anything were quadratic.
#[test]
fn the_largest_bodies_are_read_in_a_moment() {
    let fill = |start: &str, unit: &dyn Fn(usize) -> String| {
        let mut body = start.to_owned();
        for n in 0.. {
            let next = unit(n);
            if body.len() + next.len() + 4 > MAX_BYTES {
                break;
            }
            body.push_str(&next);
        }
        body
    };
    let bodies = [
        fill("CallSid=1", &|n| format!("&k{n}")),
        fill("CallSid=1", &|_| "&Legs[]=1".to_owned()),
        fill("CallSid=1", &|n| format!("&Legs[{n}][Status]=x")),
        fill("CallSid=1", &|n| format!("&a[{n}")),
        fill("CallSid=1&x=", &|_| "%".to_owned()),
        fill("CallSid=1&x=", &|_| "[".to_owned()),
        fill("{\"CallSid\":1", &|n| format!(",\"k{n}\":0")) + "}",
        fill("{\"CallSid\":1", &|_| ",\"CallSid\":0".to_owned()) + "}",
        fill("{\"CallSid\":1,\"x\":[1", &|_| ",{}".to_owned()) + "]}",
        fill(
            "--b\r\nContent-Disposition: form-data; name=\"CallSid\"\r\n\r\n1\r\n",
            &|_| "--b\r\n".to_owned(),
        ),
        fill("", &|_| "{\"a\":".to_owned()),
        fill("", &|_| "[".to_owned()),
        fill("", &|_| "-".to_owned()),
        fill("", &|_| "&".to_owned()),
    ];
    let start = Instant::now();
    for body in &bodies {
        for kind in HookKind::ALL {
            let _ = hooks::parse(kind, None, "", body.as_bytes());
        }
    }
    // 168 bodies of 64 KiB, unoptimised on a busy machine; quadratic reading would take minutes.
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn sizes_are_limited() {
    let body = format!("CallSid={}", "1".repeat(MAX_BYTES));
    for (query, body) in [("", body.as_str()), (body.as_str(), "")] {
        let error = hooks::parse(HookKind::Popup, None, query, body.as_bytes()).unwrap_err();
        assert_eq!(
            (error.status(), error),
            (413, HookError::TooLarge { bytes: MAX_BYTES + 8 })
        );
    }
}

fn fields(body: &str) -> Fields {
    hooks::fields(None, "", body.as_bytes()).unwrap()
}

#[test]
fn the_url_tells_the_kind_first() {
    let popup = fields(r#"{"CallSid":"1","CallState":"active","Direction":"inbound"}"#);
    for (url, kind) in [
        ("/hooks/missedcall/s3cr3t", HookKind::MissedCall),
        (
            "https://crm.example/hooks/s3cr3t/incomingCallHangup",
            HookKind::IncomingCallHungUp,
        ),
        ("/hooks?type=incomingcallhungup", HookKind::IncomingCallHungUp),
        ("/hooks?kind=green-pin-verified&x", HookKind::GreenPinVerified),
        (
            "/hooks/greenpin_call_complete_event_endpoint",
            HookKind::GreenPinCallCompleted,
        ),
        ("/hooks/", HookKind::Popup),
        ("", HookKind::Popup),
    ] {
        assert_eq!(guess_kind(url, &popup), Some(kind), "{url}");
    }
}

#[test]
fn keys_tell_the_kind_second() {
    for (body, kind) in [
        (
            "CallSid=1&Direction=outbound&CallState=active",
            Some(HookKind::Callback),
        ),
        (
            "CallSid=1&Direction=incoming&CallStatus=free&FromNumber=1",
            Some(HookKind::IncomingCallHungUp),
        ),
        (
            "CallSid=1&Direction=incoming&CallStatus=busy&FromNumber=1",
            Some(HookKind::Popup),
        ),
        (
            "{\"event\":\"incoming_call\",\"call_sid\":\"1\"}",
            Some(HookKind::Popup),
        ),
        (
            "call_sid=1&greenpin_id=2&from=3",
            Some(HookKind::GreenPinCallCompleted),
        ),
        (
            "greenpin_id=2&aparty_pins[]=1&bparty_numbers[]=3",
            Some(HookKind::GreenPinDeallocated),
        ),
        ("caller=1&pin=2&greenpin_id=3", Some(HookKind::GreenPinVerified)),
        (
            "caller=1&pin=2&call_sid=3",
            Some(HookKind::GreenPinVerificationFailed),
        ),
        (
            "CallSid=1&CallFrom=2&CallStatus=ringing",
            Some(HookKind::DialWhom),
        ),
        (
            "CallSid=1&CallFrom=2&DialCallStatus=busy",
            Some(HookKind::Passthru),
        ),
        ("subscriberName=a&payload=b", Some(HookKind::Push)),
        ("CallSid=1&Status=completed", Some(HookKind::StatusCallback)),
        ("a=b", None),
    ] {
        assert_eq!(guess_kind("/hooks", &fields(body)), kind, "{body}");
    }
}

#[test]
fn every_kind_is_known_by_its_own_word() {
    for kind in HookKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("pop".parse::<HookKind>().is_err());
}

#[test]
fn a_repeated_event_has_the_same_key_and_news_another() {
    let key = |kind, body: &str| hooks::parse(kind, None, "", body.as_bytes()).unwrap().dedup_key();
    let answered = "CallSid=1&CallState=active&CallDetail=answered";
    assert_eq!(
        key(HookKind::Callback, answered).as_str(),
        r#"["callback","1","active","","answered","",""]"#
    );
    // What is still filling in after the event does not make it another one.
    assert_eq!(
        key(HookKind::Callback, answered),
        key(HookKind::Callback, &format!("{answered}&TotalDuration=9"))
    );
    let terminal = key(
        HookKind::Callback,
        "CallSid=1&CallState=terminal&CallDetail=terminal&CallStatus=completed",
    );
    assert_ne!(terminal, key(HookKind::Callback, answered));
    let free = "CallSid=1&CallStatus=free";
    assert_ne!(
        key(HookKind::MissedCall, free),
        key(HookKind::IncomingCallHungUp, free)
    );
    // A call that rings at two agents is news for each.
    let rings = "CallSid=1&CallStatus=busy&AppUserID=";
    assert_ne!(
        key(HookKind::Popup, &format!("{rings}asha")),
        key(HookKind::Popup, &format!("{rings}ravi"))
    );
    let dialled = "CallSid=1&CallStatus=busy&DialWhomNumber=";
    let first = key(HookKind::MissedCall, &format!("{dialled}08040408080"));
    assert_ne!(first, key(HookKind::MissedCall, &format!("{dialled}08040408081")));
    assert!(!first.as_str().contains("40408080"));
    assert_ne!(
        key(HookKind::Popup, "CallSid=a&CallState=b,c"),
        key(HookKind::Popup, "CallSid=a,b&CallState=c")
    );
    let pin = key(HookKind::GreenPinVerificationFailed, "call_sid=1&pin=8642");
    assert!(!pin.as_str().contains("8642"));
    assert_ne!(
        key(HookKind::Push, "subscriberName=a&payload=b"),
        key(HookKind::Push, "subscriberName=a&payload=c")
    );
}
