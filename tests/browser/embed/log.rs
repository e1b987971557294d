//! Calls written into the CRM: each once, whatever becomes of the pages.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{ask, call_is, ring, setup, state};
use crate::support::browser::story;
use crate::support::crm::Crm;
use crate::support::tab::Tab;
use crate::support::wait::{pass, within};

/// The page writes each call into its CRM.
const LOGS: &str = "
    document.querySelector('softphone-widget').logProvider = async (entry) => {
        const answer = await fetch('/written', { method: 'POST', body: JSON.stringify(entry),
            headers: { 'content-type': 'application/json' } });
        return answer.text();
    };";
/// The page has begun to write when it is shut down.
const HANGS: &str = "
    document.querySelector('softphone-widget').logProvider = (entry) => {
        window.begun = entry.sid;
        return new Promise(() => {});
    };";

/// A customer calls, is answered in this tab, and the call ends; its id.
async fn a_call(crm: &Crm, tab: &Tab) -> String {
    ring(crm).await;
    let call = call_is(tab, "ringing here", |call| {
        call["canAnswer"] == true && !call["sid"].is_null()
    })
    .await;
    ask(tab, "answer", json!([])).await;
    ask(tab, "hangUp", json!([])).await;
    call_is(tab, "over", Value::is_null).await;
    call["sid"].as_str().expect("the platform's id").to_owned()
}

/// How often each call was written anew; a late word of the platform has it written over.
async fn counts(crm: &Crm) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let all = crm.written().await.into_iter();
    for written in all.filter(|written| written.reference.is_none()) {
        *counts.entry(written.sid).or_default() += 1;
    }
    counts
}

async fn is_written(crm: &Crm, sid: &str) {
    within(
        std::time::Duration::from_secs(120),
        &format!("{sid} in the CRM"),
        async || counts(crm).await.contains_key(sid).then_some(()),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_tabs_write_each_call_once_and_a_note_over_it() {
    story("embed-log", setup(), |browser| async move {
        let crm = Crm::start("embed-log").await;
        crm.companion
            .put_policy(|mut policy| {
                policy.wrap_up.seconds = 1;
                policy
            })
            .await;
        let mut tabs = Vec::new();
        for _ in 0..5 {
            let tab = crm.open(&browser).await;
            tab.run(LOGS, vec![]).await;
            tabs.push(tab);
        }
        let mut sids = Vec::new();
        for tab in &tabs[..2] {
            let sid = a_call(&crm, tab).await;
            is_written(&crm, &sid).await;
            sids.push(sid);
        }
        // Every tab has asked again by now.
        pass(8_000).await;
        assert!(
            counts(&crm).await.values().all(|count| *count == 1),
            "{:?}",
            crm.written().await
        );

        let note = json!([sids[0], { "text": "Wants an invoice", "disposition": "" }]);
        ask(&tabs[0], "note", note).await;
        let over = within(
            std::time::Duration::from_secs(120),
            "the note in the CRM",
            async || {
                let all = crm.written().await;
                all.into_iter().find(|written| written.note == "Wants an invoice")
            },
        )
        .await;
        assert_eq!(over.reference, Some(format!("activity-{}", sids[0])), "{over:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_whose_page_dies_while_it_writes_is_written_by_the_next() {
    story("embed-log-lost", setup(), |browser| async move {
        let crm = Crm::start("embed-log-lost").await;
        crm.companion
            .put_policy(|mut policy| {
                policy.wrap_up.seconds = 1;
                policy
            })
            .await;
        let tab = crm.open(&browser).await;
        tab.run(HANGS, vec![]).await;
        let sid = a_call(&crm, &tab).await;
        tab.sees("the page to begin to write", "return Boolean(window.begun)")
            .await;
        // As if the laptop were shut: nothing is said any more.
        tab.goto("about:blank").await;
        assert_eq!(crm.written().await.len(), 0);
        // Another start, later.
        let next = crm.open(&browser).await;
        next.run(LOGS, vec![]).await;
        is_written(&crm, &sid).await;
        pass(5_000).await;
        assert_eq!(counts(&crm).await[&sid], 1);
        assert_eq!(state(&next).await["agent"]["id"], "asha");
    })
    .await;
}
