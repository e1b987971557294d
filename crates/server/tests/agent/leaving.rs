//! A browser that leaves before the answer: what it asked for goes on, and is recorded.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use protocol::session::Role;
use serde_json::json;
use server::config::sandbox_hosts;
use tokio::sync::Semaphore;

use super::support::server::{PATIENCE, TestServer};

/// A vendor that answers a change only when the test says so.
#[derive(Clone)]
struct Slow {
    asked: Arc<Semaphore>,
    may_answer: Arc<Semaphore>,
}

async fn answer(State(slow): State<Slow>, method: Method) -> Response {
    if method == Method::PUT {
        slow.asked.add_permits(1);
        slow.may_answer.acquire().await.unwrap().forget();
    }
    let data = match method {
        Method::PUT => json!({ "AppUserId": "asha" }),
        _ => json!("a-token"),
    };
    Json(json!({ "RequestId": "r", "Status": "Success", "Code": 200, "Error": "", "Data": data }))
        .into_response()
}

#[tokio::test]
async fn a_change_is_recorded_though_nobody_waits_for_it() {
    let slow = Slow {
        asked: Arc::new(Semaphore::new(0)),
        may_answer: Arc::new(Semaphore::new(0)),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(slow.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let server = TestServer::start(|config| config.vendor.hosts = sandbox_hosts(&origin)).await;
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let request = server
        .request(Method::PUT, "/api/device", &asha)
        .header("content-type", "application/json")
        .body(r#"{"active":"sip"}"#);
    let browser = tokio::spawn(request.send());
    slow.asked.acquire().await.unwrap().forget();
    browser.abort();
    // Time for the server to see that the connection is cut.
    tokio::time::sleep(Duration::from_millis(500)).await;
    slow.may_answer.add_permits(1);
    let began = Instant::now();
    while server.app.store.audit(None, 1).await.unwrap().is_empty() {
        assert!(began.elapsed() < PATIENCE, "the change left no record");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let record = &server.app.store.audit(None, 1).await.unwrap()[0].record;
    assert_eq!((&*record.what, &*record.result), ("set_device", "done"));
}
