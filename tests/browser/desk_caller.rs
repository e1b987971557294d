//! What an agent is told of a caller, and what follows the call.

use protocol::admin::policy::{Policy, WrapUpRules};
use protocol::history::Note;
use serde_json::json;

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::past_calls::{number, sid};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

fn setup() -> Setup {
    Setup {
        // The caller is asked for before the platform has told the server of the call.
        expected: REFUSALS,
        ..Setup::default()
    }
}

async fn rings(platform: &Platform, tab: &Tab, from: &str) {
    let call = json!({ "user_id": "asha", "from": from, "behaviour": "echo" });
    platform.command("/control/customer_call", &call).await;
    tab.says("Incoming call").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_is_known_before_the_answer_and_the_call_is_noted_in_it() {
    story("caller", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("caller", &platform).await;
        companion.remember_calls("asha", 30).await;
        let note = Note {
            text: "Wants her bill by post".into(),
            disposition: "Call again".into(),
            updated_at: 1,
        };
        companion
            .store()
            .put_note(&sid(4), "asha", &note)
            .await
            .expect("a store that takes notes");
        companion
            .tell_of(&number(4), "Kavya Rao", "Gold since 2021, Pune")
            .await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("+91 98100 00004").await;

        rings(&platform, &tab, &number(4)).await;
        tab.says("Kavya Rao").await;
        tab.says("Gold since 2021, Pune").await;
        tab.says("1 earlier call · last: Outgoing").await;
        tab.says("Wants her bill by post").await;
        tab.appears("link", "Open in CRM").await;
        tab.pictures("caller-ringing").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        tab.says("Kavya Rao").await;
        tab.fill("Note", "Bill goes by post from now on").await;
        tab.pictures("caller-talking").await;
        tab.press("Hang up").await;
        tab.is_free().await;
        // What was begun in the call is gone on with after it.
        tab.says("After the call").await;
        tab.says("Not saved yet").await;
        tab.press("Sold").await;
        tab.press("Save note").await;
        tab.says_no_more("After the call").await;
        tab.says("Sold").await;

        rings(&platform, &tab, &number(4)).await;
        tab.says("2 earlier calls").await;
        tab.says("Bill goes by post from now on").await;
        tab.press("Decline").await;
        tab.vanishes("button", "Decline").await;

        rings(&platform, &tab, "+919812345678").await;
        tab.says("You have had no call with them before.").await;
        tab.press("Decline").await;
        tab.vanishes("button", "Decline").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrap_up_wants_what_the_policy_wants_and_survives_a_reload() {
    story("wrap-up", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("wrap-up", &platform).await;
        let wrap_up = WrapUpRules {
            seconds: 90,
            disposition_needed: true,
            note_needed: false,
        };
        companion.put_policy(|policy| Policy { wrap_up, ..policy }).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("No calls yet.").await;
        rings(&platform, &tab, "+919812345678").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        // What is saved during the call is part of what is saved after it.
        tab.fill("Note", "Spoke to her son").await;
        tab.press("Save note").await;
        tab.says("Saved").await;
        // Less than a second is no talk.
        tab.says("0:02").await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.says("After the call").await;
        tab.says("Choose how the call went and save it.").await;
        let left = "return document.querySelector('[role=timer]').textContent";
        let left = tab.run(left, vec![]).await;
        assert!(
            left.as_str().is_some_and(|left| left.starts_with("1:")),
            "{left} of 90 s"
        );
        assert_eq!(
            tab.attribute("button", "Finish", "disabled").await.as_deref(),
            Some("true")
        );
        tab.pictures("wrap-up").await;

        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.status_is("Ready").await;
        tab.says("After the call").await;
        tab.says("Choose how the call went and save it.").await;
        tab.press("Sold").await;
        tab.press("Save note").await;
        tab.says_no_more("After the call").await;
        tab.says("Sold").await;
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.says("Sold").await;
        assert!(!tab.text().await.contains("After the call"), "it was wrapped up");
        tab.press("+91 98123 45678").await;
        let note = "return document.querySelector('.details textarea').value";
        assert_eq!(tab.run(note, vec![]).await, "Spoke to her son");
    })
    .await;
}
