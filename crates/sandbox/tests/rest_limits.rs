//! What stands around every operation: rate limits, failures on demand, the control API, the state file.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::pins::one;
use customer::{Customer, body, header, request};
use exotel::call_details::ConnectCall;
use exotel::error::Kind;
use exotel::integrations::{GetApp, GetCustomer, ListApps};
use exotel::subscribers::{CreateSubscribers, GetSubscriber, NewSubscriber};
use exotel::{PhoneNumber, Secret};
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};

#[tokio::test]
async fn too_many_requests_wait() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    customer
        .control("rates", json!({ "read": 2, "manage": 50, "voice": 200 }))
        .await;
    let ask = || customer.raw("GET", "/v2/integrations/app", token.0.reveal(), "");
    for left in ["1", "0"] {
        let answer = ask().await;
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "x-ratelimit-remaining")),
            (200, left)
        );
        assert_eq!(
            (
                header(&answer, "x-ratelimit-limit"),
                header(&answer, "retry-after")
            ),
            ("2", "")
        );
    }
    let answer = ask().await;
    assert_eq!(
        (answer.status().as_u16(), &body(&answer)["Code"]),
        (429, &json!(429))
    );
    let wait: u64 = header(&answer, "retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    let no = customer
        .run(&customer.integrations, &token, GetApp)
        .await
        .unwrap_err();
    let refusal = no.refusal().unwrap();
    assert_eq!(refusal.kind, Kind::RateLimited);
    assert!(
        refusal
            .retry_after
            .is_some_and(|seconds| (1..=60).contains(&seconds))
    );
    // Another token, and another API, of the same account are the same asker.
    let another = customer.app_token().await;
    for (path, credential) in [
        ("/v2/integrations/app", another.0.reveal()),
        ("/v2/accounts/exoteldemo/subscribers", &customer.basic()),
        ("/v1/tenants/exoteldemo/greenpin/x", &customer.greenpin_basic()),
    ] {
        assert_eq!(
            customer.raw("GET", path, credential, "").await.status(),
            429,
            "{path}"
        );
    }
    // Others are not held up, and a minute later it is open again.
    customer
        .run(&customer.integrations, &customer.customer_token().await, ListApps)
        .await
        .unwrap();
    customer.control("clock", json!({ "ahead_s": 61 })).await;
    assert_eq!(ask().await.status(), 200);
    customer.control("rates", json!(null)).await;
    assert_eq!(header(&ask().await, "x-ratelimit-limit"), "");
}

#[tokio::test]
async fn every_api_says_429_in_its_own_words() {
    let customer = Customer::of(Options {
        rate_limits: true,
        ..Options::default()
    })
    .await;
    assert_eq!(
        customer.view().await["rates"],
        json!({ "read": 300, "manage": 50, "voice": 200 })
    );
    customer
        .control("rates", json!({ "read": 0, "manage": 0, "voice": 0 }))
        .await;
    for (path, code) in [
        ("/v2/integrations/app", "/Code"),
        ("/v2/accounts/exoteldemo/subscribers", "/response/code"),
        ("/v1/tenants/exoteldemo/greenpin/x", "/status"),
        ("/v1/Accounts/exoteldemo/Calls/x.json", "/RestException/Status"),
        ("/v3/accounts/exoteldemo/calls/x", "/response/code"),
    ] {
        let answer = customer.raw("GET", path, "x", "").await;
        assert_eq!(answer.status(), 429, "{path}");
        assert_eq!(body(&answer).pointer(code), Some(&json!(429)), "{path}");
    }
}

#[tokio::test]
async fn failures_on_demand_come_so_often_and_then_no_more() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    customer
        .control(
            "faults",
            json!({ "api": "integrations", "operation": "get_app", "status": 503, "times": 2 }),
        )
        .await;
    for _ in 0..2 {
        let no = customer
            .run(&customer.integrations, &token, GetApp)
            .await
            .unwrap_err();
        assert_eq!(no.refusal().unwrap().http, 503);
    }
    customer
        .control("faults", json!({ "api": "integrations", "status": 429 }))
        .await;
    let no = customer
        .run(&customer.integrations, &token, GetApp)
        .await
        .unwrap_err();
    assert_eq!(no.refusal().unwrap().retry_after, Some(60));
    customer
        .run(&customer.integrations, &token, GetApp)
        .await
        .unwrap();
    customer
        .control("faults", json!({ "api": "subscribers", "status": 500 }))
        .await;
    assert_eq!(customer.view().await["faults"].as_array().unwrap().len(), 1);
    customer
        .answer(request("DELETE", "/control/platform/faults", &[], ""))
        .await;
    assert_eq!(customer.view().await["faults"], json!([]));
    for (sent, status) in [
        (r#"{"api":"integrations","status":200}"#, 422),
        (r#"{"api":"nothing","status":500}"#, 400),
        (r#"{"api":"greenpin","status":500,"often":2}"#, 400),
    ] {
        let answer = customer
            .answer(request("POST", "/control/platform/faults", &[], sent))
            .await;
        assert_eq!(answer.status(), status, "{sent}");
    }
}

#[tokio::test]
async fn customers_come_from_the_vendors_staff() {
    let mut customer = Customer::new().await;
    let new = customer
        .control("customers", json!({ "name": "Second", "email": "a@b.test" }))
        .await;
    customer.customer = (
        new["CustomerID"].as_str().unwrap().to_owned(),
        new["CustomerSecret"].as_str().unwrap().into(),
    );
    let token = customer.customer_token().await;
    let me = customer
        .run(&customer.integrations, &token, GetCustomer)
        .await
        .unwrap();
    assert_eq!(
        (me.customer_name.as_str(), me.email.as_str()),
        ("Second", "a@b.test")
    );
    assert!(
        customer
            .run(&customer.integrations, &token, ListApps)
            .await
            .unwrap()
            .is_empty()
    );
    let asked = request("POST", "/control/platform/accounts", &[], r#"{"sid":"a/b"}"#);
    assert_eq!(customer.answer(asked).await.status(), 422);
}

#[tokio::test]
async fn the_control_api_is_for_this_machine() {
    let customer = Customer::new().await;
    let asked = request("GET", "/control/platform", &[("origin", "https://evil.test")], "");
    assert_eq!(customer.answer(asked).await.status(), 403);
}

#[tokio::test]
async fn a_restart_keeps_one_of_everything() {
    let file = std::env::temp_dir().join(format!("sandbox-all-{}.json", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let options = || Options {
        state: Some(file.clone()),
        ..Options::default()
    };
    let before = Customer::of(options()).await;
    let token = before.app_token().await;
    let raw = async |method: &str, path: &str, sent: Value| {
        let path = format!("/v2/integrations{path}");
        let answer = before
            .raw(method, &path, token.0.reveal(), &sent.to_string())
            .await;
        assert_eq!(answer.status(), 200, "{answer:?}");
    };
    raw(
        "POST",
        "/app_setting",
        json!({ "Key": "record", "Value": "true" }),
    )
    .await;
    let phone = json!({ "UserId": "asha", "DeviceName": "phone", "DeviceStatus": true });
    raw("PUT", "/device", phone).await;
    let pin = one(&before).await;
    let endpoint = r#"{"dial-whom":"http://127.0.0.1:9/dial-whom"}"#;
    before
        .answer(request("POST", "/control/endpoints", &[], endpoint))
        .await;
    let connect = ConnectCall {
        from: PhoneNumber::from("09876543210"),
        to: PhoneNumber::from("08789489697"),
        caller_id: PhoneNumber::from("08040408080"),
        status_callback: Some(Secret::from("http://127.0.0.1:9/status")),
        ..ConnectCall::default()
    };
    let call = before.run(&before.voice, &before.key, connect).await.unwrap();
    let seen = before.view().await;
    drop(before);

    let after = Customer::of(options()).await;
    let kept = after.view().await;
    for part in ["settings", "users", "allocations", "apps", "coworkers"] {
        assert_eq!(kept[part], seen[part], "{part}");
        assert_ne!(kept[part], json!([]), "{part}");
    }
    let row = &kept["calls"][0];
    assert_eq!(
        (&row["sid"], &row["status_callback"]),
        (&json!(call.sid), &json!("http://127.0.0.1:9/status"))
    );
    let get = customer::pins::get(&pin.greenpin_id);
    after.run(&after.greenpin, &after.login, get).await.unwrap();
    let log = body(&after.answer(request("GET", "/control/webhooks", &[], "")).await);
    assert_eq!(log["endpoints"]["dial-whom"], "http://127.0.0.1:9/dial-whom");
    let dialled = json!({ "app_id": after.app.0, "to": "+919956555625", "user_id": "asha" });
    let path = "/v2/integrations/call/outbound_call";
    let answer = after
        .raw("POST", path, token.0.reveal(), &dialled.to_string())
        .await;
    let from = &body(&answer)["Data"]["FromNumber"];
    assert!(
        from.as_str().is_some_and(|from| !from.starts_with("sip:")),
        "{from}: a telephone rings"
    );
    drop(after);
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn a_restart_with_a_state_file_forgets_nothing() {
    let file = std::env::temp_dir().join(format!("sandbox-state-{}.json", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let options = || Options {
        state: Some(file.clone()),
        ..Options::default()
    };
    let before = Customer::of(options()).await;
    let token = before.app_token().await;
    let create = CreateSubscribers {
        subscribers: vec![NewSubscriber {
            subscriber_name: String::from("archit"),
            custom_field: None,
        }],
    };
    before
        .run(&before.subscribers, &before.key, create)
        .await
        .unwrap();
    let (accounts, key) = (before.running.accounts.clone(), before.key.clone());
    drop(before);

    let after = Customer::of(options()).await;
    assert_eq!((&after.running.accounts, &after.key), (&accounts, &key));
    after.run(&after.integrations, &token, GetApp).await.unwrap();
    let get = GetSubscriber {
        subscriber_name: String::from("archit"),
    };
    after.run(&after.subscribers, &after.key, get).await.unwrap();
    drop(after);

    std::fs::write(&file, "{}").unwrap();
    let refused = Sandbox::spawn(options()).await.unwrap_err().to_string();
    assert!(
        refused.starts_with("Cannot use ") && refused.ends_with("its version is not 1."),
        "{refused}"
    );
    std::fs::remove_file(&file).unwrap();
}
