//! Many writers over one store, and a database that goes away under them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use protocol::Millis;
use server::config::StoreConfig;
use server::events::Writer;
use server::ops::Metrics;
use server::store::{self, Audience, StoreError, Write, Written};

use crate::place::Place;
use crate::postgres::Postgres;
use crate::samples::{mark, news, webhook};

pub(crate) async fn every_writer_gets_its_own_answer(place: Place) {
    let store = place.open().await;
    let writer = Writer::start(Arc::clone(&store), Metrics::new());
    let tasks: Vec<_> = (0..2_000_i64)
        .map(|n| {
            let writer = writer.clone();
            // Every key comes twice.
            tokio::spawn(async move { (n, writer.write(webhook(&format!("k{}", n / 2), n)).await.unwrap()) })
        })
        .collect();
    let mut places = BTreeSet::new();
    for task in tasks {
        let (n, written) = task.await.unwrap();
        if let Written::Fresh { last } = written {
            let event = &store
                .events_after(last - 1, &Audience::Everybody, 1)
                .await
                .unwrap()[0];
            assert_eq!(mark(&event.event), n, "somebody else's answer");
            places.insert(last);
        }
    }
    assert_eq!(places, (1..=1_000).collect());
}

/// A call whose facts cannot be read any more: its own news fail, its neighbours' in the batch do not.
pub(crate) async fn one_bad_write_harms_only_itself(place: Place) {
    let store = place.open().await;
    store
        .commit(&[crate::samples::placed("bad", "asha", "+911", 1)])
        .await
        .unwrap();
    place.run("UPDATE calls SET facts = 'not JSON'").await;
    let writer = Writer::start(Arc::clone(&store), Metrics::new());
    let tasks: Vec<_> = (0..100)
        .map(|n| {
            let writer = writer.clone();
            let write = match n % 10 {
                0 => crate::samples::declined("bad", "asha", n),
                _ => news(Some("asha"), n),
            };
            tokio::spawn(async move { writer.write(write).await })
        })
        .collect();
    for (n, task) in tasks.into_iter().enumerate() {
        match task.await.unwrap() {
            Ok(_) => assert_ne!(n % 10, 0),
            Err(error) => {
                assert!(
                    matches!(
                        error,
                        StoreError::Corrupt {
                            place: "calls.facts",
                            ..
                        }
                    ),
                    "{error}"
                );
                assert_eq!(n % 10, 0);
            }
        }
    }
    assert_eq!(store.log_bounds().await.unwrap().last, 91);
}

/// PostgreSQL is killed and stopped under load. What was acknowledged is there, once; what was not may be sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_away_loses_nothing_acknowledged() {
    let server = Postgres::start();
    let url = server.database().await;
    let store = store::open(&StoreConfig::Postgres(exotel::Secret::new(url)))
        .await
        .unwrap();
    let writer = Writer::start(Arc::clone(&store), Metrics::new());
    let over = Arc::new(AtomicBool::new(false));
    let senders: Vec<_> = (0..8)
        .map(|n| tokio::spawn(send(writer.clone(), n * 1_000_000, Arc::clone(&over))))
        .collect();
    let server = tokio::task::spawn_blocking(move || {
        for order in ["crash", "stop", "crash"] {
            std::thread::sleep(Duration::from_millis(1_000));
            server.order(order);
            std::thread::sleep(Duration::from_millis(300));
            server.order("start");
        }
        std::thread::sleep(Duration::from_secs(3));
        server
    });
    let server = server.await.unwrap();
    over.store(true, Ordering::Relaxed);
    let (mut acknowledged, mut failed) = (BTreeSet::new(), 0);
    for sender in senders {
        let (sent, refused) = sender.await.unwrap();
        acknowledged.extend(sent);
        failed += refused;
    }
    let mut logged = Vec::new();
    loop {
        let events = store
            .events_after(logged.len() as i64, &Audience::Everybody, 1_000)
            .await
            .unwrap();
        if events.is_empty() {
            break;
        }
        logged.extend(events.iter().map(|logged| mark(&logged.event)));
    }
    let once: BTreeSet<Millis> = logged.iter().copied().collect();
    assert_eq!(once.len(), logged.len(), "logged twice");
    assert_eq!(once, acknowledged);
    assert!(
        failed > 0 && acknowledged.len() > 100,
        "{failed} failed, {} done",
        acknowledged.len()
    );
    drop(server);
}

/// Sends webhooks until it is over, each again until it is acknowledged. Those, and how often it failed.
async fn send(writer: Writer, from: Millis, over: Arc<AtomicBool>) -> (Vec<Millis>, usize) {
    let (mut done, mut failed) = (Vec::new(), 0);
    let mut n = from;
    while !over.load(Ordering::Relaxed) {
        let write: Write = webhook(&format!("k{n}"), n);
        let begun = Instant::now();
        while let Err(error) = writer.write(write.clone()).await {
            assert!(begun.elapsed() < Duration::from_secs(60), "{error}");
            failed += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        done.push(n);
        n += 1;
    }
    (done, failed)
}
