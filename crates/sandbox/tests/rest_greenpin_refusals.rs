//! Every code of GreenPin's Appendix 1, with its documented status.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::pins::{PATH, code, create, get, one, wanted};
use customer::{Customer, body};
use exotel::greenpin::{GreenPinCode, Pin};
use exotel::{GreenPinLogin, PhoneNumber};
use sandbox::Quirk;
use serde_json::{Value, json};

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
