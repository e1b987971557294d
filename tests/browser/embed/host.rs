//! The demo's CRM, by its own buttons: `www/host.html`.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::{call_is, ring, setup};
use crate::support::browser::story;
use crate::support::crm::{Crm, READY};
use crate::support::tab::Tab;
use crate::support::wait::{pass, within};

/// Presses the first button with these words in a part of the page, once it is there.
async fn press(tab: &Tab, part: &str, words: &str) {
    const FIND: &str = "
        const all = [...document.querySelectorAll(`${arguments[0]} :is(button, a)`)];
        const found = all.find((one) => one.textContent.includes(arguments[1]));
        found?.click();
        return Boolean(found)";
    within(
        Duration::from_secs(30),
        &format!("{words:?} in {part}"),
        async || (tab.run(FIND, vec![json!(part), json!(words)]).await == true).then_some(()),
    )
    .await;
}

/// The contact is the page's.
async fn shows(tab: &Tab, name: &str) {
    let script = format!("return document.querySelector('h1').textContent === '{name}'");
    tab.sees(&format!("the page of {name}"), &script).await;
}

/// The calls in the timeline, in words.
async fn calls(tab: &Tab) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.entry.call')].map((one) => one.innerText)";
    let found = tab.run(script, vec![]).await;
    serde_json::from_value(found).expect("texts")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crm_calls_its_contacts_knows_who_calls_and_logs_each_call_once() {
    story("embed-host", setup(), |browser| async move {
        let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("www");
        let crm = Crm::start_with("embed-host", www).await;
        crm.companion
            .put_policy(|mut policy| {
                policy.wrap_up.seconds = 1;
                policy
            })
            .await;
        let tab = browser.open(&format!("{}/host.html", crm.origin)).await;
        tab.sees("the phone to be ready", READY).await;
        tab.sees(
            "its words in the bar",
            "return document.getElementById('standing').textContent === 'Ready'",
        )
        .await;
        tab.pictures("host-list").await;

        // A contact is called by the page's button.
        press(&tab, "#contacts", "Ravi Kumar").await;
        shows(&tab, "Ravi Kumar").await;
        press(&tab, "#contact", "Call").await;
        let call = call_is(&tab, "answered", |call| call["state"] == "ESTABLISHED").await;
        assert_eq!(call["direction"], "outbound", "{call}");
        assert!(
            call["number"]
                .as_str()
                .is_some_and(|it| it.ends_with("9876543210")),
            "{call}"
        );
        press(&tab, ".top", "Hang up").await;
        call_is(&tab, "over", Value::is_null).await;

        // Who calls is known by the number, and their page opens.
        ring(&crm).await;
        shows(&tab, "Anita Deshpande").await;
        press(&tab, ".top", "Answer").await;
        call_is(&tab, "answered", |call| call["state"] == "ESTABLISHED").await;
        tab.pictures("host-call").await;
        press(&tab, ".top", "Hang up").await;
        call_is(&tab, "over", Value::is_null).await;

        // Both are in the timeline: once, and still so when the page was loaded anew.
        let kept =
            "return Object.keys(localStorage).filter((key) => key.startsWith('tamarind.call.')).length";
        within(Duration::from_secs(120), "both calls in the CRM", async || {
            (tab.run(kept, vec![]).await == 2).then_some(())
        })
        .await;
        tab.goto("about:blank").await;
        let page = format!("{}/host.html#/anita-deshpande", crm.origin);
        tab.goto(&page).await;
        tab.sees("the phone to be ready again", READY).await;
        pass(8_000).await;
        let came = calls(&tab).await;
        assert!(
            came.len() == 1 && came[0].starts_with("Call from +91 98123 45678"),
            "{came:?}"
        );
        assert!(came[0].contains("Talked"), "{came:?}");
        tab.pictures("host-timeline").await;
        press(&tab, "#contact", "All contacts").await;
        press(&tab, "#contacts", "Ravi Kumar").await;
        shows(&tab, "Ravi Kumar").await;
        let went = calls(&tab).await;
        assert!(
            went.len() == 1 && went[0].starts_with("Call to +91 98765 43210"),
            "{went:?}"
        );
        assert!(went[0].contains("Talked"), "{went:?}");
        let violations = tab.run("return __story.violations", vec![]).await;
        assert_eq!(violations, json!([]));
    })
    .await;
}
