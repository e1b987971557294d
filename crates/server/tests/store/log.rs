//! The log: repeats, order, audiences, reach.

use std::collections::BTreeMap;
use std::time::Duration;

use server::store::{Audience, Logged, Retention, Write, Written};
use tokio::time::timeout;

use crate::place::Place;
use crate::samples::{event, mark, news, webhook};

pub(crate) async fn a_known_key_changes_nothing(place: Place) {
    let store = place.open().await;
    let first = store.commit(&[webhook("k1", 1)]).await.unwrap();
    assert_eq!(first, [Written::Fresh { last: 1 }]);
    let mut again = webhook("k1", 2);
    again.facts = Some((
        "c1".to_owned(),
        server::calls::of_placement("asha", "+1", "+2", 2),
    ));
    let second = store.commit(&[again, webhook("k2", 3)]).await.unwrap();
    assert_eq!(second, [Written::Repeated, Written::Fresh { last: 2 }]);
    assert_eq!(store.call("c1").await.unwrap(), None);
    let kept = store.deliveries(None, 10).await.unwrap();
    let keys: Vec<&str> = kept.iter().map(|kept| kept.delivery.key.as_str()).collect();
    assert_eq!(keys, ["k2", "k1"]);
    assert_eq!(kept[1].delivery, webhook("k1", 1).delivery.unwrap());
    let older = store.deliveries(Some(kept[0].id), 10).await.unwrap();
    assert_eq!(older, kept[1..]);
}

pub(crate) async fn a_repeat_within_a_batch_is_one_event(place: Place) {
    let store = place.open().await;
    let batch = [
        webhook("k", 1),
        webhook("k", 2),
        Write::default(),
        webhook("k", 3),
    ];
    let written = store.commit(&batch).await.unwrap();
    let nothing = Written::Fresh { last: 0 };
    assert_eq!(
        written,
        [
            Written::Fresh { last: 1 },
            Written::Repeated,
            nothing,
            Written::Repeated
        ]
    );
    assert_eq!(store.log_bounds().await.unwrap().last, 1);
}

/// Two nodes, eight committers, one reader with a cursor on each node: each sees all events, in order, without a hole.
pub(crate) async fn no_reader_with_a_cursor_skips_an_event(place: Place) {
    const EACH: i64 = 40;
    let nodes = [place.open().await, place.open().await];
    let mut tasks = Vec::new();
    for writer in 0..8 {
        let store = nodes[writer as usize % 2].clone();
        tasks.push(tokio::spawn(async move {
            for n in 0..EACH {
                store
                    .commit(&[news(None, writer * 1000 + n), news(None, writer * 1000 + n)])
                    .await
                    .unwrap();
            }
        }));
    }
    let readers = nodes.map(|store| {
        tokio::spawn(async move {
            let mut seen: Vec<(i64, i64)> = Vec::new();
            while seen.len() < 8 * 2 * EACH as usize {
                let after = seen.last().map_or(0, |(seq, _)| *seq);
                let events = store.events_after(after, &Audience::Everybody, 50).await.unwrap();
                seen.extend(events.iter().map(|logged| (logged.seq, mark(&logged.event))));
            }
            seen
        })
    });
    for task in tasks {
        task.await.unwrap();
    }
    for reader in readers {
        let seen = timeout(Duration::from_secs(30), reader)
            .await
            .expect("an event was skipped")
            .unwrap();
        let places: Vec<i64> = seen.iter().map(|(seq, _)| *seq).collect();
        assert_eq!(places, (1..=8 * 2 * EACH).collect::<Vec<_>>());
        let mut by_writer: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (_, mark) in seen {
            by_writer.entry(mark / 1000).or_default().push(mark);
        }
        assert!(
            by_writer.values().all(|marks| marks.is_sorted()),
            "a writer's own order"
        );
    }
}

pub(crate) async fn an_agent_reads_their_own_events_only(place: Place) {
    let store = place.open().await;
    let ended = server::store::NewEvent {
        agent: None,
        body: Logged::SessionEnded("00".to_owned()),
    };
    let events = vec![
        event(Some("asha"), 1),
        event(Some("ravi"), 2),
        event(None, 3),
        ended,
        event(Some("asha"), 5),
    ];
    store
        .commit(&[Write {
            events,
            at: 7,
            ..Write::default()
        }])
        .await
        .unwrap();
    let read = async |audience: Audience, after, limit| {
        let events = store.events_after(after, &audience, limit).await.unwrap();
        events.iter().map(|logged| logged.seq).collect::<Vec<_>>()
    };
    let asha = || Audience::Agent("asha".to_owned());
    assert_eq!(read(asha(), 0, 10).await, [1, 5]);
    assert_eq!(read(asha(), 1, 10).await, [5]);
    assert_eq!(read(asha(), 0, 1).await, [1]);
    assert!(read(Audience::Agent(String::new()), 0, 10).await.is_empty());
    assert_eq!(read(Audience::Everybody, 0, 10).await, [1, 2, 3, 5]);
    assert_eq!(read(Audience::Server, 0, 10).await, [1, 2, 3, 4, 5]);
    let second = &store.events_after(1, &Audience::Server, 1).await.unwrap()[0];
    assert_eq!((second.at, &second.event), (7, &event(Some("ravi"), 2)));
}

pub(crate) async fn what_is_forgotten_is_told_by_the_bounds(place: Place) {
    let store = place.open().await;
    let empty = store.log_bounds().await.unwrap();
    assert_eq!((empty.forgotten, empty.last, empty.since), (0, 0, 0));
    assert_eq!(empty.epoch.len(), 16);
    let batch: Vec<Write> = (1..=2_500).map(|n| news(None, n)).collect();
    store.commit(&batch).await.unwrap();
    let forget = async |events| {
        let none = i64::MIN;
        let limits = Retention {
            events,
            deliveries: none,
            calls: none,
            audit: none,
            logs: none,
            now: 0,
        };
        store.forget(&limits).await.unwrap()
    };
    assert_eq!(forget(2_101).await, 2_100);
    let bounds = store.log_bounds().await.unwrap();
    assert_eq!(
        (bounds.forgotten, bounds.last, bounds.since),
        (2_100, 2_500, 2_101)
    );
    assert_eq!(forget(2_101).await, 0);
    assert_eq!(forget(i64::MAX).await, 400);
    let bounds = store.log_bounds().await.unwrap();
    assert_eq!((bounds.forgotten, bounds.last, bounds.since), (2_500, 2_500, 0));
    // Places are never given twice, even to an empty log.
    let written = store.commit(&[news(None, 9_000)]).await.unwrap();
    assert_eq!(written, [Written::Fresh { last: 2_501 }]);
    assert_eq!(store.log_bounds().await.unwrap().epoch, empty.epoch);
}

/// On the node that wrote; with PostgreSQL on another one too. A wake-up may be lost while LISTEN begins, so it is tried
/// more than once.
pub(crate) async fn a_commit_wakes_who_waits(place: Place) {
    let writer = place.open().await;
    let reader = match &place {
        Place::Sqlite(_) => writer.clone(),
        Place::Postgres(_) => place.open().await,
    };
    let mut woken = false;
    for n in 0..20 {
        // An old permit first, if there is one.
        let _ = timeout(Duration::from_millis(100), reader.wait_for_commit()).await;
        let waiter = {
            let reader = reader.clone();
            tokio::spawn(async move { reader.wait_for_commit().await })
        };
        writer.commit(&[news(None, n)]).await.unwrap();
        woken |= timeout(Duration::from_secs(2), waiter).await.is_ok();
    }
    assert!(woken, "nobody was woken");
}

pub(crate) async fn an_ended_session_is_logged_for_the_nodes(place: Place) {
    let store = place.open().await;
    let session = crate::people::session(7, "asha");
    store.put_session(&session).await.unwrap();
    store.end_session(&session.hash, 5).await.unwrap();
    store.end_session(&session.hash, 6).await.unwrap();
    store.end_sessions_of("asha", 8).await.unwrap();
    let events = store.events_after(0, &Audience::Server, 9).await.unwrap();
    let bodies: Vec<(i64, &Logged)> = events
        .iter()
        .map(|logged| (logged.at, &logged.event.body))
        .collect();
    let one = Logged::SessionEnded("07".repeat(32));
    let all = Logged::SessionsEnded("asha".to_owned());
    assert_eq!(bodies, [(5, &one), (8, &all)]);
    assert!(
        store
            .events_after(0, &Audience::Everybody, 9)
            .await
            .unwrap()
            .is_empty()
    );
}
