//! Peers that dawdle, and who may see figures.

use std::sync::Arc;
use std::time::Duration;

use server::config::Config;
use server::ops::Limits;
use server::store;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::listener::until;
use crate::support::server::{PATIENCE, TestServer};

#[tokio::test]
async fn peers_that_never_finish_a_head_are_cut_and_others_served() {
    let dir = Arc::new(tempfile::tempdir().unwrap());
    let config = Config::for_tests(dir.path(), None);
    let store = store::open(&config.store).await.unwrap();
    let limits = Limits {
        head: Duration::from_secs(1),
        handshake: Duration::from_secs(1),
        ..Limits::default()
    };
    let server = TestServer::start_with(dir, config, store, limits).await;
    let mut slow = Vec::new();
    for index in 0..200 {
        let mut peer = TcpStream::connect(server.addr).await.unwrap();
        // Some say nothing at all, some begin and stop.
        let part: &[u8] = [&b""[..], b"G", b"GET / HTTP/1.1\r\nx: "][index % 3];
        peer.write_all(part).await.unwrap();
        slow.push(peer);
    }
    let health = server.http.get(server.url("/healthz"));
    assert_eq!(health.send().await.unwrap().status(), 200);
    for peer in &mut slow {
        let mut rest = Vec::new();
        let ended = timeout(PATIENCE, peer.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a peer that dawdles keeps its connection");
    }
}

#[tokio::test]
async fn one_address_does_not_take_every_connection() {
    let server = TestServer::start(|config| config.connections.per_address = 10).await;
    let mut peers = Vec::new();
    for _ in 0..11 {
        peers.push(TcpStream::connect(server.addr).await.unwrap());
    }
    let mut last = peers.pop().unwrap();
    let mut rest = Vec::new();
    let ended = timeout(PATIENCE, last.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "one too many stays connected");
    drop(peers);
    let answered = async || {
        let health = server.http.get(server.url("/healthz"));
        health.send().await.is_ok_and(|answer| answer.status() == 200)
    };
    until("there is room again", answered).await;
}

#[tokio::test]
async fn figures_are_for_this_machine() {
    let server = TestServer::start(|_| {}).await;
    let near = server.http.get(server.url("/metrics")).send().await.unwrap();
    assert_eq!(near.status(), 200);
    assert!(near.text().await.unwrap().contains("softphone_streams_open 0"));
    let far = server.http.get(server.url("/metrics"));
    let far = far.header("x-forwarded-for", "203.0.113.7").send().await.unwrap();
    assert_eq!(far.status(), 404);
    let elsewhere =
        TestServer::start(|config| config.metrics.allow = vec!["192.0.2.7".parse().unwrap()]).await;
    let near = elsewhere.http.get(elsewhere.url("/metrics"));
    assert_eq!(
        near.send().await.unwrap().status(),
        404,
        "a list without this machine"
    );
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let server = TestServer::start(|_| {}).await;
    let body = format!(r#"{{"name":"{}","password":"x"}}"#, "a".repeat(70_000));
    let request = server.http.post(server.url("/api/session"));
    let request = request
        .header(protocol::CHANGE_HEADER, "1")
        .header("content-type", "application/json");
    assert_eq!(request.body(body).send().await.unwrap().status(), 413);
}
