//! The proxies of deploy/, run for real in front of a real server: requests, events as they happen, and no secret in a log.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod caddy;
mod nginx;
#[path = "../support/mod.rs"]
mod support;

use std::process::Child;
use std::time::Duration;

use protocol::event::Event;
use protocol::session::Role;
use reqwest::{Client, StatusCode};
use serde_json::json;
use server::clock;
use server::config::HOOKS_SECRET;
use server::store::{Logged, NewEvent, Write};
use tokio::time::{Instant, sleep, timeout};

use support::server::{PATIENCE, TestServer};

/// What the examples call the server.
const NAME: &str = "phone.example";

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server that believes a proxy on this machine.
async fn behind() -> TestServer {
    TestServer::start(|config| config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Asks until the proxy answers.
async fn answers(client: &Client, url: &str) {
    let begun = Instant::now();
    loop {
        let answer = client.get(format!("{url}/healthz")).send().await;
        if answer
            .as_ref()
            .is_ok_and(|answer| answer.status() == StatusCode::OK)
        {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{answer:?}");
        sleep(Duration::from_millis(100)).await;
    }
}

/// What goes through a proxy at `url`, and what does not.
async fn all_pass(server: &TestServer, client: &Client, url: &str) {
    let hook = format!("{url}/hooks/{HOOKS_SECRET}/popup");
    let popup = json!({ "CallSid": "c1", "AppUserID": "asha", "FromNumber": "08789489697" });
    let answer = client.post(hook).body(popup.to_string()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let figures = client.get(format!("{url}/metrics")).send().await.unwrap();
    assert_eq!(figures.status(), StatusCode::NOT_FOUND);

    let boss = server.signed_in("boss", Role::Admin, None).await;
    let asked = client.get(format!("{url}/api/calls?search=8789489697"));
    let calls = asked.header("authorization", boss.bearer()).send().await.unwrap();
    assert_eq!(calls.status(), StatusCode::OK);
    // As large as a list of users may be.
    let csv = format!("id,name,email,virtual_number\n{}", "x".repeat(3 * 1024 * 1024));
    let list = client.post(format!("{url}/api/admin/jobs/users"));
    let list = list
        .header("authorization", boss.bearer())
        .header(protocol::CHANGE_HEADER, "1")
        .header("content-type", "application/json")
        .body(json!({ "csv": csv }).to_string());
    assert_eq!(
        list.send().await.unwrap().status(),
        StatusCode::OK,
        "a job of one bad row"
    );

    let stream = client.get(format!("{url}/events"));
    let mut stream = stream
        .header("authorization", boss.bearer())
        .send()
        .await
        .unwrap();
    assert_eq!(stream.status(), StatusCode::OK);
    assert!(heard(&mut stream, ": open").await, "the stream's first words");
    let write = Write {
        events: vec![NewEvent {
            agent: None,
            body: Logged::Public(Event::Lost { since: 7 }),
        }],
        at: clock::now(),
        ..Write::default()
    };
    server.app.writer.write(write).await.unwrap();
    assert!(heard(&mut stream, "event: lost").await, "an event as it happens");
}

/// Whether `words` come while the stream stays open.
async fn heard(stream: &mut reqwest::Response, words: &str) -> bool {
    let mut text = String::new();
    while !text.contains(words) {
        let Ok(Ok(Some(piece))) = timeout(PATIENCE, stream.chunk()).await else {
            return false;
        };
        text.push_str(&String::from_utf8_lossy(&piece));
    }
    true
}

/// A proxy's logs have neither the secret of a path nor a number that was searched for.
fn tells_nothing(log: &str) {
    for secret in [HOOKS_SECRET, "8789489697"] {
        assert!(!log.contains(secret), "{log}");
    }
}
