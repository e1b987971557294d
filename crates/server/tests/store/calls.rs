//! Calls: what is known of them, notes, placements.

use exotel::hooks::HookKind;
use protocol::PhoneNumber;
use protocol::call::{CallState, CallView, Placement};
use protocol::event::Event;
use protocol::history::{Feedback, Issue, LogUpload, Note};
use server::calls::Facts;
use server::store::{Audience, HistoryQuery, Logged, NewDelivery, PlacementState, Store, Write, Written};

use crate::place::Place;
use crate::samples::{declined, placed, said, webhook};

/// The logged calls: agent of the event, and the view.
async fn logged(store: &dyn Store) -> Vec<(Option<String>, CallView)> {
    let events = store.events_after(0, &Audience::Server, 100).await.unwrap();
    let call = |body| match body {
        Logged::Public(Event::Call(view)) => view,
        other => panic!("not a call: {other:?}"),
    };
    events
        .into_iter()
        .map(|logged| (logged.event.agent, call(logged.event.body)))
        .collect()
}

pub(crate) async fn facts_are_joined_and_each_changed_view_is_logged(place: Place) {
    let store = place.open().await;
    let written = store
        .commit(&[
            placed("c1", "asha", "+919876543210", 10),
            declined("c1", "asha", 20),
            declined("c1", "asha", 20),
        ])
        .await
        .unwrap();
    assert_eq!(
        written,
        [
            Written::Fresh { last: 1 },
            Written::Fresh { last: 2 },
            Written::Fresh { last: 0 }
        ]
    );
    // A second agent comes in: the first one's view stays as it was.
    store.commit(&[declined("c1", "ravi", 30)]).await.unwrap();
    let calls = logged(store.as_ref()).await;
    let told: Vec<_> = calls
        .iter()
        .map(|(agent, view)| (agent.as_deref().unwrap(), view.rev))
        .collect();
    assert_eq!(told, [("asha", 1), ("asha", 2), ("ravi", 3)]);
    assert_eq!(calls[0].1.state, CallState::OutgoingInitiated);
    let stored = store.call("c1").await.unwrap().unwrap();
    assert_eq!(stored.rev, 3);
    let again = placed("c1", "asha", "+919876543210", 10).facts.unwrap().1;
    assert!(!stored.facts.clone().join(&again), "what was said is known");
    let page = store
        .history(&HistoryQuery {
            limit: 9,
            ..HistoryQuery::default()
        })
        .await
        .unwrap();
    let views: Vec<&CallView> = page.calls.iter().map(|(view, _)| view).collect();
    let now = stored.facts.views("c1", 3);
    assert_eq!(views, now.iter().rev().collect::<Vec<_>>());
}

pub(crate) async fn the_view_without_an_agent_goes_when_one_is_named(place: Place) {
    let store = place.open().await;
    store.commit(&[said("c1", Facts::heard(10), 10)]).await.unwrap();
    let all = HistoryQuery {
        limit: 9,
        ..HistoryQuery::default()
    };
    assert_eq!(store.history(&all).await.unwrap().calls[0].0.agent, "");
    store.commit(&[declined("c1", "asha", 20)]).await.unwrap();
    let page = store.history(&all).await.unwrap();
    let agents: Vec<&str> = page.calls.iter().map(|(view, _)| view.agent.as_str()).collect();
    assert_eq!(agents, ["asha"]);
    let told: Vec<_> = logged(store.as_ref())
        .await
        .into_iter()
        .map(|(agent, view)| (agent, view.rev, view.state))
        .collect();
    // Its readers are told that it is no more.
    assert_eq!(
        told,
        [
            (None, 1, CallState::Incoming),
            (None, 2, CallState::Ended),
            (Some("asha".to_owned()), 2, CallState::Ended)
        ]
    );
    // Within one batch as well.
    store
        .commit(&[said("c2", Facts::heard(10), 10), declined("c2", "asha", 20)])
        .await
        .unwrap();
    let page = store.history(&all).await.unwrap();
    let seen: Vec<(&str, &str)> = page
        .calls
        .iter()
        .map(|(view, _)| (view.sid.as_str(), view.agent.as_str()))
        .collect();
    assert_eq!(seen, [("c2", "asha"), ("c1", "asha")]);
}

pub(crate) async fn the_unsettled_come_oldest_first_and_go_to_the_end_when_asked_in_vain(place: Place) {
    let store = place.open().await;
    let batch: Vec<Write> = (1..=3)
        .map(|n| placed(&format!("c{n}"), "asha", "+911", 100 * n))
        .collect();
    store.commit(&batch).await.unwrap();
    let mut closed = Facts::heard(50);
    closed.over = Some(50);
    closed.closed = true;
    store.commit(&[said("c0", closed, 50)]).await.unwrap();
    assert_eq!(store.unsettled(300, 9).await.unwrap(), ["c1", "c2"]);
    assert_eq!(store.unsettled(1_000, 2).await.unwrap(), ["c1", "c2"]);
    store
        .asked_in_vain(&["c1".to_owned(), "unknown".to_owned()], 500)
        .await
        .unwrap();
    assert_eq!(store.unsettled(1_000, 9).await.unwrap(), ["c2", "c3", "c1"]);
    assert_eq!(store.unsettled(500, 9).await.unwrap(), ["c2", "c3"]);
}

pub(crate) async fn one_click_is_one_placement(place: Place) {
    let store = place.open().await;
    let tries = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.begin_placement("asha", "click-1", "+911", 1).await.unwrap() })
    });
    let mut first = 0;
    for answer in tries.collect::<Vec<_>>() {
        match answer.await.unwrap() {
            None => first += 1,
            Some(state) => assert_eq!(state, PlacementState::Begun),
        }
    }
    assert_eq!(first, 1);
    assert_eq!(
        store.begin_placement("ravi", "click-1", "+911", 1).await.unwrap(),
        None
    );
    let other = store.begin_placement("asha", "click-1", "+912", 1).await.unwrap();
    assert_eq!(other, Some(PlacementState::AnotherNumber));
    let outcome = Placement::Placed {
        sid: "c1".to_owned(),
        dialled: PhoneNumber::from("+911"),
    };
    store.end_placement("asha", "click-1", &outcome).await.unwrap();
    let again = store.begin_placement("asha", "click-1", "+911", 2).await.unwrap();
    assert_eq!(again, Some(PlacementState::Ended(outcome)));
}

/// NUL is valid in JSON and in Rust, and PostgreSQL refuses it in text.
pub(crate) async fn text_that_a_database_refuses_is_kept_all_the_same(place: Place) {
    let store = place.open().await;
    let odd = "a\0b'\"\\\u{1f4de}";
    let delivery = NewDelivery {
        kind: HookKind::Popup,
        key: odd.to_owned(),
        call_sid: Some(odd.to_owned()),
        body: serde_json::json!({odd: odd}),
        unread: Some(odd.to_owned()),
    };
    let write = Write {
        delivery: Some(delivery.clone()),
        ..placed(odd, odd, odd, 1)
    };
    store.commit(&[write]).await.unwrap();
    let kept = store.deliveries(None, 1).await.unwrap();
    assert_eq!(kept[0].delivery.body, delivery.body);
    assert_eq!(kept[0].delivery.key, odd.replace('\0', "\u{fffd}"));
    assert!(store.call(odd).await.unwrap().is_some());
    assert_eq!(
        store
            .events_after(0, &Audience::Agent(odd.to_owned()), 9)
            .await
            .unwrap()
            .len(),
        1
    );
    let note = Note {
        text: odd.to_owned(),
        disposition: odd.to_owned(),
        updated_at: 1,
    };
    store.put_note(odd, odd, &note).await.unwrap();
    let query = HistoryQuery {
        agent: Some(odd.to_owned()),
        search: Some(odd.to_owned()),
        limit: 5,
        ..HistoryQuery::default()
    };
    let page = store.history(&query).await.unwrap();
    assert_eq!(
        page.calls[0].1.as_ref().unwrap().text,
        odd.replace('\0', "\u{fffd}")
    );
    let feedback = Feedback {
        rating: 3,
        issue: Issue::Echo,
        statistics: Some(odd.to_owned()),
    };
    store.put_feedback(odd, odd, &feedback, 1).await.unwrap();
    let upload = LogUpload {
        from: 1,
        to: 2,
        description: odd.to_owned(),
        lines: vec![odd.to_owned()],
    };
    store.put_log("l1", odd, &upload, 1).await.unwrap();
}

/// An index takes no key of any length: a long one is kept as its hash, and known again.
pub(crate) async fn a_long_key_is_known_again(place: Place) {
    let store = place.open().await;
    let random: String = (0..20_000_u32)
        .map(|n| format!("{:x}", n.wrapping_mul(2_654_435_761)))
        .collect();
    let long = |end: &str| webhook(&format!("{random}{end}"), 1);
    let written = store.commit(&[long("a"), long("b")]).await.unwrap();
    assert_eq!(written, [Written::Fresh { last: 1 }, Written::Fresh { last: 2 }]);
    assert_eq!(store.commit(&[long("a")]).await.unwrap(), [Written::Repeated]);
}
