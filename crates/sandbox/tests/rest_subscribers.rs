//! The Subscriber Management API: built and read by `exotel`, answered over TCP.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body};
use exotel::subscribers::{
    CreateSubscribers, CreateToken, DeleteSubscriber, GetSubscriber, ListSubscribers, NewSubscriber,
    Subscriber, SubscriberStatus, UpdateSubscriber,
};
use exotel::{ApiError, ApiKey, Secret};
use serde_json::json;

fn new(name: &str) -> NewSubscriber {
    NewSubscriber {
        subscriber_name: name.to_owned(),
        custom_field: None,
    }
}

async fn create(customer: &Customer, names: &[&str]) -> Vec<Result<Subscriber, ApiError>> {
    let subscribers = names.iter().map(|name| new(name)).collect();
    let create = CreateSubscribers { subscribers };
    customer
        .run(&customer.subscribers, &customer.key, create)
        .await
        .unwrap()
        .results
}

fn get(name: &str) -> GetSubscriber {
    GetSubscriber {
        subscriber_name: name.to_owned(),
    }
}

#[tokio::test]
async fn a_subscribers_life() {
    let customer = Customer::new().await;
    let (api, key) = (&customer.subscribers, &customer.key);
    let made = create(&customer, &["bob", "Bob"]).await;
    assert!(made.iter().all(Result::is_ok), "names have case: {made:?}");
    let bob = customer.run(api, key, get("bob")).await.unwrap();
    assert_eq!(
        (&bob.status, &bob.custom_field),
        (&SubscriberStatus::Active, &None)
    );
    assert!(bob.date_created.as_str().ends_with("+05:30"), "{bob:?}");

    let update = |note: Option<&str>| UpdateSubscriber {
        subscriber_name: String::from("bob"),
        status: SubscriberStatus::Inactive,
        custom_field: note.map(Into::into),
    };
    let bob = customer.run(api, key, update(Some("support"))).await.unwrap();
    assert_eq!(
        (&bob.status, bob.custom_field.as_ref().map(Secret::reveal)),
        (&SubscriberStatus::Inactive, Some("support"))
    );
    let bob = customer.run(api, key, update(None)).await.unwrap();
    assert_eq!(
        bob.custom_field.as_ref().map(Secret::reveal),
        Some("support"),
        "what is left out stays"
    );

    let delete = DeleteSubscriber {
        subscriber_name: String::from("bob"),
    };
    let answer = customer
        .raw(
            "DELETE",
            "/v2/accounts/exoteldemo/subscribers/Bob",
            &customer.basic(),
            "",
        )
        .await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (204, 0));
    customer.run(api, key, delete.clone()).await.unwrap();
    let gone = customer.run(api, key, delete).await.unwrap_err();
    let refusal = gone.refusal().unwrap();
    assert_eq!(
        (refusal.http, refusal.code, refusal.words.as_str()),
        (404, Some(1000), "Subscriber not found")
    );
    assert!(
        customer
            .run(api, key, get("bob"))
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test]
async fn several_at_once_fail_one_by_one() {
    let customer = Customer::new().await;
    create(&customer, &["bob"]).await;
    let sent = json!({ "subscribers": [
        { "subscriber_name": "nidhi", "custom_field": "sales" }, { "subscriber_name": "bob" },
        { "subscriber_name": "a b" }, { "subscriber_name": "Alex123bourt45onX" }, { "subscriber_name": "nidhi" },
    ]});
    let path = "/v2/accounts/exoteldemo/subscribers";
    let answer = customer
        .raw("POST", path, &customer.basic(), &sent.to_string())
        .await;
    let said = body(&answer);
    assert_eq!((answer.status().as_u16(), &said["http_code"]), (207, &json!(207)));
    assert_eq!(said["metadata"], json!({ "failed": 4, "success": 1 }));
    let codes: Vec<_> = said["response"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["code"].clone())
        .collect();
    assert_eq!(codes, [200, 409, 400, 400, 409]);
    assert_eq!(
        said["response"][1]["error_data"]["description"],
        "Subscriber already exists"
    );
    assert_eq!(said["response"][0]["data"]["custom_field"], "sales");
}

#[tokio::test]
async fn pages_name_their_neighbours() {
    let customer = Customer::new().await;
    let (api, key) = (&customer.subscribers, &customer.key);
    create(&customer, &["s1", "s2", "s3", "s4", "s5", "s6", "s7"]).await;
    let inactive = UpdateSubscriber {
        subscriber_name: String::from("s4"),
        status: SubscriberStatus::Inactive,
        custom_field: None,
    };
    customer.run(api, key, inactive).await.unwrap();
    let first = ListSubscribers {
        page_size: Some(3),
        status: Some(SubscriberStatus::Active),
        ..ListSubscribers::default()
    };
    let (mut next, mut names) = (Some(first), Vec::new());
    let mut previous = None;
    while let Some(list) = next {
        let page = customer.run(api, key, list).await.unwrap();
        names.extend(
            page.subscribers
                .into_iter()
                .map(|one| one.unwrap().subscriber_name),
        );
        previous = page.previous;
        next = page.next.map(ListSubscribers::page);
    }
    assert_eq!(names, ["s7", "s6", "s5", "s3", "s2", "s1"], "the newest first");
    let first = customer
        .run(api, key, ListSubscribers::page(previous.unwrap()))
        .await
        .unwrap();
    assert_eq!(first.subscribers.len(), 3);
    let all = customer.run(api, key, ListSubscribers::default()).await.unwrap();
    assert_eq!((all.subscribers.len(), all.next), (7, None));
}

#[tokio::test]
async fn tokens_last_half_an_hour_and_a_day() {
    let customer = Customer::new().await;
    create(&customer, &["archit"]).await;
    let token = CreateToken {
        subscriber_name: String::from("archit"),
        device_id: String::from("d1"),
    };
    let issued = customer
        .run(&customer.subscribers, &customer.key, token)
        .await
        .unwrap();
    assert_eq!(issued.subscriber_name, "archit");
    let (access, refresh) = (issued.token.access_ends(0), issued.token.refresh_ends(0));
    assert_eq!(refresh - access, 24 * 60 * 60 - 30 * 60);
    let now = customer.view().await["time_ms"].as_i64().unwrap() / 1000;
    assert!((now + 29 * 60..=now + 30 * 60).contains(&access));
}

#[tokio::test]
async fn every_refusal() {
    let customer = Customer::new().await;
    create(&customer, &["archit", "idle"]).await;
    let basic = customer.basic();
    let eleven: Vec<_> = (0..11)
        .map(|no| json!({ "subscriber_name": format!("s{no}") }))
        .collect();
    let token = |name: &str, device: &str, platform: &str| {
        json!({ "subscriber_name": name, "device_id": device, "platform": platform }).to_string()
    };
    let idle = r#"{"status":"inactive"}"#;
    customer
        .raw("PUT", "/v2/accounts/exoteldemo/subscribers/idle", &basic, idle)
        .await;
    let of_zoe = "/subscribers/zoe";
    for (method, path, sent, status, words) in [
        ("POST", "/subscribers", String::new(), 400, "Invalid request body"),
        (
            "POST",
            "/subscribers",
            String::from(r#"{"subscribers":[]}"#),
            400,
            "1 to 10",
        ),
        (
            "POST",
            "/subscribers",
            json!({ "subscribers": eleven }).to_string(),
            400,
            "1 to 10",
        ),
        (
            "GET",
            "/subscribers?page_size=101",
            String::new(),
            400,
            "page_size",
        ),
        ("GET", "/subscribers?offset=x", String::new(), 400, "offset"),
        ("GET", "/subscribers?status=gone", String::new(), 400, "status"),
        ("GET", of_zoe, String::new(), 404, "Subscriber not found"),
        (
            "PUT",
            of_zoe,
            String::from(r#"{"status":"active"}"#),
            404,
            "Subscriber not found",
        ),
        ("DELETE", of_zoe, String::new(), 404, "Subscriber not found"),
        (
            "PUT",
            "/subscribers/archit",
            String::from(r#"{"custom_field":"x"}"#),
            400,
            "status is mandatory",
        ),
        (
            "PUT",
            "/subscribers/archit",
            String::from(r#"{"status":"gone"}"#),
            400,
            "status",
        ),
        (
            "PUT",
            "/subscribers/archit",
            String::from(r#"{"status":"active","custom_field":1}"#),
            400,
            "string",
        ),
        ("POST", "/subscriber-token", String::from("[]"), 400, "mandatory"),
        (
            "POST",
            "/subscriber-token",
            token("archit", "", "android"),
            400,
            "device_id is mandatory",
        ),
        (
            "POST",
            "/subscriber-token",
            token("archit", "d", ""),
            400,
            "platform is mandatory",
        ),
        (
            "POST",
            "/subscriber-token",
            token("archit", "d", "Android / iOS"),
            400,
            "platform",
        ),
        (
            "POST",
            "/subscriber-token",
            token("zoe", "d", "ios"),
            404,
            "Subscriber not found",
        ),
        (
            "POST",
            "/subscriber-token",
            token("idle", "d", "ios"),
            403,
            "inactive",
        ),
    ] {
        let answer = customer
            .raw(method, &format!("/v2/accounts/exoteldemo{path}"), &basic, &sent)
            .await;
        let said = body(&answer);
        assert_eq!(answer.status(), status, "{method} {path} {sent}: {said}");
        let item = &said["response"];
        assert_eq!(
            (&said["http_code"], &item["status"]),
            (&json!(status), &json!("failure")),
            "{said}"
        );
        assert!(
            item["error_data"]["description"]
                .as_str()
                .unwrap()
                .contains(words),
            "{said}"
        );
    }
}

#[tokio::test]
async fn only_the_accounts_own_key_opens_it() {
    let customer = Customer::new().await;
    let other = customer.control("accounts", json!({ "sid": "other" })).await;
    let secret = |name: &str| other[name].as_str().unwrap().into();
    let strangers = ApiKey {
        key: secret("api_key"),
        token: secret("api_token"),
    };
    let wrong = ApiKey {
        key: customer.key.key.clone(),
        token: "wrong".into(),
    };
    for (key, status) in [(strangers, 403), (wrong, 401)] {
        let no = customer
            .run(&customer.subscribers, &key, ListSubscribers::default())
            .await
            .unwrap_err();
        assert_eq!(no.refusal().unwrap().http, status);
    }
    for authorization in ["", "nonsense", "Basic !", "Bearer x"] {
        for (method, path) in [
            ("GET", "/subscribers"),
            ("POST", "/subscribers"),
            ("GET", "/subscribers/a"),
            ("PUT", "/subscribers/a"),
            ("DELETE", "/subscribers/a"),
            ("POST", "/subscriber-token"),
        ] {
            let path = format!("/v2/accounts/exoteldemo{path}");
            let answer = customer.raw(method, &path, authorization, "").await;
            assert_eq!(answer.status(), 401, "{method} {path} {authorization}");
        }
    }
}

#[tokio::test]
async fn an_account_without_voip_gets_no_tokens() {
    let customer = Customer::new().await;
    create(&customer, &["archit"]).await;
    customer
        .control("accounts", json!({ "sid": "exoteldemo", "voip": false }))
        .await;
    let token = CreateToken {
        subscriber_name: String::from("archit"),
        device_id: String::from("d1"),
    };
    let no = customer
        .run(&customer.subscribers, &customer.key, token)
        .await
        .unwrap_err();
    assert_eq!(no.refusal().unwrap().http, 403);
}
