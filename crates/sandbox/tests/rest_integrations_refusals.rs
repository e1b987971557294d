//! Every refusal of the Integrations API: the request as it stands on the wire, and the status it gets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::Customer;
use customer::refusals::{none, refuses};
use serde_json::{Value, json};

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

const OF_APP: [(&str, &str); 13] = [
    ("GET", "/app?entity=app"),
    ("DELETE", "/app"),
    ("POST", "/app_setting"),
    ("GET", "/app_setting?key=popup"),
    ("GET", "/app_setting"),
    ("DELETE", "/app_setting?key=popup"),
    ("POST", "/usermapping"),
    ("GET", "/usermapping?user_id=asha"),
    ("GET", "/usermapping"),
    ("DELETE", "/usermapping"),
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

/// Operations that show no token.
const OF_ANYBODY: [(&str, &str); 2] = [("POST", "/token"), ("GET", "/call/inbound_call/x?type=popup")];

#[tokio::test]
async fn every_operation_can_fail_with_500_on_demand() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    for (method, path) in OF_CUSTOMER.iter().chain(&OF_APP).chain(&OF_ANYBODY) {
        customer
            .control("faults", json!({ "api": "integrations", "status": 500 }))
            .await;
        let rows = [(*method, *path, none(), 500, "Failed on demand")];
        refuses(&customer, token.0.reveal(), &rows).await;
    }
}
