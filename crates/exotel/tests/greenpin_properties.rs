//! No answer makes a GreenPin reader panic, and no request text its writer.

use exotel::config::{Base, GreenPinApi};
use exotel::greenpin::{
    AllocationChange, BulkChange, BulkEnvelope, BulkUpdateAllocations, CreateAllocation, DeallocationPolicy,
    DeleteAllocation, Envelope, GetAllocation, Pin, Side, UpdateAllocation,
};
use exotel::{Endpoint, GreenPinLogin, PhoneNumber};
use http::Response;
use proptest::prelude::*;
use serde_json::{Value, json};

fn change(text: &str) -> AllocationChange {
    AllocationChange {
        a: Side {
            numbers: vec![PhoneNumber::from(text)],
            pin: Some(Pin::Given(text.into())),
            ..Side::default()
        },
        usage: Some(text.into()),
        deallocation_policy: Some(DeallocationPolicy {
            duration: text.to_owned(),
        }),
        ..AllocationChange::default()
    }
}

fn read_all(status: u16, body: &[u8]) {
    let Ok(answer) = Response::builder().status(status).body(body.to_vec()) else {
        return;
    };
    let _ = CreateAllocation::default().parse(&answer);
    let _ = GetAllocation {
        greenpin_id: String::new(),
    }
    .parse(&answer);
    let _ = DeleteAllocation {
        greenpin_id: String::new(),
    }
    .parse(&answer);
    let _ = UpdateAllocation {
        greenpin_id: String::new(),
        change: change(""),
    }
    .parse(&answer);
    let _ = BulkUpdateAllocations::default().parse(&answer);
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((".{0,4}", inner), 0..4).prop_map(|pairs| pairs.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_an_answer(status in 100_u16..1000, body in prop::collection::vec(any::<u8>(), 0..300)) {
        read_all(status, &body);
        read_all(200, &body);
    }

    #[test]
    fn any_value_may_stand_in_any_place(
        (status, success, code, data, side) in (value(), value(), value(), value(), value()),
        http in prop::sample::select(vec![200_u16, 207, 400, 452, 500]),
    ) {
        let allocation = json!({"greenpin_id": data, "a": side, "b": {"vns": side, "pin": data}, "usage": code, "deallocation_time": status});
        for data in [data, allocation] {
            let one = json!({"success": success, "status": status, "code": code, "message": success, "data": data});
            let many = json!({"metadata": {"failed": code}, "http_code": status, "response": [one, data]});
            read_all(http, one.to_string().as_bytes());
            read_all(http, many.to_string().as_bytes());
            let _ = serde_json::from_value::<Envelope>(one);
            let _ = serde_json::from_value::<BulkEnvelope>(many);
        }
    }

    #[test]
    fn any_text_is_refused_or_sent(text in any::<String>(), id in any::<String>()) {
        let config = GreenPinApi {
            base: Base::new("http://127.0.0.1").map_err(|error| TestCaseError::fail(error.to_string()))?,
            tenant_id: id.clone(),
            header: Some(("X-Version".to_owned(), text.clone())),
        };
        let login = GreenPinLogin { user: text.as_str().into(), password: id.as_str().into() };
        let bulk = BulkChange { greenpin_id: id.clone(), transaction_id: text.clone(), change: change(&text) };
        let _ = UpdateAllocation { greenpin_id: id.clone(), change: change(&text) }.request(&config, &login);
        let _ = BulkUpdateAllocations { greenpins: vec![bulk] }.request(&config, &login);
        let _ = GetAllocation { greenpin_id: id }.request(&config, &login);
    }
}
