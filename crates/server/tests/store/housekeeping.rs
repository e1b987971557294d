//! Leases, retention, export, backup, and readers that hang.

use std::time::Duration;

use protocol::history::{Feedback, Issue, LogUpload, Note};
use server::config::StoreConfig;
use server::store::{self, AuditRecord, EXPORTED, Retention, Store, StoreError};
use tokio::time::timeout;

use crate::people::session;
use crate::place::Place;
use crate::samples::{news, placed, webhook};

pub(crate) async fn one_holder_of_a_lease(place: Place) {
    let nodes = [place.open().await, place.open().await];
    let takers: Vec<_> = (0..20)
        .map(|n| {
            let store = nodes[n % 2].clone();
            tokio::spawn(async move {
                store
                    .lease("reconcile", &format!("node-{n}"), 0, 100)
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut holder = Vec::new();
    for (n, taker) in takers.into_iter().enumerate() {
        if taker.await.unwrap() {
            holder.push(format!("node-{n}"));
        }
    }
    assert_eq!(holder.len(), 1);
    assert!(
        nodes[0].lease("reconcile", &holder[0], 50, 150).await.unwrap(),
        "renewed"
    );
    assert!(!nodes[1].lease("reconcile", "other", 149, 300).await.unwrap());
    assert!(
        nodes[1].lease("reconcile", "other", 150, 300).await.unwrap(),
        "it ended"
    );
    assert!(nodes[0].lease("forget", "anybody", 0, 1).await.unwrap());
}

fn record(what: &str, at: i64) -> AuditRecord {
    AuditRecord {
        at,
        who: "asha".to_owned(),
        what: what.to_owned(),
        target: "u1".to_owned(),
        result: "done".to_owned(),
        detail: String::new(),
    }
}

/// One of everything at `at`.
async fn fill(store: &dyn Store, at: i64) {
    let sid = format!("c{at}");
    store
        .commit(&[webhook(&format!("k{at}"), at), placed(&sid, "asha", "+911", at)])
        .await
        .unwrap();
    let note = Note {
        text: "call back".to_owned(),
        disposition: String::new(),
        updated_at: at,
    };
    store.put_note(&sid, "asha", &note).await.unwrap();
    let feedback = Feedback {
        rating: 5,
        issue: Issue::NoIssue,
        statistics: Some("{\"loss\":0}".to_owned()),
    };
    store.put_feedback(&sid, "asha", &feedback, at).await.unwrap();
    let upload = LogUpload {
        from: 0,
        to: at,
        description: "no sound".to_owned(),
        lines: vec!["a".to_owned()],
    };
    store.put_log(&sid, "asha", &upload, at).await.unwrap();
    store.put_audit(&record("device", at)).await.unwrap();
    store.begin_placement("asha", &sid, "+911", at).await.unwrap();
    let session = store::StoredSession {
        expires_at: at,
        ..session(at as u8, "asha")
    };
    store.put_session(&session).await.unwrap();
}

async fn rows(store: &dyn Store, table: &str) -> usize {
    store.export(table, 0, 1_000).await.unwrap().len()
}

pub(crate) async fn old_things_go_and_young_ones_stay(place: Place) {
    let store = place.open().await;
    fill(store.as_ref(), 10).await;
    fill(store.as_ref(), 20).await;
    let limits = |events, others, now| Retention {
        events,
        deliveries: others,
        calls: others,
        audit: others,
        logs: others,
        now,
    };
    let day = 24 * 3_600_000;
    // Three events; webhook, call, view, note, feedback, log, audit; a session; a placement a day later.
    assert_eq!(store.forget(&limits(20, 0, 0)).await.unwrap(), 3);
    assert_eq!(store.forget(&limits(0, 20, 0)).await.unwrap(), 7);
    assert_eq!(store.forget(&limits(0, 0, 15)).await.unwrap(), 1);
    assert_eq!(
        store.begin_placement("asha", "c10", "+911", 5).await.unwrap(),
        Some(store::PlacementState::Begun)
    );
    assert_eq!(store.forget(&limits(0, 0, day + 15)).await.unwrap(), 2);
    assert_eq!(
        store.begin_placement("asha", "c10", "+911", 5).await.unwrap(),
        None
    );
    for table in [
        "events",
        "deliveries",
        "calls",
        "notes",
        "feedback",
        "logs",
        "audit",
    ] {
        let left = rows(store.as_ref(), table).await;
        assert_eq!(left, if table == "events" { 3 } else { 1 }, "{table}");
    }
    assert!(store.call("c20").await.unwrap().is_some());
    assert_eq!(
        store.commit(&[webhook("k20", 30)]).await.unwrap(),
        [store::Written::Repeated]
    );
}

pub(crate) async fn an_export_has_every_row_and_no_secret(place: Place) {
    let store = place.open().await;
    for at in 1..=5 {
        fill(store.as_ref(), at).await;
    }
    for (table, _, columns) in EXPORTED {
        let mut seen = Vec::new();
        loop {
            let after = seen.last().map_or(0, |(number, _)| *number);
            let page = store.export(table, after, 2).await.unwrap();
            if page.is_empty() {
                break;
            }
            seen.extend(page);
        }
        assert!(seen.is_sorted_by(|a, b| a.0 < b.0), "{table}");
        for (_, row) in &seen {
            let names = row.as_object().unwrap().keys();
            assert_eq!(names.len(), columns.len(), "{table}");
        }
        let expected = match table {
            "events" => 15,
            "allocations" | "dial_contexts" | "people" | "jobs" | "logged" => 0,
            _ => 5,
        };
        assert_eq!(seen.len(), expected, "{table}");
    }
    let calls = store.export("calls", 0, 1).await.unwrap();
    assert_eq!(calls[0].1["settled"], serde_json::json!(false));
    assert_eq!(calls[0].1["facts"]["first_news"], serde_json::json!(1));
    for table in [
        "sessions",
        "tickets",
        "api_keys",
        "meta",
        "calls; DROP TABLE calls",
    ] {
        assert!(
            matches!(store.export(table, 0, 1).await, Err(StoreError::Unsupported(_))),
            "{table}"
        );
    }
    let records = store.audit(None, 2).await.unwrap();
    assert_eq!(
        records.iter().map(|stored| stored.record.at).collect::<Vec<_>>(),
        [5, 4]
    );
    assert_eq!(store.audit(Some(records[1].id), 9).await.unwrap().len(), 3);
}

pub(crate) async fn a_stuck_reader_blocks_nobody(place: Place) {
    let store = place.open().await;
    store.commit(&[news(None, 1)]).await.unwrap();
    let begin = "BEGIN; SELECT * FROM events; SELECT * FROM calls; SELECT * FROM meta";
    let go_on = async {
        for mark in 2..50 {
            store.commit(&[news(None, mark)]).await.unwrap();
        }
        store.ping().await.unwrap();
        store.log_bounds().await.unwrap().last
    };
    let last = match &place {
        Place::Sqlite(folder) => {
            let file = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("softphone.db"));
            let reader = sqlx::SqlitePool::connect_with(file).await.unwrap();
            let mut held = reader.acquire().await.unwrap();
            sqlx::raw_sql(begin).execute(&mut *held).await.unwrap();
            timeout(Duration::from_secs(10), go_on).await
        }
        Place::Postgres(url) => {
            let reader = sqlx::PgPool::connect(url).await.unwrap();
            let mut held = reader.acquire().await.unwrap();
            sqlx::raw_sql(begin).execute(&mut *held).await.unwrap();
            timeout(Duration::from_secs(10), go_on).await
        }
    };
    assert_eq!(last.expect("the writers waited for a reader"), 49);
}

pub(crate) async fn an_allocation_goes_once_it_is_given_back(place: Place) {
    let store = place.open().await;
    for (id, state) in [("g1", "active"), ("g2", "vault")] {
        let allocation = store::Allocation {
            greenpin_id: id.to_owned(),
            transaction_id: "t".to_owned(),
            state: state.to_owned(),
            body: serde_json::Value::Null,
            calls: 0,
            verified: 0,
            updated_at: 10,
        };
        store.put_allocation(&allocation).await.unwrap();
    }
    let none = i64::MIN;
    let limits = |calls| Retention {
        events: none,
        deliveries: none,
        calls,
        audit: none,
        logs: none,
        now: 0,
    };
    assert_eq!(store.forget(&limits(10)).await.unwrap(), 0);
    assert_eq!(store.forget(&limits(11)).await.unwrap(), 1);
    assert!(store.allocation("g1").await.unwrap().is_some());
    assert_eq!(store.allocation("g2").await.unwrap(), None);
}

/// Whoever likes may ask `/readyz`: it must not keep the disk busy, and it must notice who may not write.
pub(crate) async fn whether_it_can_be_written_is_asked_without_writing(place: Place) {
    let store = place.open().await;
    store.ping().await.unwrap();
    match &place {
        Place::Sqlite(folder) => {
            let log = folder.join("softphone.db-wal");
            let size = || std::fs::metadata(&log).unwrap().len();
            let before = size();
            store.ping().await.unwrap();
            assert_eq!(size(), before, "it wrote");
        }
        Place::Postgres(url) => {
            let database = url.rsplit('/').next().unwrap();
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            let only_read = format!("ALTER DATABASE {database} SET default_transaction_read_only = on");
            sqlx::query(sqlx::AssertSqlSafe(only_read))
                .execute(&pool)
                .await
                .unwrap();
            // For new connections: those of before are cut.
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            sqlx::query(cut).execute(&pool).await.unwrap();
            let refused = store.ping().await.unwrap_err();
            assert!(refused.to_string().contains("only reads"), "{refused}");
        }
    }
}

/// SQLite copies itself while it works; PostgreSQL says which tool does.
#[tokio::test]
async fn a_copy_holds_all_that_was_there() {
    let place = Place::sqlite();
    let store = place.open().await;
    fill(store.as_ref(), 10).await;
    let Place::Sqlite(folder) = &place else {
        unreachable!()
    };
    let copy = folder.join("copy.db");
    store.backup(&copy).await.unwrap();
    store.commit(&[news(None, 20)]).await.unwrap();
    let copied = store::open(&StoreConfig::Sqlite(copy.clone())).await.unwrap();
    assert_eq!(copied.log_bounds().await.unwrap().last, 3);
    assert_eq!(
        copied.call("c10").await.unwrap(),
        store.call("c10").await.unwrap()
    );
    assert!(store.backup(&copy).await.is_err(), "a copy is never written over");
    let epochs = [&copied, &store].map(|store| store.log_bounds());
    let [copied, ours] = futures_util::future::join_all(epochs).await.try_into().unwrap();
    assert_ne!(
        copied.unwrap().epoch,
        ours.unwrap().epoch,
        "it goes on as another log"
    );
    assert!(store.backup(&folder.join("nowhere/copy.db")).await.is_err());
    let names = || {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
    };
    assert!(!names().any(|name| name.to_string_lossy().ends_with(".part")));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(copy).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "others may read it");

    let place = Place::postgres().await;
    let refused = place.open().await.backup(folder).await.unwrap_err();
    assert!(refused.to_string().contains("pg_dump"), "{refused}");
}
