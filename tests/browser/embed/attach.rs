//! Pages that come and go: what is left of the phone, and what the next page is told.

use serde_json::{Value, json};

use super::{ask, call_is, ring, setup, state, without_cookies};
use crate::support::browser::story;
use crate::support::crm::{Crm, READY};
use crate::support::wait::{pass, until};

#[tokio::test(flavor = "multi_thread")]
async fn five_tabs_of_a_crm_are_one_phone_and_a_call_outlives_all_pages_but_its_own() {
    story("embed-tabs", setup(), |browser| async move {
        let crm = Crm::start("embed-tabs").await;
        let mut tabs = Vec::new();
        for _ in 0..5 {
            tabs.push(crm.open(&browser).await);
        }
        pass(500).await;
        assert_eq!(crm.platform.phones("asha").await, 1, "five tabs made more phones");
        ring(&crm).await;
        for tab in &tabs {
            call_is(tab, "ringing here", |call| call["canAnswer"] == true).await;
        }
        assert_eq!(ask(&tabs[2], "answer", json!([])).await["here"], true);
        let elsewhere = |call: &Value| call["state"] == "ESTABLISHED" && call["here"] == false;
        call_is(&tabs[0], "in another page", elsewhere).await;

        // The CRM goes to another page in a tab that does not carry the call: it is there again.
        tabs[0].goto(&format!("{}/?next", crm.origin)).await;
        call_is(&tabs[0], "still there", elsewhere).await;
        assert_eq!(ask(&tabs[0], "hold", json!([true])).await["held"], true);
        call_is(&tabs[4], "on hold", |call| call["held"] == true).await;

        // And in the one that does: its sound is gone, and everybody is told so.
        tabs[2].goto(&format!("{}/?next", crm.origin)).await;
        for tab in [&tabs[0], &tabs[2]] {
            let ended = until("the end of the call", async || {
                Some(state(tab).await["ended"].take()).filter(|ended| !ended.is_null())
            })
            .await;
            assert_eq!(ended["by"], "trouble", "{ended}");
            assert!(
                ended["words"]
                    .as_str()
                    .is_some_and(|words| words.contains("closed")),
                "{ended}"
            );
        }
        crm.platform.call_is("ended", |call| call.state == "ended").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_signs_in_anew_without_a_cookie_and_commands_under_way_are_told_lost() {
    story("embed-reload", without_cookies(), |browser| async move {
        let crm = Crm::start("embed-reload").await;
        let tab = crm.open(&browser).await;
        tab.goto("about:blank").await;
        tab.goto(&crm.origin).await;
        tab.sees("the phone to be ready again", READY).await;
        // The worker outlives the page, so that the phone may be ready before the page knows whose it is.
        until("the agent", async || {
            (state(&tab).await["agent"]["id"] == "asha").then_some(())
        })
        .await;

        // A framework that draws anew takes the element out and puts it back: the frame loads anew.
        let moved = "
            const widget = document.querySelector('softphone-widget');
            const command = widget.snapshot().then(() => 'done', ({ code }) => code);
            document.body.append(widget);
            return command;";
        assert_eq!(tab.run(moved, vec![]).await, "lost");
        tab.sees("the phone to be ready a third time", READY).await;
        ring(&crm).await;
        call_is(&tab, "ringing here", |call| call["canAnswer"] == true).await;
        assert_eq!(ask(&tab, "answer", json!([])).await["state"], "ESTABLISHED");
        assert_eq!(ask(&tab, "hangUp", json!([])).await, Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_is_renewed_by_a_new_ticket() {
    let setup = crate::support::browser::Setup {
        expected: &[
            "/api/session",
            "/demo.json",
            "/events",
            "/api/phone",
            "/api/calls",
        ],
        ..setup()
    };
    story("embed-session", setup, |browser| async move {
        let crm = Crm::start("embed-session").await;
        let tab = crm.open(&browser).await;
        crm.companion.sign_out_everywhere("asha").await;
        let tickets = async || {
            let records = crm.companion.records().await;
            records
                .iter()
                .filter(|(what, _)| what == "sign_in_by_ticket")
                .count()
        };
        until("a second ticket", async || (tickets().await == 2).then_some(())).await;
        tab.sees("the phone to be ready again", READY).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_phone_is_started_with_does_not_stay_in_its_address() {
    story("embed-start", setup(), |browser| async move {
        let crm = Crm::start("embed-start").await;
        let tab = crm.open(&browser).await;
        let start = "
            const phone = document.querySelector('softphone-widget');
            phone.setAttribute('number', '080 4000 1001');
            phone.setAttribute('params', 'mic=raw');
            phone.setAttribute('language', 'hi');";
        tab.run(start, vec![]).await;
        let looks = "return [
            location.hash, document.documentElement.lang, document.querySelector('.number-field')?.value ?? ''].join('|')";
        until("the phone with its language and its number", async || {
            (tab.run_in_frame(looks).await == "|hi|080 4000 1001").then_some(())
        })
        .await;
        tab.sees("it to be ready", READY).await;
    })
    .await;
}
