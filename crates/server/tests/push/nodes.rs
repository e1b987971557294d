//! Three servers on one PostgreSQL.

use std::collections::BTreeSet;
use std::sync::Arc;

use exotel::Secret;
use protocol::session::Role;
use server::config::{Config, StoreConfig};
use server::ops::{Limits, Patience};
use server::store;
use tokio::time::Instant;

use crate::listener::{From, Listener, log, mark, marked};
use crate::postgres::Postgres;
use crate::support::server::{PATIENCE, TestServer, hash};

/// Events that each server writes.
const EACH: usize = 200;

async fn node(url: &str) -> TestServer {
    let dir = Arc::new(tempfile::tempdir().unwrap());
    let mut config = Config::for_tests(dir.path(), None);
    config.store = StoreConfig::Postgres(Secret::new(url));
    let store = store::open(&config.store).await.unwrap();
    TestServer::start_with(dir, config, store, Limits::default()).await
}

/// Whoever writes, whoever reads: every event once, in the log's order. Then one server dies, and its reader goes on
/// at another; and a session that is ended at one loses its stream at another.
#[tokio::test(flavor = "multi_thread")]
async fn servers_push_each_others_events() {
    let postgres = Postgres::start();
    let url = postgres.database().await;
    let (one, two, three) = (node(&url).await, node(&url).await, node(&url).await);
    let asha = one.signed_in("asha", Role::Agent, Some("a1")).await;
    let mut readers = Vec::new();
    for server in [&one, &two, &three] {
        readers.push(Listener::open(server, &asha, From::Now).await.0);
    }
    let write = async |name: &str, server: &TestServer| {
        for number in 0..EACH {
            let event = marked(Some("a1"), &format!("{name}-{number}"));
            log(server.app.store.as_ref(), vec![event]).await;
        }
    };
    tokio::join!(write("one", &one), write("two", &two), write("three", &three));
    let mut orders = Vec::new();
    let mut last = String::new();
    for reader in &mut readers {
        let mut order = Vec::new();
        while order.len() < 3 * EACH {
            let block = reader.event().await;
            order.push(mark(&block));
            last = block.id;
        }
        orders.push(order);
    }
    let distinct: BTreeSet<_> = orders[0].iter().collect();
    assert_eq!(distinct.len(), 3 * EACH, "each event once");
    assert!(
        orders.iter().all(|order| *order == orders[0]),
        "one order for all"
    );

    one.stop(Patience::AT_ONCE).await;
    log(three.app.store.as_ref(), vec![marked(Some("a1"), "after")]).await;
    let (mut reader, _) = Listener::open(&two, &asha, From::Header(&last)).await;
    assert_eq!(mark(&reader.event().await), "after");

    let began = Instant::now();
    let session = hash(&asha.token);
    let ended = three.app.store.end_session(&session, server::clock::now());
    ended.await.unwrap();
    assert_eq!(reader.block().await, None);
    assert!(began.elapsed() < PATIENCE / 4);
}
