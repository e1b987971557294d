//! One suite of what a store promises, run through SQLite and through PostgreSQL.

use std::sync::Arc;

use server::config::StoreConfig;
use server::store::{self, Audience, Logged, NewEvent, Store, Write, Written};

#[tokio::test]
async fn smoke() {
    let folder = std::env::temp_dir().join(format!("softphone-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let db: Arc<dyn Store> = store::open(&StoreConfig::Sqlite(folder.join("s.db")))
        .await
        .unwrap();
    let write = Write {
        events: vec![NewEvent {
            agent: Some("a".into()),
            body: Logged::SessionsEnded("x".into()),
        }],
        at: 5,
        ..Write::default()
    };
    let written = db.commit(&[write]).await.unwrap();
    assert_eq!(written, [Written::Fresh { last: 1 }]);
    let events = db.events_after(0, &Audience::Server, 10).await.unwrap();
    assert_eq!(events.len(), 1);
    assert!(
        db.events_after(0, &Audience::Agent("a".into()), 10)
            .await
            .unwrap()
            .is_empty()
    );
    eprintln!("{:?}", db.log_bounds().await.unwrap());
    db.ping().await.unwrap();
    assert!(db.lease("a", "me", 0, 5).await.unwrap());
    assert!(!db.lease("a", "you", 4, 9).await.unwrap());
    assert_eq!(db.end_sessions_of("asha", 3).await.unwrap(), 0);
    for (table, ..) in store::EXPORTED {
        eprintln!("{table} {:?}", db.export(table, 0, 10).await.unwrap());
    }
    let all = store::Retention {
        events: 4,
        deliveries: 9,
        calls: 9,
        audit: 9,
        logs: 9,
        now: 9,
    };
    db.forget(&all).await.unwrap();
    db.backup(&folder.join("copy.db")).await.unwrap();
    db.close().await;
}
