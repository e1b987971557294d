//! Calls on their way into a CRM.

use std::collections::BTreeSet;

use protocol::history::Note;
use server::calls::{Facts, of_leg_report};
use server::store::{DueCall, FailedWord, LogLease, LoggedWord};

use crate::place::Place;
use crate::samples::{declined, placed, said};

/// What a page of Asha's asks at `now`: wrap-up takes 10, a lease 60.
fn ask(holder: &str, now: i64) -> LogLease {
    LogLease {
        agent: "asha".to_owned(),
        holder: holder.to_owned(),
        now,
        until: now + 60,
        oldest: 0,
        first: 0,
        wrapped_up: now - 10,
        limit: 5,
    }
}

fn sids(due: &[DueCall]) -> Vec<&str> {
    due.iter().map(|due| due.view.sid.as_str()).collect()
}

fn note(text: &str, updated_at: i64) -> Note {
    Note {
        text: text.to_owned(),
        disposition: String::new(),
        updated_at,
    }
}

pub(crate) async fn what_is_over_and_wrapped_up_is_given_out_once(place: Place) {
    let store = place.open().await;
    let writes = [
        placed("going-on", "asha", "+911", 100),
        declined("c1", "asha", 100),
        declined("c2", "asha", 195),
        declined("noted", "asha", 196),
        declined("another's", "ravi", 100),
    ];
    store.commit(&writes).await.unwrap();
    store
        .put_note("noted", "asha", &note("Refund", 197))
        .await
        .unwrap();
    let first = store.lease_log(&ask("tab-1", 200)).await.unwrap();
    assert_eq!(sids(&first), ["c1", "noted"]);
    assert_eq!(first[1].note.as_ref().unwrap().text, "Refund");
    assert_eq!(first[0].reference, None);
    assert!(store.lease_log(&ask("tab-2", 201)).await.unwrap().is_empty());
    assert_eq!(sids(&store.lease_log(&ask("tab-2", 205)).await.unwrap()), ["c2"]);
    // A lease that is over goes to whoever asks.
    assert_eq!(
        sids(&store.lease_log(&ask("tab-2", 260)).await.unwrap()),
        ["c1", "noted"]
    );
    let lease = format!("{}.tab-2", first[1].revision);
    let kept = store.log_done("noted", "asha", &lease, "r1", 261);
    assert_eq!(kept.await.unwrap(), LoggedWord::Kept);
    assert_eq!(
        sids(&store.lease_log(&ask("tab-1", 400)).await.unwrap()),
        ["c1", "c2"]
    );
    // A later note makes it due again, to be written over.
    store
        .put_note("noted", "asha", &note("Refunded", 401))
        .await
        .unwrap();
    let again = store.lease_log(&ask("tab-1", 402)).await.unwrap();
    assert_eq!(sids(&again), ["noted"]);
    assert_eq!(again[0].reference.as_deref(), Some("r1"));
    assert!(again[0].revision > first[1].revision);
}

pub(crate) async fn of_many_pages_that_ask_at_once_each_entry_is_one_pages(place: Place) {
    let store = place.open().await;
    let writes: Vec<_> = (0..40)
        .map(|n| declined(&format!("c{n:02}"), "asha", 100 + n))
        .collect();
    store.commit(&writes).await.unwrap();
    let pages = (0..16).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { store.lease_log(&ask(&format!("tab-{n}"), 500)).await.unwrap() })
    });
    let mut seen = BTreeSet::new();
    let mut given = 0;
    for page in pages.collect::<Vec<_>>() {
        for due in page.await.unwrap() {
            given += 1;
            seen.insert(due.view.sid);
        }
    }
    assert_eq!((given, seen.len()), (40, 40));
}

pub(crate) async fn the_first_word_stands(place: Place) {
    let store = place.open().await;
    store.commit(&[declined("c1", "asha", 100)]).await.unwrap();
    let slow = store.lease_log(&ask("slow-page", 200)).await.unwrap().remove(0);
    let quick = store.lease_log(&ask("quick-page", 300)).await.unwrap().remove(0);
    let done = |due: &DueCall, reference: &'static str, at| {
        let (store, lease) = (store.clone(), due.lease.clone());
        async move { store.log_done("c1", "asha", &lease, reference, at).await.unwrap() }
    };
    assert_eq!(done(&quick, "q", 301).await, LoggedWord::Kept);
    assert_eq!(done(&quick, "q", 302).await, LoggedWord::Kept, "a repeat");
    assert_eq!(done(&slow, "s", 303).await, LoggedWord::Stands("q".to_owned()));
    assert_eq!(done(&slow, "q", 304).await, LoggedWord::Kept, "the same entry");
    // Late, but before anybody else: what it wrote is there.
    store.commit(&[declined("c2", "asha", 100)]).await.unwrap();
    let late = store.lease_log(&ask("late-page", 400)).await.unwrap().remove(0);
    let next = store.lease_log(&ask("next-page", 500)).await.unwrap().remove(0);
    let word = |due: &DueCall, reference: &'static str| {
        let (store, lease) = (store.clone(), due.lease.clone());
        async move {
            store
                .log_done("c2", "asha", &lease, reference, 501)
                .await
                .unwrap()
        }
    };
    assert_eq!(word(&late, "l").await, LoggedWord::Kept);
    assert_eq!(word(&next, "n").await, LoggedWord::Stands("l".to_owned()));
    assert!(store.lease_log(&ask("any-page", 900)).await.unwrap().is_empty());
    for (lease, sid, agent) in [
        ("x", "c1", "asha"),
        ("1.tab", "c1", "ravi"),
        ("1.tab", "c9", "asha"),
    ] {
        let word = store.log_done(sid, agent, lease, "r", 1).await.unwrap();
        assert_eq!(word, LoggedWord::NoSuchEntry, "{sid} {agent} {lease}");
    }
}

/// Each of two pages says at the same moment that it wrote the call: one reference stands, and both know which.
pub(crate) async fn two_words_at_once_agree(place: Place) {
    let store = place.open().await;
    store.commit(&[declined("c1", "asha", 100)]).await.unwrap();
    let mut due = Vec::new();
    for (holder, now) in [("tab-1", 200), ("tab-2", 300)] {
        due.push((
            holder,
            store.lease_log(&ask(holder, now)).await.unwrap().remove(0),
        ));
    }
    let mut pages: Vec<_> = due
        .into_iter()
        .map(|(holder, due)| {
            let store = store.clone();
            tokio::spawn(async move {
                let word = store.log_done("c1", "asha", &due.lease, holder, 301).await;
                word.unwrap()
            })
        })
        .collect();
    let first = pages.remove(0).await.unwrap();
    let second = pages.remove(0).await.unwrap();
    let told = match (first, second) {
        (LoggedWord::Kept, LoggedWord::Stands(stands)) => stands == "tab-1",
        (LoggedWord::Stands(stands), LoggedWord::Kept) => stands == "tab-2",
        _ => false,
    };
    assert!(told);
}

pub(crate) async fn what_fails_comes_back_later_and_is_shown(place: Place) {
    let store = place.open().await;
    store.commit(&[declined("c1", "asha", 100)]).await.unwrap();
    let due = store.lease_log(&ask("tab-1", 200)).await.unwrap().remove(0);
    let failed = |lease: String, at| {
        let store = store.clone();
        async move {
            store
                .log_failed("c1", "asha", &lease, "The CRM is away", at)
                .await
                .unwrap()
        }
    };
    assert_eq!(failed("1.other".to_owned(), 201).await, FailedWord::LeaseOver);
    assert_eq!(failed(due.lease.clone(), 202).await, FailedWord::Kept);
    assert_eq!(failed(due.lease, 203).await, FailedWord::LeaseOver, "said once");
    assert!(store.lease_log(&ask("tab-1", 30_201)).await.unwrap().is_empty());
    let due = store.lease_log(&ask("tab-1", 30_202)).await.unwrap().remove(0);
    assert_eq!(failed(due.lease, 30_203).await, FailedWord::Kept);
    assert!(store.lease_log(&ask("tab-1", 90_202)).await.unwrap().is_empty());
    let troubles = store.log_troubles(9).await.unwrap();
    assert_eq!((troubles[0].tries, troubles[0].next), (2, 90_203));
    assert_eq!(troubles[0].words, "The CRM is away");
    let due = store.lease_log(&ask("tab-1", 90_203)).await.unwrap().remove(0);
    store
        .log_done("c1", "asha", &due.lease, "r", 90_204)
        .await
        .unwrap();
    assert!(store.log_troubles(9).await.unwrap().is_empty());
}

pub(crate) async fn a_call_of_several_agents_is_written_by_whom_it_concerns(place: Place) {
    let store = place.open().await;
    // Ravi talked; it rang at Asha's too.
    let mut talked = of_leg_report("ravi", protocol::call::LegReport::Answered, 100);
    talked.join(&of_leg_report("asha", protocol::call::LegReport::RangOut, 100));
    talked.join(&Facts {
        over: Some(110),
        ..Facts::heard(110)
    });
    // Nobody took it.
    let mut missed = of_leg_report("ravi", protocol::call::LegReport::RangOut, 100);
    missed.join(&of_leg_report("asha", protocol::call::LegReport::RangOut, 100));
    missed.join(&Facts {
        over: Some(110),
        missed: true,
        ..Facts::heard(110)
    });
    store
        .commit(&[said("talked", talked, 110), said("missed", missed, 110)])
        .await
        .unwrap();
    assert_eq!(
        sids(&store.lease_log(&ask("tab-1", 200)).await.unwrap()),
        ["missed"]
    );
    let ravi = |now| LogLease {
        agent: "ravi".to_owned(),
        ..ask("tab-2", now)
    };
    assert_eq!(sids(&store.lease_log(&ravi(201)).await.unwrap()), ["talked"]);
    // Asha's page went away before it wrote anything.
    assert_eq!(
        sids(&store.lease_log(&ravi(300)).await.unwrap()),
        ["missed", "talked"]
    );
}

pub(crate) async fn calls_from_before_are_left_alone(place: Place) {
    let store = place.open().await;
    store
        .commit(&[declined("old", "asha", 100), declined("new", "asha", 160)])
        .await
        .unwrap();
    let begun = |now| LogLease {
        first: now - 50,
        ..ask("tab-1", now)
    };
    assert_eq!(sids(&store.lease_log(&begun(200)).await.unwrap()), ["new"]);
    assert_eq!(
        sids(&store.lease_log(&begun(900)).await.unwrap()),
        ["new"],
        "begun once"
    );
    let bounded = LogLease {
        oldest: 161,
        ..begun(990)
    };
    assert!(store.lease_log(&bounded).await.unwrap().is_empty());
}
