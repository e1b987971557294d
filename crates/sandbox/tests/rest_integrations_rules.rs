//! The rules of settings, devices and users: what breaks one is refused, and nothing of it is kept.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::Customer;
use customer::refusals::{none, refuses};
use serde_json::{Value, json};

const USER: &str = r#"{"AppUserId":"u1","AppUsername":"User One","Email":"u1@customer.test",
    "ExotelAccountSid":"exoteldemo","ExotelUserName":"Temp Name","AgentNumber":"09876543210","VirtualNumber":"1"}"#;

/// `USER` in an array, one field of it changed.
fn users(field: &str, value: Value) -> String {
    let mut user: Value = serde_json::from_str(USER).unwrap();
    user[field] = value;
    json!([user]).to_string()
}

#[tokio::test]
async fn settings_and_devices_have_rules() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let set = |key: &str, value: Value| json!({ "Key": key, "Value": value }).to_string();
    let device = |body: Value| body.to_string();
    refuses(
        &customer,
        token.0.reveal(),
        &[
            ("POST", "/app_setting", none(), 400, "Invalid request body"),
            (
                "POST",
                "/app_setting",
                set("", json!("x")),
                400,
                "Key is mandatory",
            ),
            (
                "POST",
                "/app_setting",
                set("nothing", json!("x")),
                400,
                "no setting",
            ),
            (
                "POST",
                "/app_setting",
                set("popup", json!("")),
                400,
                "Value is mandatory",
            ),
            (
                "POST",
                "/app_setting",
                set("popup", json!("ftp://x")),
                400,
                "http",
            ),
            (
                "POST",
                "/app_setting",
                set("record", json!(true)),
                400,
                "Value is a string",
            ),
            ("POST", "/app_setting", set("record", json!("yes")), 400, "record"),
            (
                "POST",
                "/app_setting",
                set("streaming", json!("https://x")),
                400,
                "wss",
            ),
            ("GET", "/app_setting?key=popup", none(), 404, "Setting not found"),
            ("GET", "/app_setting?key=", none(), 400, "key is mandatory"),
            (
                "DELETE",
                "/app_setting?key=popup",
                none(),
                404,
                "Setting not found",
            ),
            ("DELETE", "/app_setting", none(), 400, "key is mandatory"),
            ("PUT", "/device", none(), 400, "Invalid request body"),
            (
                "PUT",
                "/device",
                device(json!({"UserId": ""})),
                400,
                "UserId is mandatory",
            ),
            (
                "PUT",
                "/device",
                device(json!({"UserId": "asha"})),
                400,
                "is needed",
            ),
            (
                "PUT",
                "/device",
                device(json!({"UserId": "asha", "DeviceStatus": true})),
                400,
                "DeviceName is mandatory",
            ),
            (
                "PUT",
                "/device",
                device(json!({"UserId": "asha", "DeviceName": "fax", "DeviceStatus": true})),
                400,
                "phone or sip",
            ),
            (
                "PUT",
                "/device",
                device(json!({"UserId": "zoe", "DeviceName": "sip", "DeviceStatus": true})),
                404,
                "User not found",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn users_have_rules() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let mut twice: Value = serde_json::from_str(&users("Email", json!("a@b"))).unwrap();
    twice
        .as_array_mut()
        .unwrap()
        .push(serde_json::from_str(USER).unwrap());
    refuses(
        &customer,
        token.0.reveal(),
        &[
            ("POST", "/usermapping", none(), 400, "Invalid request body"),
            (
                "POST",
                "/usermapping",
                String::from("[]"),
                400,
                "At least one user",
            ),
            (
                "POST",
                "/usermapping",
                String::from(USER),
                400,
                "Invalid request body",
            ),
            (
                "POST",
                "/usermapping",
                users("AppUserId", json!("")),
                400,
                "AppUserId is mandatory",
            ),
            (
                "POST",
                "/usermapping",
                users("Email", json!("nobody")),
                400,
                "Email is invalid",
            ),
            (
                "POST",
                "/usermapping",
                users("ExotelUserName", json!("ABC")),
                400,
                "FirstName LastName",
            ),
            (
                "POST",
                "/usermapping",
                users("ExotelAccountSid", json!("x")),
                400,
                "ExotelAccountSid",
            ),
            (
                "POST",
                "/usermapping",
                users("AgentNumber", json!("12ab")),
                400,
                "AgentNumber",
            ),
            (
                "POST",
                "/usermapping",
                users("Email", json!("asha@sandbox.test")),
                409,
                "exists",
            ),
            (
                "POST",
                "/usermapping",
                users("AppUserId", json!("asha")),
                409,
                "exists",
            ),
            ("POST", "/usermapping", twice.to_string(), 409, "exists"),
            ("GET", "/usermapping?user_id=zoe", none(), 404, "User not found"),
            ("GET", "/usermapping?user_id=", none(), 400, "user_id is empty"),
            ("GET", "/usermapping?page_size=0", none(), 400, "page_size"),
            ("GET", "/usermapping?page_size=x", none(), 400, "page_size"),
            ("GET", "/usermapping?last_value=-1", none(), 400, "last_value"),
            ("DELETE", "/users/zoe", none(), 404, "User not found"),
        ],
    )
    .await;
    // Nothing of a refused array was taken.
    let view = customer.view().await;
    assert_eq!(view["users"].as_array().unwrap().len(), 3);
    assert_eq!(view["coworkers"].as_array().unwrap().len(), 3);
}
