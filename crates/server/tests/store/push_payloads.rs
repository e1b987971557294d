//! What only a ringing device may read does not outlive its ringing.

use protocol::event::Event;
use protocol::{Millis, Secret};
use server::store::{Audience, Logged, NewEvent, Store, Write};

use crate::place::Place;
use crate::samples::news;

/// No other bytes of a test's database are these.
const PAYLOAD: &str = "payload-of-one-call-";

fn push(payload: &str, at: Millis) -> Write {
    let body = Logged::Public(Event::Push {
        subscriber: "AshaBrowser".to_owned(),
        payload: Secret::new(payload),
        version: "2".to_owned(),
    });
    Write {
        events: vec![NewEvent {
            agent: Some("asha".to_owned()),
            body,
        }],
        at,
        ..Write::default()
    }
}

async fn payloads(store: &dyn Store) -> Vec<(i64, String)> {
    let events = store
        .events_after(0, &Audience::Agent("asha".to_owned()), 100)
        .await;
    let payload = |body| match body {
        Logged::Public(Event::Push { payload, .. }) => Some(payload.reveal().to_owned()),
        _ => None,
    };
    let events = events.unwrap().into_iter();
    events
        .filter_map(|event| Some((event.seq, payload(event.event.body)?)))
        .collect()
}

pub(crate) async fn an_old_push_loses_its_payload_and_keeps_its_place(place: Place) {
    let store = place.open().await;
    let writes = [push("old", 10), news(Some("asha"), 11), push("young", 20)];
    store.commit(&writes).await.unwrap();
    let of = |first: &str| vec![(1, first.to_owned()), (3, "young".to_owned())];
    assert_eq!(store.empty_pushes(10).await.unwrap(), 0);
    assert_eq!(payloads(store.as_ref()).await, of("old"));
    assert_eq!(store.empty_pushes(11).await.unwrap(), 1);
    assert_eq!(payloads(store.as_ref()).await, of(""));
    assert_eq!(store.empty_pushes(11).await.unwrap(), 0, "it was done");
    assert_eq!(store.log_bounds().await.unwrap().forgotten, 0);
    let rows = store.export("events", 0, 10).await.unwrap();
    let bodies: Vec<_> = rows.iter().map(|(_, row)| row["body"].to_string()).collect();
    assert_eq!(bodies.len(), 3);
    assert!(
        !bodies.concat().contains("young"),
        "an export shows a payload: {bodies:?}"
    );
}

/// Small ones within a page, large ones on pages of their own, more than one transaction of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_it_is_left_in_the_files_of_sqlite() {
    let place = Place::sqlite();
    let Place::Sqlite(folder) = &place else {
        unreachable!()
    };
    let store = place.open().await;
    for turn in 0..30 {
        let batch: Vec<_> = (0..20)
            .map(|number| push(&PAYLOAD.repeat(if number == 0 { 1_000 } else { 2 }), turn))
            .collect();
        store.commit(&batch).await.unwrap();
        store.commit(&[news(Some("asha"), turn)]).await.unwrap();
    }
    assert!(bytes_hold(folder, PAYLOAD), "the test looks in the wrong place");
    assert_eq!(store.empty_pushes(100).await.unwrap(), 600);
    assert!(!bytes_hold(folder, PAYLOAD), "a payload is left");
    assert_eq!(
        payloads(store.as_ref()).await.len(),
        96,
        "the first hundred events"
    );
    store.close().await;
    assert!(!bytes_hold(folder, PAYLOAD), "a payload came back");
}

/// Whether any file of the store, its write-ahead log among them, holds `text`.
fn bytes_hold(folder: &std::path::Path, text: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap();
    files.into_iter().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(text.len()).any(|some| some == text.as_bytes())
    })
}
