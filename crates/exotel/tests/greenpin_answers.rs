//! The samples of the GreenPin seed, read and written back; its codes; its inconsistencies.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use exotel::error::Kind;
use exotel::greenpin::{
    Allocation, AllocationChange, AllocationState, BulkEnvelope, BulkUpdateAllocations, CreateAllocation,
    DeleteAllocation, Envelope, GetAllocation, GreenPinCode, Pin, UpdateAllocation, Usage,
};
use exotel::{ApiError, Endpoint, IST, PhoneNumber};
use http::Response;
use serde_json::{Value, json};

fn sample(name: &str) -> String {
    let path = format!("{}/tests/data/greenpin/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn value(name: &str) -> Value {
    serde_json::from_str(&sample(name)).unwrap()
}

fn answer(status: u16, body: &str) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .body(body.as_bytes().to_vec())
        .unwrap()
}

fn get() -> GetAllocation {
    GetAllocation {
        greenpin_id: "d7ffd4b3-c861-4bda-a024-9cef1ae2f2a8".to_owned(),
    }
}

fn read(status: u16, body: &str) -> Result<Allocation, ApiError> {
    get().parse(&answer(status, body))
}

#[test]
fn an_allocation_is_read() {
    let create = CreateAllocation::default();
    let allocation = create
        .parse(&answer(200, &sample("create_response.json")))
        .unwrap();
    assert_eq!(allocation, read(200, &sample("get_response.json")).unwrap());
    assert_eq!(allocation.greenpin_id, get().greenpin_id);
    assert_eq!(allocation.a.pin.as_ref().map(|pin| pin.reveal()), Some("123"));
    assert_eq!(allocation.b.pin, None);
    assert!(allocation.a.numbers[0].same_as(&PhoneNumber::from("7987686144")));
    assert_eq!(
        (allocation.usage.clone(), allocation.state.clone()),
        (Usage::TwoWay, AllocationState::Active)
    );
    // 12:17:09 in India is 06:47:09 UTC.
    assert_eq!(allocation.deallocation_ms(IST), Some(1_585_291_629_000));
    assert_eq!(allocation.deallocation_ms(0), Some(1_585_311_429_000));
}

#[test]
fn answers_are_written_back_as_they_were() {
    for name in [
        "create_response.json",
        "get_response.json",
        "delete_response.json",
        "update_response.json",
    ] {
        let envelope: Envelope = serde_json::from_str(&sample(name)).unwrap();
        assert_eq!(serde_json::to_value(envelope).unwrap(), value(name), "{name}");
    }
    let bulk: BulkEnvelope = serde_json::from_str(&sample("bulk_update_response.json")).unwrap();
    assert_eq!(
        serde_json::to_value(bulk).unwrap(),
        value("bulk_update_response.json")
    );
}

#[test]
fn requests_are_written_back_without_the_length_of_a_given_pin() {
    let without_lengths = |mut request: Value| {
        let places = match request.get_mut("greenpins") {
            Some(items) => items.as_array_mut().unwrap().iter_mut().collect(),
            None => vec![&mut request],
        };
        for place in places {
            for side in ["a", "b"] {
                place[side].as_object_mut().unwrap().remove("pin_length");
            }
        }
        request
    };
    let create: CreateAllocation = serde_json::from_str(&sample("create_request.json")).unwrap();
    assert_eq!(
        serde_json::to_value(&create).unwrap(),
        without_lengths(value("create_request.json"))
    );
    let update: AllocationChange = serde_json::from_str(&sample("update_request.json")).unwrap();
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        without_lengths(value("update_request.json"))
    );
    for name in [
        "bulk_update_request.json",
        "bulk_update_request_with_transaction_id.json",
    ] {
        let bulk: BulkUpdateAllocations = serde_json::from_str(&sample(name)).unwrap();
        assert_eq!(
            serde_json::to_value(&bulk).unwrap(),
            without_lengths(value(name)),
            "{name}"
        );
    }
}

#[test]
fn a_pin_length_is_a_number_or_a_numeric_string() {
    for (length, pin) in [
        (json!(3), Some(Pin::OfLength(3))),
        (json!("3"), Some(Pin::OfLength(3))),
        (json!(-1), Some(Pin::OfLength(u32::MAX))),
        (json!("three"), None),
        (json!(null), None),
    ] {
        let change: AllocationChange = serde_json::from_value(json!({"a": {"pin_length": length}})).unwrap();
        assert_eq!(change.a.pin, pin);
    }
    let both: AllocationChange = serde_json::from_value(
        json!({"a": {"pin": "0042", "pin_length": 2}, "Deallocation_policy": {"duration": "2h"}}),
    )
    .unwrap();
    assert_eq!(both.a.pin, Some(Pin::Given("0042".into())));
    assert_eq!(both.deallocation_policy.unwrap().seconds(), Some(7200));
}

#[test]
fn an_update_tells_its_request_id() {
    let update = UpdateAllocation {
        greenpin_id: "x".to_owned(),
        change: AllocationChange::default(),
    };
    let updated = update
        .parse(&answer(200, &sample("update_response.json")))
        .unwrap();
    assert_eq!(updated.request_id.as_deref(), Some("b45f20XXX5f8712"));
    assert_eq!(updated.allocation.transaction_id, "random_string");
}

#[test]
fn a_deleted_allocation_is_gone_whatever_its_state() {
    let delete = DeleteAllocation {
        greenpin_id: get().greenpin_id,
    };
    let gone = delete
        .parse(&answer(200, &sample("delete_response.json")))
        .unwrap();
    assert_eq!(gone.was.unwrap().state, AllocationState::Active);
    assert!(delete.parse(&answer(204, "")).unwrap().was.is_none());
    let again = serde_json::to_string(&Envelope::refusal(GreenPinCode::AlreadyDeleted)).unwrap();
    assert_eq!(
        delete
            .parse(&answer(410, &again))
            .unwrap_err()
            .refusal()
            .unwrap()
            .kind,
        Kind::Gone
    );
}

#[test]
fn a_bulk_answer_is_read_item_by_item() {
    let bulk = BulkUpdateAllocations::default();
    let all = bulk
        .parse(&answer(207, &sample("bulk_update_response.json")))
        .unwrap();
    assert_eq!(
        (all.items.len(), all.metadata.total, all.metadata.failed),
        (2, Some(2), Some(0))
    );
    assert_eq!(
        all.items[1].as_ref().unwrap().greenpin_id,
        "yabadan-c861-4bda-a024-9cef1ae2f2a8"
    );

    let mut partly = value("bulk_update_response.json");
    partly["response"][1] = serde_json::to_value(Envelope::refusal(GreenPinCode::NotFound)).unwrap();
    // The documentation says 200, its sample says 207.
    for status in [200, 207] {
        let partly = bulk.parse(&answer(status, &partly.to_string())).unwrap();
        assert!(partly.items[0].is_ok());
        let refusal = partly.items[1].as_ref().unwrap_err().refusal().unwrap();
        assert_eq!((refusal.kind, refusal.code), (Kind::NotFound, Some(1)));
    }

    // An item nobody can read says nothing about the others.
    for odd in [json!({"success": true, "data": null}), json!("done"), Value::Null] {
        partly["response"][1] = odd;
        partly["metadata"] = Value::Null;
        let read = bulk.parse(&answer(207, &partly.to_string())).unwrap();
        assert!(read.items[0].is_ok());
        assert!(matches!(read.items[1], Err(ApiError::Unreadable(_))));
    }

    let whole = serde_json::to_string(&Envelope::refusal(GreenPinCode::TooManyInBulk)).unwrap();
    assert_eq!(
        bulk.parse(&answer(413, &whole))
            .unwrap_err()
            .refusal()
            .unwrap()
            .kind,
        Kind::TooLarge
    );
    assert!(matches!(
        bulk.parse(&answer(207, "{\"response\":[]}")),
        Err(ApiError::Unreadable(_))
    ));
}

#[test]
fn every_documented_code_is_a_refusal_in_the_vendors_words() {
    for code in GreenPinCode::documented() {
        let status = code.http_status().unwrap();
        let body = json!({"success": false, "status": status, "code": code.number(), "message": "As it says", "data": null});
        // Also behind a status that claims success.
        for http in [status, 200] {
            let error = read(http, &body.to_string()).unwrap_err();
            let refusal = error.refusal().unwrap();
            assert_eq!(GreenPinCode::of(refusal), Some(code));
            assert_eq!(
                (refusal.words.as_str(), refusal.kind),
                ("As it says", Kind::of(status.into())),
                "{code}"
            );
        }
        let silent = json!({"success": false, "code": code.number().to_string(), "message": null});
        let error = read(status, &silent.to_string()).unwrap_err();
        assert_eq!(Some(error.refusal().unwrap().words.as_str()), code.vendor_words());
    }
}

#[test]
fn code_0_is_an_error_even_with_data() {
    let mut body = value("get_response.json");
    body["code"] = json!(0);
    let error = read(200, &body.to_string()).unwrap_err();
    assert_eq!(
        GreenPinCode::of(error.refusal().unwrap()),
        Some(GreenPinCode::Internal)
    );
    assert!(error.outcome_is_unknown());
}

#[test]
fn an_unlisted_code_and_a_bare_status_are_kept() {
    let error = read(400, r#"{"success":false,"code":99,"message":"new"}"#).unwrap_err();
    assert_eq!(
        GreenPinCode::of(error.refusal().unwrap()),
        Some(GreenPinCode::Other(99))
    );
    let error = read(
        452,
        r#"{"success":false,"status":452,"code":null,"message":"none free"}"#,
    )
    .unwrap_err();
    assert_eq!(
        (error.refusal().unwrap().code, error.refusal().unwrap().kind),
        (None, Kind::Other)
    );
    // What stands before GreenPin speaks as the other APIs do.
    let error = read(
        401,
        r#"{"http_code":401,"response":{"code":401,"error_data":{"code":1010,"description":"Bad login"}}}"#,
    )
    .unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!((refusal.code, refusal.words.as_str()), (Some(1010), "Bad login"));
    let error = read(502, "<h1>Bad Gateway</h1>").unwrap_err();
    assert_eq!(GreenPinCode::of(error.refusal().unwrap()), None);
}

#[test]
fn a_success_without_sense_is_unreadable() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"success":true,"data":[]}"#,
        r#"{"success":true,"data":null}"#,
    ] {
        assert!(matches!(read(200, body), Err(ApiError::Unreadable(_))), "{body}");
    }
}

#[test]
fn odd_answers_are_read() {
    let allocation = read(
        200,
        r#"{"success":"true","status":"200","code":null,"data":{"greenpin_id":7,"a":{"vns":"+916292134471","pin":""},
            "usage":"threeway","state":null,"deallocation_time":"","flow":"new"}}"#,
    )
    .unwrap();
    assert_eq!(
        (
            allocation.greenpin_id.as_str(),
            allocation.a.vns.len(),
            allocation.a.pin
        ),
        ("7", 1, None)
    );
    assert_eq!(
        (allocation.usage.as_str(), allocation.deallocation_time.is_unset()),
        ("threeway", true)
    );
    assert_eq!(allocation.more.0["flow"], "new");
}
