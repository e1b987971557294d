//! A planned end: nobody loses a place, nobody is left hanging.

use std::sync::Arc;
use std::time::Duration;

use protocol::session::Role;
use server::ops::Patience;

use crate::listener::{From, Listener, ask, log, mark, marked, until};
use crate::support::server::TestServer;

#[tokio::test]
async fn streams_end_with_their_place_and_go_on_with_the_next_server() {
    let server = TestServer::start(|_| {}).await;
    let dir = Arc::clone(&server.dir);
    let (app, ready) = (server.app.clone(), server.url("/readyz"));
    let http = server.http.clone();
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let mut listeners = Vec::new();
    for _ in 0..5 {
        listeners.push(Listener::open(&server, &asha, From::Now).await.0);
    }
    log(app.store.as_ref(), vec![marked(Some("a1"), "before")]).await;
    for listener in &mut listeners {
        assert_eq!(mark(&listener.event().await), "before");
    }
    assert_eq!(http.get(&ready).send().await.unwrap().status(), 200);
    let events = server.url("/events");
    let stopping = tokio::spawn(server.stop(Patience {
        spread: Duration::from_secs(3),
        longest: Duration::from_secs(20),
    }));
    until("it is no longer ready", async || {
        http.get(&ready).send().await.unwrap().status() == 503
    })
    .await;
    let late = http.get(&events).header("authorization", asha.bearer());
    let late = late.send().await.unwrap();
    assert_eq!(late.status(), 503);
    assert!(late.text().await.unwrap().contains("draining"));
    let mut place = String::new();
    for listener in &mut listeners {
        let last = listener.block().await.expect("a last word");
        assert_eq!(last.comment, "end");
        assert_eq!(listener.block().await, None);
        place = last.id;
    }
    stopping.await.unwrap();
    assert!(http.get(&ready).send().await.is_err(), "nobody listens any more");

    let next = TestServer::start_in(dir, |_| {}).await;
    log(next.app.store.as_ref(), vec![marked(Some("a1"), "after")]).await;
    let (mut listener, _) = Listener::open(&next, &asha, From::Header(&place)).await;
    assert_eq!(mark(&listener.event().await), "after");
}

#[tokio::test]
async fn what_does_not_end_is_cut() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let server = TestServer::start(|_| {}).await;
    let mut half = tokio::net::TcpStream::connect(server.addr).await.unwrap();
    half.write_all(b"POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{")
        .await
        .unwrap();
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    assert_eq!(ask(&server, &asha, From::Now).await.status(), 200);
    let patience = Patience {
        spread: Duration::ZERO,
        longest: Duration::from_secs(1),
    };
    let stop = tokio::time::timeout(Duration::from_secs(15), server.stop(patience));
    stop.await.expect("a peer cannot keep the server up");
    let mut rest = Vec::new();
    // Whatever it was told, the connection is over.
    let _ = half.read_to_end(&mut rest).await;
}
