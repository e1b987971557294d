//! Opening, reopening, and many nodes.

use server::config::StoreConfig;
use server::store::{self, Audience, StoreError};

use crate::place::Place;
use crate::samples::{news, placed, webhook};

pub(crate) async fn what_was_written_is_there_after_reopening(place: Place) {
    let store = place.open().await;
    store
        .commit(&[webhook("k1", 1), placed("c1", "asha", "+911", 2)])
        .await
        .unwrap();
    let (bounds, call) = (store.log_bounds().await.unwrap(), store.call("c1").await.unwrap());
    store.close().await;
    assert!(store.ping().await.is_err(), "closed");
    let again = place.open().await;
    assert_eq!(again.log_bounds().await.unwrap(), bounds);
    assert_eq!(again.call("c1").await.unwrap(), call);
    assert_eq!(
        again.commit(&[webhook("k1", 9)]).await.unwrap(),
        [store::Written::Repeated]
    );
}

pub(crate) async fn a_newer_database_is_refused(place: Place) {
    place.open().await.close().await;
    place
        .run("UPDATE meta SET value = '999' WHERE key = 'version'")
        .await;
    let refused = store::open(&place.config()).await.err().expect("refused");
    assert!(
        matches!(refused, StoreError::TooNew { found: 999, .. }),
        "{refused}"
    );
    place
        .run("UPDATE meta SET value = 'x' WHERE key = 'version'")
        .await;
    let refused = store::open(&place.config()).await.err().expect("refused");
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
}

pub(crate) async fn nodes_that_start_together_make_one_log(place: Place) {
    let config = place.config();
    let opening: Vec<_> = (0..6)
        .map(|_| {
            let config = config.clone();
            tokio::spawn(async move { store::open(&config).await.unwrap() })
        })
        .collect();
    let mut nodes = Vec::new();
    for node in opening {
        nodes.push(node.await.unwrap());
    }
    let epoch = nodes[0].log_bounds().await.unwrap().epoch;
    for (n, node) in nodes.iter().enumerate() {
        assert_eq!(node.log_bounds().await.unwrap().epoch, epoch);
        node.commit(&[news(None, n as i64)]).await.unwrap();
    }
    assert_eq!(
        nodes[0]
            .events_after(0, &Audience::Server, 9)
            .await
            .unwrap()
            .len(),
        6
    );
}

#[tokio::test]
async fn what_cannot_be_opened_says_why() {
    let missing = StoreConfig::Sqlite("/nowhere/at/all/softphone.db".into());
    let refused = store::open(&missing).await.err().expect("refused").to_string();
    assert!(
        refused.contains("/nowhere/at/all/softphone.db") && refused.contains("make its folder"),
        "{refused}"
    );
    let odd = StoreConfig::Postgres(exotel::Secret::new("postgres://me:hunter2@:x/"));
    let refused = store::open(&odd).await.err().expect("refused").to_string();
    assert!(
        refused.contains("postgres://user:password@host/database"),
        "{refused}"
    );
    let nobody = StoreConfig::Postgres(exotel::Secret::new("postgres://me:hunter2@127.0.0.1:1/x"));
    let refused = store::open(&nobody).await.err().expect("refused");
    assert!(!format!("{refused} {refused:?}").contains("hunter2"), "{refused}");
}
