//! Webhooks over real HTTP: a server on loopback gets them, and what is asked of them happens to them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use exotel::hooks::Hook;
use sandbox::Running;
use serde_json::{Value, json};
use support::control::{get, http, post};
use support::receiver::{App, Receiver};
use support::sandbox;

/// A customer calls asha, who is not there: one popup, and after two seconds one missed call.
async fn missed(running: &Running) -> String {
    let body = json!({"user_id": "asha", "from": "+919811111111"});
    let answer = post(running, "/control/customer_call", body).await;
    answer["sid"].as_str().unwrap().to_owned()
}

async fn stage() -> (Running, Receiver, App) {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let app = App::new(&running, &receiver).await;
    post(&running, "/control/webhooks/manner", json!({"retry_ms": 50})).await;
    (running, receiver, app)
}

/// The log's line about each webhook: kind, state and what each attempt came to.
async fn log(running: &Running) -> Vec<(String, String, Vec<Value>)> {
    let log = get(running, "/control/webhooks").await;
    let lines = log["webhooks"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines
        .map(|line| {
            let attempts = line["attempts"].as_array().unwrap().iter();
            let came_to = |attempt: &Value| match &attempt["status"] {
                Value::Null => attempt["error"].clone(),
                status => status.clone(),
            };
            (
                text(&line["kind"]),
                text(&line["state"]),
                attempts.map(came_to).collect(),
            )
        })
        .collect()
}

fn kinds(receiver: &Receiver) -> Vec<&'static str> {
    let came = receiver.came();
    came.iter()
        .map(|came| match came.hook() {
            Hook::Popup(_) => "popup",
            Hook::MissedCall(_) => "missed",
            _ => "other",
        })
        .collect()
}

#[tokio::test]
async fn a_missed_call_arrives_in_every_shape() {
    let (running, receiver, _app) = stage().await;
    for (shape, method, kind) in [
        ("json", "POST", Some("application/json")),
        ("form", "POST", Some("application/x-www-form-urlencoded")),
        ("query", "GET", None),
    ] {
        post(&running, "/control/webhooks/manner", json!({"shape": shape})).await;
        let before = receiver.came().len();
        let sid = missed(&running).await;
        let came = receiver.wait(before + 2).await;
        let [popup, missed] = &came[before..] else {
            panic!()
        };
        assert_eq!(popup.method, method);
        assert_eq!(popup.content_type.as_deref(), kind);
        let (Hook::Popup(popup), Hook::MissedCall(missed)) = (popup.hook(), missed.hook()) else {
            panic!("{came:?}")
        };
        assert_eq!((&popup.call_sid, &missed.call_sid), (&sid, &sid));
        assert_eq!(popup.from_number.reveal(), "09811111111");
        assert_eq!(popup.app_user_id, "asha");
    }
}

#[tokio::test]
async fn what_is_not_answered_200_is_sent_twice_more_and_the_log_shows_it() {
    let (running, receiver, _app) = stage().await;
    receiver.will_answer(&[(500, ""), (302, ""), (200, "")]);
    missed(&running).await;
    receiver.wait(4).await;
    assert_eq!(
        kinds(&receiver).iter().filter(|kind| **kind == "popup").count(),
        3
    );
    let popup = log(&running).await.remove(0);
    assert_eq!(popup.0, "popup");
    assert_eq!(popup.1, "delivered");
    assert_eq!(popup.2, [json!(500), json!(302), json!(200)]);
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_three_times_and_named() {
    let (running, receiver, _app) = stage().await;
    drop(receiver);
    missed(&running).await;
    for _ in 0..200 {
        if log(&running).await[0].1 == "given up" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let (_, state, attempts) = log(&running).await.remove(0);
    assert_eq!(state, "given up");
    assert_eq!(attempts, vec![json!("nobody answers at this address"); 3]);
}

#[tokio::test]
async fn webhooks_are_dropped_duplicated_and_reordered_on_demand() {
    let (running, receiver, _app) = stage().await;
    let once = json!({"next": 1});
    let faults = "/control/webhooks/faults";
    post(&running, faults, json!({"drop": once})).await;
    missed(&running).await;
    receiver.wait(1).await;
    assert_eq!(kinds(&receiver), ["missed"]);
    assert_eq!(log(&running).await[0].1, "dropped");

    post(&running, faults, json!({"duplicate": once})).await;
    missed(&running).await;
    receiver.wait(4).await;
    assert_eq!(kinds(&receiver)[1..], ["popup", "popup", "missed"]);

    post(&running, faults, json!({"reorder": once})).await;
    missed(&running).await;
    receiver.wait(6).await;
    assert_eq!(kinds(&receiver)[4..], ["missed", "popup"]);

    let refused = post(&running, faults, json!({"drop": {"probability": 2}})).await;
    assert_eq!(refused["error"], "A probability is a number from 0 to 1.");
    post(&running, "/control/webhooks/clear", json!({})).await;
    assert!(log(&running).await.is_empty());
}

#[tokio::test]
async fn greenpin_events_arrive_at_the_addresses_kept_for_them() {
    let (running, receiver, _app) = stage().await;
    let refused = post(&running, "/control/endpoints", json!({"popup": "http://x/"})).await;
    assert!(
        refused["error"].as_str().unwrap().contains("app settings"),
        "{refused}"
    );
    let address = |kind: &str| format!("{}/hooks/{kind}", receiver.origin);
    let endpoints = json!({
        "greenpin-call-completed": address("greenpin-call-completed"),
        "greenpin-verification-failed": address("greenpin-verification-failed"),
    });
    assert_eq!(post(&running, "/control/endpoints", endpoints).await, json!({}));
    let call = json!({"from": "+919800000001", "vn": "+918040000001", "pin": "12"});
    let sid = post(&running, "/control/greenpin_call", call).await["sid"].clone();
    let came = receiver.wait(1).await;
    let Hook::GreenPinCallCompleted(over) = came[0].hook() else {
        panic!("{came:?}")
    };
    assert_eq!(over.call_sid, sid.as_str().unwrap());
    assert_eq!(over.call_type.as_str(), "call-attempt", "nothing is allocated");
}

#[tokio::test]
async fn an_allocation_ends_by_its_policy_and_says_so() {
    use base64::Engine;
    let (running, receiver, _app) = stage().await;
    let url = format!("{}/hooks/greenpin-deallocated", receiver.origin);
    post(
        &running,
        "/control/endpoints",
        json!({"greenpin-deallocated": url}),
    )
    .await;
    let view = get(&running, "/control/platform").await;
    let text = |name: &str| view["accounts"][0][name].as_str().unwrap().to_owned();
    let pair = format!("{}:{}", text("greenpin_user"), text("greenpin_password"));
    let basic = base64::engine::general_purpose::STANDARD.encode(pair);
    let extra = format!("Authorization: Basic {basic}\r\nContent-Type: application/json\r\n");
    let body = json!({
        "transaction_id": "order-9", "usage": "twoway", "deallocation_policy": {"duration": "1200s"},
        "a": {"vns": ["+918040000001"], "numbers": ["+919800000001"]},
        "b": {"vns": ["+918040000001"], "numbers": ["+919800000002"]},
    });
    let path = format!("/v1/tenants/{}/greenpin", text("sid"));
    let (head, _) = http(&running, "POST", &path, &extra, &body.to_string()).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    post(&running, "/control/platform/clock", json!({"ahead_s": 1_100})).await;
    assert!(receiver.came().is_empty());
    post(&running, "/control/platform/clock", json!({"ahead_s": 101})).await;
    let came = receiver.wait(1).await;
    let Hook::GreenPinDeallocated(event) = came[0].hook() else {
        panic!("{came:?}")
    };
    assert_eq!(event.transaction_id, "order-9");
    assert_eq!(event.bparty_numbers[0].reveal(), "+919800000002");
    assert_eq!(event.state.as_str(), "vault");
}

#[tokio::test]
async fn the_sandboxs_own_sink_takes_refuses_and_speaks() {
    let running = sandbox().await;
    let answer = async |query: &str| http(&running, "POST", &format!("/sink/popup{query}"), "", "{}").await;
    assert!(answer("").await.0.starts_with("http/1.1 200"));
    assert!(answer("?status=503").await.0.starts_with("http/1.1 503"));
    assert!(answer("?status=100").await.0.starts_with("http/1.1 200"));
    assert_eq!(answer("?say=sip:asha").await.1, b"sip:asha");
}
