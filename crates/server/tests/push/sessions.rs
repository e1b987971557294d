//! A stream lives no longer than its session.

use std::time::{Duration, Instant};

use protocol::session::Role;

use crate::listener::{From, Listener, ask, log, marked};
use crate::support::server::{PATIENCE, TestServer, hash};

/// A second is promised; the rest is for a busy machine.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_session_that_ends_takes_its_streams_along() {
    let server = TestServer::start(|_| {}).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let other = server
        .session_of("asha", Role::Agent, Some("a1"), 3_600_000)
        .await;
    let (mut ended, _) = Listener::open(&server, &asha, From::Now).await;
    let (mut stays, _) = Listener::open(&server, &other, From::Now).await;
    let now = server::clock::now();
    let began = Instant::now();
    server
        .app
        .store
        .end_session(&hash(&asha.token), now)
        .await
        .unwrap();
    assert_eq!(ended.block().await, None);
    assert!(began.elapsed() < SOON, "it took {:?}", began.elapsed());
    assert_eq!(ask(&server, &asha, From::Now).await.status(), 401);
    // The other one of the same account went on until all of them end.
    assert_eq!(server.app.store.end_sessions_of("asha", now).await.unwrap(), 1);
    assert_eq!(stays.block().await, None);
}

#[tokio::test]
async fn a_session_that_runs_out_takes_its_streams_along() {
    let life = Duration::from_secs(2);
    let server = TestServer::start(|config| {
        config.sessions.idle = life;
        config.sessions.longest = life;
    })
    .await;
    server.add("asha", Role::Agent, Some("a1")).await;
    let asha = server.session_of("asha", Role::Agent, Some("a1"), 2_000).await;
    let began = Instant::now();
    let (mut listener, _) = Listener::open(&server, &asha, From::Now).await;
    assert_eq!(listener.block().await, None);
    assert!(began.elapsed() > life / 2, "it lived as long as its session");
}

/// A stream with something to say all the time never waits, and must see its end all the same.
#[tokio::test]
async fn a_session_that_runs_out_takes_a_busy_stream_along() {
    let life = Duration::from_secs(2);
    let server = TestServer::start(|config| {
        config.sessions.idle = life;
        config.sessions.longest = life;
    })
    .await;
    server.add("asha", Role::Agent, Some("a1")).await;
    let asha = server.session_of("asha", Role::Agent, Some("a1"), 2_000).await;
    let (mut listener, _) = Listener::open(&server, &asha, From::Now).await;
    let store = server.app.store.clone();
    let busy = tokio::spawn(async move {
        loop {
            log(store.as_ref(), vec![marked(Some("a1"), "on and on")]).await;
        }
    });
    let began = Instant::now();
    while listener.block().await.is_some() {
        assert!(began.elapsed() < PATIENCE, "it outlives its session");
    }
    busy.abort();
}
