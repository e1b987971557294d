//! No bytes whatsoever make a webhook's reader panic, and what was read can be written and read again.

use exotel::hooks::{self, CustomField, DialWhomAnswer, HookKind};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Names that readers look for, and some that nobody knows.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "CallSid", "call_sid", "AppUserID", "CallStatus", "CallState", "CallDetail", "TotalDuration", "StartTime",
            "EndTime", "FromNumber", "Direction", "greenpin_id", "transation_id", "transaction_id", "pin",
            "aparty_pins", "aparty_numbers", "usage", "start_time", "on_call_duration", "caller", "subscriberName",
            "payload", "digits", "Legs", "Legs[0][Status]", "Legs[1][OnCallDuration]", "Legs[]", "CustomField",
        ]).prop_map(str::to_owned),
        1 => "[a-zA-Z_\\[\\]0-9]{0,12}",
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // Quarters are exact; the last digit of other fractions is not kept by our JSON reader.
        any::<i32>().prop_map(|quarters| Value::from(f64::from(quarters) / 4.0)),
        any::<String>().prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T+ ][0-9:]{8}[0-9:+Z.-]{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "1",
            "active",
            "terminal",
            "\"42\"",
            "[{\"Status\":1}]",
            "[",
            " 91"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Reads in every way; what is read is written and read again, and then stays the same.
fn exercise(content_type: Option<&str>, query: &str, body: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(fields) = hooks::fields(content_type, query, body) {
        let _ = (hooks::guess_kind(query, &fields), format!("{fields:?}"));
    }
    for kind in HookKind::ALL {
        let Ok(hook) = hooks::parse(kind, content_type, query, body) else {
            continue;
        };
        let _ = (hook.dedup_key(), format!("{hook:?}"), hook.call_sid());
        let json = hook.to_json().to_string();
        if json.len() <= hooks::MAX_BYTES {
            let again = hooks::parse(kind, Some("application/json"), "", json.as_bytes());
            prop_assert_eq!(again.map(|hook| hook.to_json().to_string()), Ok(json));
        }
        let _ = hooks::parse(kind, None, &hook.to_form(), b"");
    }
    Ok(())
}

proptest! {
    #[test]
    fn bytes_as_json(body in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise(Some("application/json"), "", &body)?;
    }

    #[test]
    fn bytes_as_form(body in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise(Some("application/x-www-form-urlencoded"), "", &body)?;
    }

    #[test]
    fn bytes_as_multipart(body in prop::collection::vec(any::<u8>(), 0..400), boundary in "[a-z]{0,3}") {
        let body = [b"--".as_slice(), boundary.as_bytes(), &body].concat();
        exercise(Some(&format!("multipart/form-data; boundary={boundary}")), "", &body)?;
    }

    #[test]
    fn text_as_query(query in any::<String>(), content_type in any::<String>()) {
        exercise(Some(&content_type), &query, b"")?;
    }

    #[test]
    fn objects(fields in prop::collection::btree_map(name(), value(), 0..12)) {
        let body = Value::Object(fields.into_iter().collect::<Map<_, _>>());
        exercise(None, "", body.to_string().as_bytes())?;
    }

    #[test]
    fn pairs(pairs in prop::collection::vec((name(), any::<String>()), 0..12)) {
        let query = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        exercise(None, &query, b"")?;
        exercise(None, "", query.as_bytes())?;
    }

    #[test]
    fn answers_and_messages(status in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..200), text in any::<String>()) {
        let _ = DialWhomAnswer::parse(status, &body);
        let _ = DialWhomAnswer::parse(200, text.as_bytes());
        let _ = DialWhomAnswer::subscriber(&text);
        if let Ok(message) = CustomField::new(text.clone()) {
            prop_assert_eq!(message.as_str(), text);
        }
    }
}
