//! GreenPin: built and read by `exotel`, answered over TCP; every code of Appendix 1.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body};
use exotel::greenpin::{
    Allocation, AllocationChange, AllocationState, BulkChange, BulkUpdateAllocations, CreateAllocation,
    DeallocationPolicy, DeleteAllocation, GetAllocation, GreenPinCode, Pin, Side, UpdateAllocation, Usage,
};
use exotel::{ApiError, GreenPinLogin, IST, PhoneNumber};
use sandbox::Quirk;
use serde_json::{Value, json};

const PATH: &str = "/v1/tenants/exoteldemo/greenpin";

fn side(vns: &[&str], numbers: &[&str], pin: Option<Pin>) -> Side {
    let numbers_of = |all: &[&str]| all.iter().map(|text| PhoneNumber::from(*text)).collect();
    Side {
        vns: numbers_of(vns),
        numbers: numbers_of(numbers),
        pin,
    }
}

fn wanted(transaction: &str, a: &str, b: &str) -> CreateAllocation {
    CreateAllocation {
        transaction_id: transaction.to_owned(),
        a: side(&["+916292134471"], &[a], None),
        b: side(&[], &[b], None),
        ..CreateAllocation::default()
    }
}

async fn create(customer: &Customer, wanted: CreateAllocation) -> Result<Allocation, ApiError> {
    customer.run(&customer.greenpin, &customer.login, wanted).await
}

async fn one(customer: &Customer) -> Allocation {
    create(customer, wanted("t1", "+917987686144", "+919956555625"))
        .await
        .unwrap()
}

/// Sends a body as it is; the code of the refusal, after its status has been compared with the documented one.
async fn code(customer: &Customer, method: &str, below: &str, sent: Value) -> GreenPinCode {
    let path = format!("{PATH}{below}");
    let answer = customer
        .raw(method, &path, &customer.greenpin_basic(), &sent.to_string())
        .await;
    let said = body(&answer);
    let code = GreenPinCode::from_number(said["code"].as_i64().unwrap_or(-1));
    assert_eq!(
        Some(answer.status().as_u16()),
        code.http_status(),
        "{method} {path} {sent}: {said}"
    );
    assert_eq!((&said["success"], &said["data"]), (&json!(false), &Value::Null));
    assert!(
        said["message"]
            .as_str()
            .unwrap()
            .starts_with(code.vendor_words().unwrap().trim_end_matches('.'))
    );
    code
}

fn get(id: &str) -> GetAllocation {
    GetAllocation {
        greenpin_id: id.to_owned(),
    }
}

#[tokio::test]
async fn an_allocations_life() {
    let customer = Customer::new().await;
    let (api, login) = (&customer.greenpin, &customer.login);
    let made = one(&customer).await;
    assert_eq!(
        (&made.usage, &made.state),
        (&Usage::TwoWay, &AllocationState::Active)
    );
    assert_eq!(
        made.b.vns, made.a.vns,
        "a side without virtual numbers has the other's"
    );
    let pins: Vec<_> = [&made.a, &made.b].map(|side| side.pin.clone().unwrap()).into();
    assert!(pins.iter().all(|pin| pin.reveal().len() == 4) && pins[0] != pins[1]);
    let now = customer.view().await["time_ms"].as_i64().unwrap();
    let days = (made.deallocation_ms(IST).unwrap() - now) / 86_400_000;
    assert!((179..=180).contains(&days), "six months: {days}");
    assert_eq!(
        customer.run(api, login, get(&made.greenpin_id)).await.unwrap(),
        made
    );

    let update = UpdateAllocation {
        greenpin_id: made.greenpin_id.clone(),
        change: AllocationChange {
            b: side(&["+916292134465"], &["+919956555626"], Some(Pin::OfLength(9))),
            usage: Some(Usage::OneWay),
            deallocation_policy: Some(DeallocationPolicy::after_seconds(1200)),
            ..AllocationChange::default()
        },
    };
    let updated = customer.run(api, login, update).await.unwrap();
    assert!(updated.request_id.is_some());
    let changed = updated.allocation;
    assert_eq!((&changed.a, &changed.usage), (&made.a, &Usage::OneWay));
    assert_eq!(changed.b.pin.as_ref().unwrap().reveal().len(), 9);
    assert!(changed.deallocation_ms(IST).unwrap() - now < 1_300_000);

    let delete = DeleteAllocation {
        greenpin_id: made.greenpin_id.clone(),
    };
    let was = customer.run(api, login, delete).await.unwrap().was.unwrap();
    assert_eq!((was.b, was.state), (changed.b, AllocationState::Vault));
    let gone = customer.run(api, login, get(&made.greenpin_id)).await.unwrap();
    assert_eq!(gone.state, AllocationState::Vault);
}

#[tokio::test]
async fn an_allocation_ends_by_itself() {
    let customer = Customer::new().await;
    let mut short = wanted("t1", "+917987686144", "+919956555625");
    short.deallocation_policy = Some(DeallocationPolicy {
        duration: String::from("5m"),
    });
    let made = create(&customer, short.clone()).await.unwrap();
    let state = async || {
        let now = customer
            .run(&customer.greenpin, &customer.login, get(&made.greenpin_id))
            .await;
        now.unwrap().state
    };
    customer.control("clock", json!({ "ahead_s": 290 })).await;
    assert_eq!(state().await, AllocationState::Active);
    customer.control("clock", json!({ "ahead_s": 11 })).await;
    assert_eq!(state().await, AllocationState::Vault);
    assert!(
        create(&customer, short).await.is_ok(),
        "its transaction and its numbers are free again"
    );
}

#[tokio::test]
async fn numbers_get_their_country_and_lengths_may_be_texts() {
    let customer = Customer::new().await;
    let sent = json!({
        "transaction_id": "t", "usage": "oneway", "Deallocation_policy": { "duration": "2h" },
        "a": { "vns": ["6292134471"], "numbers": ["07987686144"], "pin": "007" },
        "b": { "numbers": ["9956555625"], "pin_length": "2" },
    });
    let answer = customer
        .raw("POST", PATH, &customer.greenpin_basic(), &sent.to_string())
        .await;
    let data = &body(&answer)["data"];
    assert_eq!(data["a"]["vns"], json!(["+916292134471"]));
    assert_eq!(
        (&data["a"]["numbers"], &data["a"]["pin"]),
        (&json!(["+917987686144"]), &json!("007"))
    );
    assert_eq!(data["b"]["numbers"], json!(["+919956555625"]));
    assert_eq!(data["b"]["pin"].as_str().unwrap().len(), 2);
}

#[tokio::test]
async fn several_are_changed_one_by_one() {
    let customer = Customer::new().await;
    let first = one(&customer).await;
    let second = create(&customer, wanted("t2", "+917987686145", "+919956555626"))
        .await
        .unwrap();
    let change = |id: &str, transaction: &str| BulkChange {
        greenpin_id: id.to_owned(),
        transaction_id: transaction.to_owned(),
        change: AllocationChange {
            usage: Some(Usage::OneWay),
            ..AllocationChange::default()
        },
    };
    let bulk = BulkUpdateAllocations {
        greenpins: vec![
            change(&first.greenpin_id, ""),
            change("nothing", ""),
            change(&second.greenpin_id, "t2"),
            change(&second.greenpin_id, "t1"),
        ],
    };
    let done = customer
        .run(&customer.greenpin, &customer.login, bulk)
        .await
        .unwrap();
    let counts = (done.metadata.failed, done.metadata.total, done.metadata.success);
    assert_eq!(counts, (Some(2), Some(4), Some(2)));
    let codes: Vec<_> = done
        .items
        .iter()
        .map(|item| item.as_ref().err().and_then(GreenPinCode::of))
        .collect();
    let (missing, mapping) = (GreenPinCode::NotFound, GreenPinCode::MappingNotFound);
    assert_eq!(codes, [None, Some(missing), None, Some(mapping)]);
    assert_eq!(done.items[0].as_ref().unwrap().usage, Usage::OneWay);
}

#[tokio::test]
async fn what_is_missing_or_malformed_is_refused() {
    let customer = Customer::new().await;
    let made = one(&customer).await;
    let with = |field: &str, value: Value| {
        let mut sent = json!(wanted("t9", "+917987686149", "+919956555629"));
        match field.split_once('.') {
            Some((side, field)) => sent[side][field] = value,
            None => sent[field] = value,
        }
        sent
    };
    let eleven: Vec<_> = (10..21).map(|no| format!("+9179876861{no}")).collect();
    use GreenPinCode::*;
    for (sent, expected) in [
        (json!("x"), BadParameter),
        (json!({}), MissingParameter),
        (with("transaction_id", json!("")), MissingParameter),
        (
            json!({"transaction_id": "t", "a": {"vns": ["+916292134471"]}}),
            MissingParameter,
        ),
        (
            json!({"transaction_id": "t", "a": {"numbers": ["+917987686144"]}}),
            MissingParameter,
        ),
        (with("usage", json!("threeway")), BadParameter),
        (
            with("deallocation_policy", json!({"duration": "1w"})),
            BadParameter,
        ),
        (
            with("deallocation_policy", json!({"duration": "0s"})),
            BadParameter,
        ),
        (with("a.pin_length", json!(10)), BadParameter),
        (with("a.pin_length", json!(0)), BadParameter),
        (with("a.pin", json!("12a")), BadParameter),
        (with("a.numbers", json!(eleven)), BadParameter),
        (with("a.numbers", json!(["12"])), InvalidNumber),
        (with("a.vns", json!(["sip:x"])), InvalidNumber),
        (with("a.numbers", json!(["+9991234567"])), UnsupportedRegion),
        (with("a.numbers", json!(["9956555629"])), SameNumberOnBothSides),
        (with("transaction_id", json!("t1")), AllocationExists),
    ] {
        assert_eq!(
            code(&customer, "POST", "", sent.clone()).await,
            expected,
            "{sent}"
        );
    }
    let own = format!("/{}", made.greenpin_id);
    let many: Vec<_> = (0..101)
        .map(|_| json!({"greenpin_id": "x", "usage": "oneway"}))
        .collect();
    for (method, below, sent, expected) in [
        ("GET", "/nothing", json!(null), NotFound),
        ("PUT", "/nothing", json!({"usage": "oneway"}), NotFound),
        ("DELETE", "/nothing", json!(null), NotFound),
        ("GET", "/x?state=active", json!(null), UnsupportedFilter),
        (
            "GET",
            "/x?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            json!(null),
            InvalidDateRange,
        ),
        ("PUT", &own, json!({}), BadParameter),
        ("PUT", &own, json!([]), BadParameter),
        ("PUT", &own, json!({"usage": "x"}), BadParameter),
        (
            "PUT",
            &own,
            json!({"a": {"numbers": ["+919956555625"]}}),
            SameNumberOnBothSides,
        ),
        ("PUT", "", json!({}), MissingParameter),
        ("PUT", "", json!({"greenpins": many}), TooManyInBulk),
    ] {
        assert_eq!(
            code(&customer, method, below, sent.clone()).await,
            expected,
            "{method} {below} {sent}"
        );
    }
    assert_eq!(
        customer
            .raw("DELETE", &format!("{PATH}{own}"), &customer.greenpin_basic(), "")
            .await
            .status(),
        200
    );
    for (method, sent) in [("DELETE", json!(null)), ("PUT", json!({"usage": "oneway"}))] {
        assert_eq!(code(&customer, method, &own, sent).await, AlreadyDeleted);
    }
}

#[tokio::test]
async fn the_same_people_are_not_allocated_twice() {
    let customer = Customer::new().await;
    let made = one(&customer).await;
    let again = wanted("t2", "+917987686144", "+919956555625");
    assert_eq!(
        code(&customer, "POST", "", json!(again)).await,
        GreenPinCode::AllDuplicates
    );
    let mut pinned = again.clone();
    let other = if made.a.pin.as_ref().unwrap().reveal() == "1234" {
        "4321"
    } else {
        "1234"
    };
    pinned.a.pin = Some(Pin::Given(other.into()));
    assert_eq!(
        code(&customer, "POST", "", json!(pinned)).await,
        GreenPinCode::NumberHasAnotherPin
    );
    let mut one_more = again.clone();
    one_more.a.numbers.push(PhoneNumber::from("+917987686199"));
    assert!(
        create(&customer, one_more).await.is_ok(),
        "one of the numbers is new"
    );
    let mut elsewhere = again;
    elsewhere.transaction_id = String::from("t3");
    elsewhere.a.vns = vec![PhoneNumber::from("+916292134499")];
    assert!(
        create(&customer, elsewhere).await.is_ok(),
        "another virtual number"
    );
}

#[tokio::test]
async fn short_pins_run_out() {
    let customer = Customer::new().await;
    let short = |no: usize| {
        let mut short = wanted(
            &format!("t{no}"),
            &format!("+91798768600{no}"),
            &format!("+91995655500{no}"),
        );
        short.a.pin = Some(Pin::OfLength(1));
        short.b.pin = Some(Pin::OfLength(1));
        short
    };
    let mut pins = Vec::new();
    for no in 0..5 {
        let made = create(&customer, short(no)).await.unwrap();
        pins.extend([made.a, made.b].map(|side| side.pin.unwrap().reveal().to_owned()));
    }
    pins.sort();
    assert_eq!(pins, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(
        code(&customer, "POST", "", json!(short(5))).await,
        GreenPinCode::NoFreeGreenPin
    );
}

#[tokio::test]
async fn only_the_tenants_own_login_opens_it() {
    let customer = Customer::new().await;
    let other = customer.control("accounts", json!({ "sid": "other" })).await;
    let secret = |name: &str| other[name].as_str().unwrap().into();
    let strangers = GreenPinLogin {
        user: secret("greenpin_user"),
        password: secret("greenpin_password"),
    };
    let wrong = GreenPinLogin {
        user: customer.login.user.clone(),
        password: "wrong".into(),
    };
    let (denied, failed) = (GreenPinCode::NotPermitted, GreenPinCode::Unauthenticated);
    for (login, expected) in [(strangers, denied), (wrong, failed)] {
        let no = customer
            .run(&customer.greenpin, &login, get("x"))
            .await
            .unwrap_err();
        assert_eq!(GreenPinCode::of(no.refusal().unwrap()), Some(expected));
    }
    for (method, path) in [
        ("POST", ""),
        ("PUT", ""),
        ("GET", "/x"),
        ("PUT", "/x"),
        ("DELETE", "/x"),
    ] {
        let answer = customer.raw(method, &format!("{PATH}{path}"), "", "").await;
        assert_eq!(
            (answer.status().as_u16(), body(&answer)["code"].as_i64()),
            (401, Some(7))
        );
    }
}

#[tokio::test]
async fn the_version_header_can_be_demanded() {
    let mut customer = Customer::with(&[Quirk::VersionHeader]).await;
    assert_eq!(
        code(&customer, "GET", "/x", json!(null)).await,
        GreenPinCode::VersionHeader
    );
    customer.greenpin.header = Some((String::from("Exotel-Version"), String::from("1.0")));
    one(&customer).await;
}

#[tokio::test]
async fn every_code_comes_on_demand() {
    let customer = Customer::new().await;
    for expected in GreenPinCode::documented() {
        let fault = json!({
            "api": "greenpin", "operation": "create_allocation", "status": expected.http_status(),
            "code": expected.number(), "words": expected.vendor_words(),
        });
        customer.control("faults", fault).await;
        let no = create(&customer, wanted("t", "+917987686144", "+919956555625"))
            .await
            .unwrap_err();
        assert_eq!(GreenPinCode::of(no.refusal().unwrap()), Some(expected));
    }
    one(&customer).await;
}
