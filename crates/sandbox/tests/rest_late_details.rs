//! The quirk that lets call details settle late, against the clock.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body, request};
use exotel::call_details::GetCall;
use sandbox::Quirk;
use serde_json::{Value, json};

async fn details(customer: &Customer, path: &str) -> Value {
    body(&customer.raw("GET", path, &customer.basic(), "").await)
}

#[tokio::test]
async fn call_details_settle_two_minutes_late() {
    let customer = Customer::with(&[Quirk::LateDetails]).await;
    let form = "From=09876543210&To=09812341004&CallerId=08040408080";
    let basic = customer.basic();
    let headers = [
        ("authorization", basic.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let path = "/v1/Accounts/exoteldemo/Calls/connect.json";
    let placed = body(&customer.answer(request("POST", path, &headers, form)).await);
    let sid = placed["Call"]["Sid"].as_str().unwrap();
    let path = format!("/v1/Accounts/exoteldemo/Calls/{sid}.json?details=true");
    let hang_up = json!({ "sid": sid }).to_string();
    customer
        .answer(request("POST", "/control/calls/hangup", &[], &hang_up))
        .await;
    let late = details(&customer, &path).await;
    let late = &late["Call"];
    assert_eq!(
        (&late["EndTime"], &late["Duration"]),
        (&json!("1970-01-01 05:30:00"), &Value::Null)
    );
    for field in ["Leg1Status", "Leg2Status", "Legs"] {
        assert_eq!(late["Details"][field], Value::Null, "{field}");
    }
    // exotel reads both.
    let get = || GetCall {
        call_sid: sid.to_owned(),
    };
    let (api, key) = (&customer.voice, &customer.key);
    customer.run(api, key, get()).await.unwrap();
    customer.control("clock", json!({ "ahead_s": 121 })).await;
    let settled = details(&customer, &path).await;
    let settled = &settled["Call"];
    assert!(settled["Duration"].is_string() && settled["EndTime"] != late["EndTime"]);
    for field in ["Leg1Status", "Leg2Status", "Legs"] {
        assert_ne!(settled["Details"][field], Value::Null, "{field}");
    }
    customer.run(api, key, get()).await.unwrap();
}
