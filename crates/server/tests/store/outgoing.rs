//! Webhooks to CRMs.

use protocol::crm_webhooks::{CrmNews, OutgoingState};
use server::store::{Audience, Logged, NewOutgoing, OutgoingTried};

use crate::place::Place;
use crate::samples::{declined, news};

fn message(id: &str, endpoint: &str, sid: &str, at: i64) -> NewOutgoing {
    NewOutgoing {
        message: id.to_owned(),
        endpoint: endpoint.to_owned(),
        news: CrmNews::CallEnded,
        sid: sid.to_owned(),
        agent: "asha".to_owned(),
        body: format!("{{\"of\":\"{id}\"}}"),
        made_at: at,
        not_before: at,
        until: at + 1_000,
    }
}

fn tried(state: OutgoingState, at: i64) -> OutgoingTried {
    OutgoingTried {
        state,
        words: "Refused: 502.".to_owned(),
        not_before: at + 10,
        through: state == OutgoingState::Done,
        off: None,
        at,
    }
}

pub(crate) async fn the_log_is_told_from_where_it_was_and_by_one_node(place: Place) {
    let store = place.open().await;
    store.commit(&[news(None, 1), news(None, 2)]).await.unwrap();
    let from = store.crm_cursor().await.unwrap();
    assert_eq!(from, 2, "at first, to its end");
    store.commit(&[declined("c1", "asha", 3)]).await.unwrap();
    assert_eq!(store.crm_cursor().await.unwrap(), 2);
    assert!(
        store
            .queue_outgoing(2, 3, &[message("m1", "crm", "c1", 10)])
            .await
            .unwrap()
    );
    assert!(
        !store
            .queue_outgoing(2, 3, &[message("m2", "crm", "c1", 10)])
            .await
            .unwrap()
    );
    assert_eq!(store.crm_cursor().await.unwrap(), 3);
    assert_eq!(store.outgoing(None, 9).await.unwrap().len(), 1);
}

pub(crate) async fn newer_words_take_the_place_of_what_was_not_tried(place: Place) {
    let store = place.open().await;
    store.crm_cursor().await.unwrap();
    let queue = |from, messages: Vec<NewOutgoing>| {
        let store = store.clone();
        async move { assert!(store.queue_outgoing(from, from + 1, &messages).await.unwrap()) }
    };
    queue(
        0,
        vec![message("m1", "crm", "c1", 10), message("m2", "crm", "c1", 20)],
    )
    .await;
    let due = store.due_outgoing(20, 9).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(
        (due[0].outgoing.message.as_str(), due[0].outgoing.body.as_str()),
        ("m1", "{\"of\":\"m2\"}")
    );
    assert!(store.due_outgoing(19, 9).await.unwrap().is_empty());
    store
        .outgoing_tried(due[0].id, "crm", &tried(OutgoingState::Waiting, 20))
        .await
        .unwrap();
    queue(1, vec![message("m3", "crm", "c1", 25)]).await;
    let due = store.due_outgoing(30, 9).await.unwrap();
    let ids: Vec<_> = due
        .iter()
        .map(|due| (due.outgoing.message.as_str(), due.tries))
        .collect();
    assert_eq!(ids, [("m3", 0), ("m1", 1)]);
    store
        .outgoing_tried(due[0].id, "crm", &tried(OutgoingState::Done, 30))
        .await
        .unwrap();
    assert!(store.send_again(due[0].id, 31, 99).await.unwrap());
    assert!(!store.send_again(999, 31, 99).await.unwrap());
    assert_eq!(store.due_outgoing(31, 9).await.unwrap().len(), 2);
}

pub(crate) async fn a_receiver_that_is_away_holds_up_no_other_and_one_that_is_off_hears_nothing(
    place: Place,
) {
    let store = place.open().await;
    store.crm_cursor().await.unwrap();
    let mut all: Vec<_> = (0..20)
        .map(|n| message(&format!("a{n}"), "away", &format!("c{n}"), n))
        .collect();
    all.push(message("b1", "back", "c1", 50));
    assert!(store.queue_outgoing(0, 1, &all).await.unwrap());
    let first = store.due_outgoing(60, 16).await.unwrap();
    assert_eq!(first.len(), 16);
    store
        .outgoing_tried(first[0].id, "away", &tried(OutgoingState::Waiting, 60))
        .await
        .unwrap();
    store
        .outgoing_tried(first[1].id, "away", &tried(OutgoingState::Waiting, 70))
        .await
        .unwrap();
    assert_eq!(
        store.endpoints().await.unwrap()[0].failing_since,
        Some(60),
        "since the first"
    );
    let due = store.due_outgoing(60, 16).await.unwrap();
    let of = |name: &str| due.iter().filter(|due| due.outgoing.endpoint == name).count();
    assert_eq!((of("away"), of("back")), (2, 1));
    let mut gone = tried(OutgoingState::GivenUp, 80);
    gone.off = Some("It answered 410.".to_owned());
    store.outgoing_tried(due[0].id, "away", &gone).await.unwrap();
    let due = store.due_outgoing(99, 16).await.unwrap();
    assert_eq!(due.len(), 1, "only the other");
    store.endpoint_on("away").await.unwrap();
    assert_eq!(store.due_outgoing(99, 32).await.unwrap().len(), 17);
    let standing = store.endpoints().await.unwrap().remove(0);
    assert_eq!((standing.failing_since, standing.off), (None, None));
}

pub(crate) async fn a_note_is_in_the_log_for_the_nodes_alone(place: Place) {
    let store = place.open().await;
    let note = protocol::history::Note {
        text: "Refund".to_owned(),
        disposition: String::new(),
        updated_at: 5,
    };
    store.put_note("c1", "asha", &note).await.unwrap();
    let read = |audience| {
        let store = store.clone();
        async move { store.events_after(0, &audience, 9).await.unwrap() }
    };
    assert!(read(Audience::Agent("asha".to_owned())).await.is_empty());
    assert!(read(Audience::Everybody).await.is_empty());
    let saved = Logged::NoteSaved {
        sid: "c1".to_owned(),
        agent: "asha".to_owned(),
    };
    assert_eq!(read(Audience::Server).await[0].event.body, saved);
}
