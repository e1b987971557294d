//! Pages of past calls, over ten thousand.

use std::collections::BTreeSet;
use std::time::Instant;

use protocol::history::Note;
use server::store::{Audience, HistoryQuery, Logged, Store, Write};

use crate::place::Place;
use crate::samples::{placed, webhook};

const CALLS: i64 = 10_000;

/// Calls of 20 agents, several at one moment; every hundredth has a note.
async fn fill(store: &dyn Store) {
    let call = |n: i64| {
        let agent = format!("agent-{:02}", n % 20);
        placed(
            &format!("c{n:05}"),
            &agent,
            &format!("+91 98{n:08}"),
            1_000 + n / 7,
        )
    };
    let calls: Vec<Write> = (0..CALLS).map(call).collect();
    for batch in calls.chunks(500) {
        store.commit(batch).await.unwrap();
    }
    for n in (0..CALLS).step_by(100) {
        let text = format!("Ünterlagen to 100%_of order {n}");
        let note = Note {
            text,
            disposition: "sold".to_owned(),
            updated_at: n,
        };
        store
            .put_note(&format!("c{n:05}"), &format!("agent-{:02}", n % 20), &note)
            .await
            .unwrap();
    }
}

/// Ids of all pages of a query.
async fn all(store: &dyn Store, mut query: HistoryQuery) -> Vec<String> {
    let mut sids = Vec::new();
    loop {
        let page = store.history(&query).await.unwrap();
        assert!(page.calls.len() <= query.limit as usize);
        sids.extend(page.calls.into_iter().map(|(view, _)| view.sid));
        match page.next {
            Some(next) => query.before = Some(next),
            None => return sids,
        }
    }
}

fn query(agent: Option<&str>, search: &str, limit: u32) -> HistoryQuery {
    let search = Some(search.to_owned()).filter(|search| !search.is_empty());
    HistoryQuery {
        agent: agent.map(str::to_owned),
        search,
        limit,
        ..HistoryQuery::default()
    }
}

pub(crate) async fn pages_hold_every_call_once(place: Place) {
    let store = place.open().await;
    fill(store.as_ref()).await;
    let sids = all(store.as_ref(), query(None, "", 199)).await;
    assert_eq!(sids.len(), CALLS as usize);
    assert!(sids.is_sorted_by(|a, b| a > b), "newest first");
    let own = all(store.as_ref(), query(Some("agent-03"), "", 33)).await;
    let expected: BTreeSet<String> = (0..CALLS)
        .filter(|n| n % 20 == 3)
        .map(|n| format!("c{n:05}"))
        .collect();
    assert_eq!(own.len(), 500);
    assert_eq!(own.into_iter().collect::<BTreeSet<_>>(), expected);
    assert!(
        all(store.as_ref(), query(Some("nobody"), "", 10))
            .await
            .is_empty()
    );
    let begun = Instant::now();
    store.history(&query(Some("agent-03"), "", 50)).await.unwrap();
    assert!(begun.elapsed().as_secs() < 2);
}

pub(crate) async fn a_search_finds_numbers_notes_and_ids(place: Place) {
    let store = place.open().await;
    fill(store.as_ref()).await;
    let find = async |agent, search| all(store.as_ref(), query(agent, search, 200)).await;
    assert_eq!(find(None, "c01234").await, ["c01234"]);
    assert_eq!(find(None, "98 0000-4321").await, ["c04321"]);
    assert_eq!(find(None, "(+91) 98").await.len(), CALLS as usize);
    assert_eq!(find(Some("agent-02"), "00004321").await, Vec::<String>::new());
    assert_eq!(find(None, "ÜNTERLAGEN TO").await.len(), 100);
    assert_eq!(find(None, "100%_of order 4200").await, ["c04200"]);
    assert_eq!(find(None, "100__of").await, Vec::<String>::new());
    assert_eq!(find(Some("agent-00"), "order 900").await, ["c09000", "c00900"]);
    assert_eq!(find(None, "  ").await.len(), CALLS as usize);
    let page = store.history(&query(None, "c04200", 5)).await.unwrap();
    assert_eq!(page.calls[0].1.as_ref().unwrap().disposition, "sold");
    assert_eq!(page.next, None);
}

/// One bad row hides no other, and the page after it begins where it should.
pub(crate) async fn a_row_that_cannot_be_read_hides_no_other(place: Place) {
    let store = place.open().await;
    let batch: Vec<_> = (1..=3)
        .flat_map(|n| {
            [
                placed(&format!("c{n}"), "asha", "+911", n),
                webhook(&format!("k{n}"), n),
            ]
        })
        .collect();
    store.commit(&batch).await.unwrap();
    place
        .run("UPDATE call_views SET view = '{\"of\": \"tomorrow\"}' WHERE sid = 'c2'")
        .await;
    place
        .run("UPDATE deliveries SET kind = 'of tomorrow' WHERE key = 'k2'")
        .await;
    place
        .run("UPDATE events SET body = '{\"of\": \"tomorrow\"}' WHERE seq IN (1, 3)")
        .await;
    assert_eq!(all(store.as_ref(), query(None, "", 1)).await, ["c3", "c1"]);
    let keys = async |before, limit| {
        let page = store.deliveries(before, limit).await.unwrap();
        page.into_iter().map(|kept| kept.delivery.key).collect::<Vec<_>>()
    };
    assert_eq!(
        keys(None, 2).await,
        ["k3", "k1"],
        "a short page would be the last"
    );
    let events = store.events_after(0, &Audience::Server, 10).await.unwrap();
    let unreadable = |seq: i64| events[seq as usize - 1].event.body == Logged::Unreadable;
    assert_eq!(events.len(), 6, "each keeps its place");
    assert!(unreadable(1) && !unreadable(2) && unreadable(3));
}

pub(crate) async fn one_call_is_found_by_its_id_alone(place: Place) {
    let store = place.open().await;
    fill(store.as_ref()).await;
    let one = HistoryQuery {
        sid: Some("c04200".to_owned()),
        ..query(None, "", 5)
    };
    assert_eq!(all(store.as_ref(), one.clone()).await, ["c04200"]);
    let of_another = HistoryQuery {
        agent: Some("agent-01".to_owned()),
        ..one
    };
    assert!(all(store.as_ref(), of_another).await.is_empty());
}
