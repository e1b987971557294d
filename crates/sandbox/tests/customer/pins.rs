//! GreenPin, as the tests ask for it.

use exotel::greenpin::{Allocation, CreateAllocation, GetAllocation, GreenPinCode, Pin, Side};
use exotel::{ApiError, PhoneNumber};
use serde_json::{Value, json};

use super::{Customer, body};

pub const PATH: &str = "/v1/tenants/exoteldemo/greenpin";

pub fn side(vns: &[&str], numbers: &[&str], pin: Option<Pin>) -> Side {
    let numbers_of = |all: &[&str]| all.iter().map(|text| PhoneNumber::from(*text)).collect();
    Side {
        vns: numbers_of(vns),
        numbers: numbers_of(numbers),
        pin,
    }
}

pub fn wanted(transaction: &str, a: &str, b: &str) -> CreateAllocation {
    CreateAllocation {
        transaction_id: transaction.to_owned(),
        a: side(&["+916292134471"], &[a], None),
        b: side(&[], &[b], None),
        ..CreateAllocation::default()
    }
}

pub async fn create(customer: &Customer, wanted: CreateAllocation) -> Result<Allocation, ApiError> {
    customer.run(&customer.greenpin, &customer.login, wanted).await
}

pub async fn one(customer: &Customer) -> Allocation {
    create(customer, wanted("t1", "+917987686144", "+919956555625"))
        .await
        .unwrap()
}

/// Sends a body as it is; the code of the refusal, after its status has been compared with the documented one.
pub async fn code(customer: &Customer, method: &str, below: &str, sent: Value) -> GreenPinCode {
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

pub fn get(id: &str) -> GetAllocation {
    GetAllocation {
        greenpin_id: id.to_owned(),
    }
}
