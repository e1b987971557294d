//! No answer, however broken, makes a reader panic.

mod support;

use proptest::prelude::*;
use serde_json::{Map, Value};
use support::{answer, cases, sample};

/// JSON that has the platform's field names in the wrong places.
fn near_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        Just("Data"),
        Just("Status"),
        Just("Code"),
        Just("Error"),
        Just("response"),
        Just("data"),
        Just("code"),
        Just("error_data"),
        Just("status"),
        Just("metadata"),
        Just("next_page_uri"),
        Just("subscriber_token"),
        Just("Users"),
        Just("AppUserId"),
        Just("Call"),
        Just("Details"),
        Just("CreatedAt"),
        Just("DeletedAt"),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just("Success".to_owned()), "[ -~é]{0,12}", "[0-9T:+-]{0,25}"].prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6).prop_map(|fields| {
                Value::Object(
                    fields
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect::<Map<_, _>>(),
                )
            }),
        ]
    })
}

fn read_by_all(status: u16, body: &[u8]) {
    for case in cases::all() {
        if let Err(error) = (case.parse)(&answer(status, body)) {
            let _ = (error.to_string(), error.advice());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes(status in 100_u16..1000, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_by_all(status, &body);
    }

    #[test]
    fn no_json(status in prop_oneof![Just(200_u16), Just(207), Just(404)], body in near_json()) {
        read_by_all(status, body.to_string().as_bytes());
    }

    #[test]
    fn no_cut_or_changed_sample(at in 0_usize..3000, byte in any::<u8>(), cut in any::<bool>()) {
        for name in ["integrations/list_users", "subscribers/create_token", "subscribers/list", "call_details/v1"] {
            let mut body = sample(&format!("{name}_response.json")).into_bytes();
            let at = at % body.len();
            if cut { body.truncate(at) } else { body[at] = byte }
            read_by_all(200, &body);
        }
    }
}

#[test]
fn no_depth() {
    let deep = "[".repeat(100_000);
    read_by_all(200, deep.as_bytes());
    read_by_all(404, format!("{{\"Error\":{deep}").as_bytes());
}
