//! Every refusal of the Integrations API: the request as it stands on the wire, and the status it gets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body};
use serde_json::{Value, json};

const USER: &str = r#"{"AppUserId":"u1","AppUsername":"User One","Email":"u1@customer.test",
    "ExotelAccountSid":"exoteldemo","ExotelUserName":"Temp Name","AgentNumber":"09876543210","VirtualNumber":"1"}"#;

/// `USER` in an array, one field of it changed.
fn users(field: &str, value: Value) -> String {
    let mut user: Value = serde_json::from_str(USER).unwrap();
    user[field] = value;
    json!([user]).to_string()
}

/// Sends each row and compares status, `Code` and words.
async fn refuses(customer: &Customer, token: &str, rows: &[(&str, &str, String, u16, &str)]) {
    for (method, path, sent, status, words) in rows {
        let path = format!("/v2/integrations{path}");
        let answer = customer.raw(method, &path, token, sent).await;
        let body = body(&answer);
        let said = format!("{method} {path} {sent}: {body}");
        assert_eq!(answer.status(), *status, "{said}");
        assert_eq!(body["Code"], *status, "{said}");
        assert_eq!(body["Status"], "Failure", "{said}");
        assert!(body["Error"].as_str().unwrap().contains(words), "{said}");
    }
}

fn none() -> String {
    String::new()
}

#[tokio::test]
async fn tokens_are_for_those_who_know_the_secret() {
    let customer = Customer::new().await;
    let (id, secret) = (&customer.app.0, customer.app.1.reveal());
    let ask = |id: &str, secret: &str, entity: &str| {
        json!({ "Id": id, "Secret": secret, "Entity": entity }).to_string()
    };
    refuses(
        &customer,
        "",
        &[
            ("POST", "/token", none(), 400, "Invalid request body"),
            ("POST", "/token", ask("", secret, "app"), 400, "Id is mandatory"),
            ("POST", "/token", ask(id, "", "app"), 400, "Secret is mandatory"),
            ("POST", "/token", ask(id, secret, "customer/app"), 400, "Entity"),
            (
                "POST",
                "/token",
                ask(id, "wrong", "app"),
                401,
                "Invalid Id or Secret",
            ),
            (
                "POST",
                "/token",
                ask(id, secret, "customer"),
                401,
                "Invalid Id or Secret",
            ),
            (
                "POST",
                "/token",
                ask("nobody", secret, "app"),
                401,
                "Invalid Id or Secret",
            ),
        ],
    )
    .await;
}

const OF_CUSTOMER: [(&str, &str); 4] = [
    ("GET", "/customer"),
    ("DELETE", "/customer"),
    ("POST", "/app"),
    ("GET", "/app?entity=customer"),
];

const OF_APP: [(&str, &str); 12] = [
    ("GET", "/app?entity=app"),
    ("DELETE", "/app"),
    ("POST", "/app_setting"),
    ("GET", "/app_setting?key=popup"),
    ("GET", "/app_setting"),
    ("DELETE", "/app_setting?key=popup"),
    ("POST", "/usermapping"),
    ("GET", "/usermapping?user_id=asha"),
    ("GET", "/usermapping"),
    ("DELETE", "/users/asha"),
    ("PUT", "/device"),
    ("POST", "/call/outbound_call"),
];

#[tokio::test]
async fn without_a_token_or_with_the_wrong_entitys_nothing_happens() {
    let customer = Customer::new().await;
    let (of_customer, of_app) = (customer.customer_token().await, customer.app_token().await);
    for (rows, wrong, words) in [
        (
            &OF_CUSTOMER[..],
            of_app.0.reveal(),
            "needs the token of a customer",
        ),
        (&OF_APP[..], of_customer.0.reveal(), "needs the token of an app"),
    ] {
        for (token, words) in [("", "missing"), ("nonsense", "Invalid token"), (wrong, words)] {
            let rows: Vec<_> = rows
                .iter()
                .map(|(method, path)| (*method, *path, none(), 401, words))
                .collect();
            refuses(&customer, token, &rows).await;
        }
    }
    // A scheme word in front is no part of the token.
    let bearer = format!("Bearer {}", of_app.0.reveal());
    refuses(
        &customer,
        &bearer,
        &[("GET", "/app", none(), 401, "Invalid token")],
    )
    .await;
}

#[tokio::test]
async fn a_token_ends_after_ninety_days() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let day = 24 * 60 * 60;
    customer.control("clock", json!({ "ahead_s": 89 * day })).await;
    let answer = customer
        .raw("GET", "/v2/integrations/app", token.0.reveal(), "")
        .await;
    assert_eq!(answer.status(), 200);
    customer.control("clock", json!({ "ahead_s": 2 * day })).await;
    refuses(
        &customer,
        token.0.reveal(),
        &[("GET", "/app", none(), 401, "expired")],
    )
    .await;
}

#[tokio::test]
async fn apps_need_an_account_that_is_theirs() {
    let customer = Customer::new().await;
    let token = customer.customer_token().await;
    let app = |field: &str, value: Value| {
        let mut app = json!({
            "AppName": "a", "ExotelAccountSid": "exoteldemo", "ExotelApiKey": customer.key.key.reveal(),
            "ExotelApiToken": customer.key.token.reveal(), "ExotelDomain": "mumbai", "IsActive": true,
        });
        app[field] = value;
        app.to_string()
    };
    refuses(
        &customer,
        token.0.reveal(),
        &[
            ("POST", "/app", String::from("{"), 400, "Invalid request body"),
            (
                "POST",
                "/app",
                app("AppName", json!("")),
                400,
                "AppName is mandatory",
            ),
            (
                "POST",
                "/app",
                app("IsActive", json!("yes")),
                400,
                "Invalid request body",
            ),
            (
                "POST",
                "/app",
                app("ExotelDomain", json!("paris")),
                400,
                "ExotelDomain",
            ),
            (
                "POST",
                "/app",
                app("ExotelApiToken", json!("x")),
                400,
                "Invalid Exotel account",
            ),
            (
                "POST",
                "/app",
                app("ExotelAccountSid", json!("other")),
                400,
                "Invalid Exotel account",
            ),
            (
                "GET",
                "/app?entity=nobody",
                none(),
                400,
                "entity is app or customer",
            ),
        ],
    )
    .await;
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

#[tokio::test]
async fn every_operation_can_fail_with_500_on_demand() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    for (method, path) in OF_CUSTOMER.iter().chain(&OF_APP) {
        customer
            .control("faults", json!({ "api": "integrations", "status": 500 }))
            .await;
        let rows = [(*method, *path, none(), 500, "Failed on demand")];
        refuses(&customer, token.0.reveal(), &rows).await;
    }
}
