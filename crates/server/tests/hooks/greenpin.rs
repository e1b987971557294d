//! GreenPin's four events: news for supervisors, and the allocations they change.

use std::time::{Duration, Instant};

use protocol::event::{Event, GreenPinHappened, GreenPinNews};
use protocol::greenpin::{Allocated, AllocationList, AllocationView};
use protocol::session::Role;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::store::{Audience, Logged};

use super::platform::reachable;
use super::support::server::{PATIENCE, Signed, TestServer};
use super::vendor::Vendor;

const LIST: &str = "/api/greenpin/allocations";

async fn news(server: &TestServer) -> Vec<GreenPinNews> {
    let events = server.log().await.into_iter();
    let news = events.map(|event| match (event.event.agent, event.event.body) {
        (None, Logged::Public(Event::GreenPin(news))) => news,
        other => panic!("{other:?}"),
    });
    news.collect()
}

#[tokio::test]
async fn each_event_is_told_once_and_counted_once() {
    let server = TestServer::start(|_| ()).await;
    let bodies = [
        (
            "greenpin-verified",
            json!({"greenpin_id": "g1", "transaction_id": "order", "pin": "12", "call_sid": "c1"}),
        ),
        (
            "greenpin-call-completed",
            json!({"greenpin_id": "g1", "transation_id": "order", "call_sid": "c1", "call_type": "completed"}),
        ),
        (
            "greenpin-call-completed",
            json!({"greenpin_id": "g1", "transaction_id": "order", "call_sid": "c2", "call_type": "incomplete"}),
        ),
        (
            "greenpin-verification-failed",
            json!({"call_sid": "c3", "pin": "13"}),
        ),
        (
            "greenpin-deallocated",
            json!({"greenpin_id": "g1", "transaction_id": "order", "state": "active",
            "aparty_numbers": ["+918789489697"], "aparty_vns": ["+912235511457"], "aparty_pins": ["12"], "usage": "twoway"}),
        ),
    ];
    for (kind, body) in &bodies {
        for _ in 0..2 {
            assert_eq!(server.post(kind, body.to_string()).await, 200, "{kind}");
        }
    }
    let news = news(&server).await;
    let told: Vec<_> = news
        .iter()
        .map(|it| (it.what, it.greenpin_id.as_str(), it.call_sid.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (GreenPinHappened::Verified, "g1", "c1"),
            (GreenPinHappened::CallCompleted, "g1", "c1"),
            (GreenPinHappened::CallCompleted, "g1", "c2"),
            (GreenPinHappened::VerificationFailed, "", "c3"),
            (GreenPinHappened::Deallocated, "g1", ""),
        ]
    );
    let agent = Audience::Agent("asha".to_owned());
    let theirs = server.app.store.events_after(0, &agent, 10).await.unwrap();
    assert!(theirs.is_empty(), "agents do not see them");

    let admin = server.signed_in("root", Role::Admin, None).await;
    let list = server.request(Method::GET, LIST, &admin);
    let text = list.send().await.unwrap().text().await.unwrap();
    let list: AllocationList = serde_json::from_str(&text).unwrap();
    let [allocation] = list.allocations.as_slice() else {
        panic!("{list:?}")
    };
    assert_eq!(
        (allocation.calls, allocation.verified, allocation.state.as_str()),
        (2, 1, "vault")
    );
    assert_eq!(allocation.transaction_id, "order");
    assert_eq!(allocation.a.numbers[0].reveal(), "+918789489697");
    // Nothing brings it back to life.
    let late =
        json!({"greenpin_id": "g1", "transaction_id": "order", "call_sid": "c4", "call_type": "completed"});
    assert_eq!(
        server.post("greenpin-call-completed", late.to_string()).await,
        200
    );
    let stored = server.app.store.allocation("g1").await.unwrap().unwrap();
    assert_eq!((stored.state.as_str(), stored.calls), ("vault", 3));
}

#[tokio::test]
async fn an_allocation_is_made_changed_and_given_back() {
    let vendor = Vendor::start().await;
    let server = reachable(&vendor).await;
    let admin = server.signed_in("root", Role::Admin, None).await;
    let deallocated = server.hook("greenpin-deallocated");
    let endpoint = json!({"greenpin-deallocated": deallocated});
    vendor.make("endpoints", endpoint).await;

    let new = json!({"transaction_id": "order-1", "terms": {
        "a": {"vns": ["+916292134471"], "numbers": ["+917987686144"], "pin": "908172635"},
        "b": {"numbers": ["+919956555625"], "pin_length": 6},
    }});
    let made: Allocated = ask(&server, Method::POST, LIST, &admin, Some(new.clone())).await;
    assert_eq!(made.a_pin.unwrap().reveal(), "908172635");
    assert_eq!(made.b_pin.unwrap().reveal().len(), 6);
    let id = made.allocation.greenpin_id;
    let one = format!("{LIST}/{id}");
    let again = server.request(Method::POST, LIST, &admin);
    let again = again.header("content-type", "application/json");
    let again = again.body(new.to_string()).send().await.unwrap();
    assert_eq!(again.status(), 409, "a transaction id in use");

    let terms = json!({"usage": "oneway", "duration": "20m"});
    let changed: Allocated = ask(&server, Method::PUT, &one, &admin, Some(terms)).await;
    assert_eq!(changed.allocation.usage, "oneway");
    let nothing = server
        .request(Method::PUT, &one, &admin)
        .header("content-type", "application/json");
    let nothing = nothing.body("{}").send().await.unwrap();
    assert_eq!(nothing.status(), 422, "an update that changes nothing");
    let shown: AllocationView = ask(&server, Method::GET, &one, &admin, None).await;
    assert_eq!(shown.usage, "oneway");
    let stored = server.app.store.allocation(&id).await.unwrap().unwrap();
    assert!(!stored.body.to_string().contains("908172635"), "a pin is kept");

    let gone: AllocationView = ask(&server, Method::DELETE, &one, &admin, None).await;
    assert_eq!(gone.state, "vault");
    let began = Instant::now();
    while news(&server).await.is_empty() {
        assert!(began.elapsed() < PATIENCE, "the event did not come");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let audit = server.app.store.audit(None, 10).await.unwrap();
    let lines: Vec<String> = audit
        .iter()
        .rev()
        .map(|it| format!("{} {} {}", it.record.what, it.record.target, it.record.result))
        .collect();
    assert_eq!(
        lines,
        [
            "create_allocation order-1 done".to_owned(),
            "create_allocation order-1 refused".to_owned(),
            format!("update_allocation {id} done"),
            format!("update_allocation {id} refused"),
            format!("delete_allocation {id} done"),
        ]
    );
}

/// A request of an admin, and its answer.
async fn ask<T: DeserializeOwned>(
    server: &TestServer,
    method: Method,
    path: &str,
    who: &Signed,
    body: Option<Value>,
) -> T {
    let request = server.request(method, path, who);
    let request = match body {
        Some(body) => request
            .header("content-type", "application/json")
            .body(body.to_string()),
        None => request,
    };
    let answer = request.send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}
