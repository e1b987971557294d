//! What call flows tell besides the notices, and a companion server behind the same address.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::routing::{get as on_get, post as on_post};
use exotel::hooks::{CallStatus, CallType, Hook};
use sandbox::{Options, Sandbox};
use serde_json::json;
use support::control::{get, http, post};
use support::receiver::Receiver;
use support::{PATIENCE, Phone, sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn passthru_and_push_say_what_the_notices_do_not() {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let place = receiver.origin.strip_prefix("http://").unwrap();
    let addresses = json!({
        "passthru": format!("{}/hooks/passthru", receiver.origin),
        "push": format!("http://platform:pass%20word@{place}/hooks/push"),
    });
    post(&running, "/control/endpoints", addresses).await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let call = json!({"user_id": "asha", "from": "+919811111111"});
    let sid = post(&running, "/control/customer_call", call.clone()).await["sid"].clone();
    let (id, _, header) = phone.incoming("X-Exotel-Callsid").await;
    assert_eq!(header.as_deref(), sid.as_str());
    phone.ua.reject(phone.now(), id, 486, None).unwrap();
    let came = phone.beside(receiver.wait(2)).await;

    let Hook::Push(push) = came[0].hook() else {
        panic!("{came:?}")
    };
    assert_eq!(push.subscriber_name, "asha");
    assert!(!push.payload.is_empty());
    // "platform:pass word"
    assert_eq!(
        came[0].authorization.as_deref(),
        Some("Basic cGxhdGZvcm06cGFzcyB3b3Jk")
    );

    let Hook::Passthru(passthru) = came[1].hook() else {
        panic!("{came:?}")
    };
    assert_eq!((came[1].method.as_str(), &came[1].authorization), ("GET", &None));
    assert_eq!(passthru.call_sid, sid.as_str().unwrap());
    assert_eq!(passthru.call_type, CallType::Incomplete);
    assert_eq!(passthru.dial_call_status, CallStatus::Busy);
    assert_eq!(passthru.legs.len(), 1);
    assert!(came[1].query.contains("USER_BUSY"), "{}", came[1].query);

    // Nobody is registered: that is what a push notification is for. The applet says no-answer.
    drop(phone);
    post(&running, "/control/drop_sockets", json!({})).await;
    post(&running, "/control/customer_call", call).await;
    let came = receiver.wait(4).await;
    assert!(matches!(came[2].hook(), Hook::Push(_)), "{came:?}");
    let Hook::Passthru(passthru) = came[3].hook() else {
        panic!("{came:?}")
    };
    assert_eq!(passthru.dial_call_status, CallStatus::NoAnswer);
}

/// A server that streams a line every 50 ms, and says what it was sent.
async fn companion() -> String {
    let lines = || async {
        let lines = futures_util::stream::unfold(0, |n| async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Some((Ok::<_, std::io::Error>(format!("data: {n}\n\n")), n + 1))
        });
        (
            [
                ("content-type", "text/event-stream"),
                ("content-security-policy", "mine"),
            ],
            Body::from_stream(lines),
        )
    };
    let echo = |headers: HeaderMap, body: Bytes| async move {
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        format!(
            "{:?} {:?} {}",
            text("x-forwarded-for"),
            text("softphone-request"),
            body.len()
        )
    };
    let router = Router::new()
        .route("/events", on_get(lines))
        .route("/api/echo", on_post(echo));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    origin
}

#[tokio::test]
async fn a_companion_has_the_same_address_and_streams() {
    let people = std::env::temp_dir().join(format!("sandbox-people-{}.json", std::process::id()));
    let running = Sandbox::spawn(Options {
        companion: Some(companion().await.parse().unwrap()),
        people: Some(people.clone()),
        ..Options::default()
    })
    .await
    .unwrap();

    let extra = "Softphone-Request: 1\r\nX-Forwarded-For: 203.0.113.7\r\n";
    let (head, body) = http(&running, "POST", "/api/echo", extra, &"x".repeat(200_000)).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert_eq!(
        String::from_utf8(body).unwrap(),
        "Some(\"127.0.0.1\") Some(\"1\") 200000"
    );

    // Its events come while its answer is still going on, under its own headers.
    let mut stream = TcpStream::connect(running.addr).await.unwrap();
    let request = format!("GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", running.addr);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    let reading = async {
        let mut bytes = [0; 4096];
        while !text.contains("data: 2") {
            let count = stream.read(&mut bytes).await.unwrap();
            assert!(count > 0, "it ended: {text}");
            text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.unwrap();
    assert!(text.contains("content-security-policy: mine"), "{text}");

    // What the sandbox has stays its own.
    assert!(get(&running, "/control/numbers").await.is_array());
    assert_eq!(get(&running, "/demo.json").await["companion"], json!(null));
    let list = json!([{"name": "asha", "password": "p", "title": "Asha"}]);
    std::fs::write(&people, list.to_string()).unwrap();
    assert_eq!(get(&running, "/demo.json").await["companion"]["people"], list);
    std::fs::remove_file(people).unwrap();
}

#[tokio::test]
async fn an_absent_companion_is_named() {
    let running = Sandbox::spawn(Options {
        companion: Some("http://127.0.0.1:9".parse().unwrap()),
        ..Options::default()
    })
    .await
    .unwrap();
    let (head, body) = http(&running, "GET", "/", "", "").await;
    assert!(head.starts_with("http/1.1 502"), "{head}");
    assert!(
        String::from_utf8(body)
            .unwrap()
            .contains("127.0.0.1:9 does not answer")
    );
    assert!("https://a:1".parse::<sandbox::Companion>().is_err());
}
