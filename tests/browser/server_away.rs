//! The companion server, or the platform behind it, gives no answer: what is said, and what holds afterwards.

use serde_json::json;

use crate::server_sign_in::signed_in;
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::past_calls::{forget_events, remember};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

fn setup() -> Setup {
    Setup {
        expected: &[
            "/api/session",
            "/api/calls",
            "/demo.json",
            "Failed to load resource",
            "ERR_BLOCKED_BY_CLIENT",
        ],
        ..Setup::default()
    }
}

async fn away(tab: &Tab, away: bool) {
    tab.devtools("Network.enable", json!({})).await;
    let urls = if away { json!(["*/api/*"]) } else { json!([]) };
    tab.devtools("Network.setBlockedURLs", json!({ "urls": urls }))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_that_the_server_did_not_hear_outlasts_a_reload() {
    story("server-away", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("server-away", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        away(&tab, true).await;
        tab.press("Sign out").await;
        tab.appears("button", "Sign in").await;
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.status_is("Server not reached").await;
        tab.pictures("server-not-reached").await;
        away(&tab, false).await;
        // Told now: nobody is signed in.
        tab.says_no_more("Server not reached").await;
        tab.appears("button", "Sign in").await;
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.appears("button", "Sign in").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_without_a_clear_answer_may_still_ring_and_says_so() {
    story("placed-unknown", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("placed-unknown", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        let fault = json!({ "api": "integrations", "operation": "outbound_call", "status": 502,
            "when": "before", "times": 1 });
        platform.command("/control/platform/faults", &fault).await;
        tab.dial("+918040001001").await;
        // The agent's own leg is waited for first.
        tab.says_within(90, "No answer from the platform; your phone may still ring.")
            .await;
        tab.says("If it does not ring within a minute, place the call again.")
            .await;
        tab.pictures("placed-unknown").await;
        tab.is_free().await;
        tab.press("Call again").await;
        tab.is_connected().await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_are_no_longer_in_the_log_are_made_up_for() {
    story("news-lost", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("news-lost", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("No calls yet.").await;
        // While nobody listens a hundred calls come and go, and what was logged of them is cleared away.
        let companion = companion
            .restart(async |store| {
                remember(store, "asha", 100).await;
                forget_events(store).await;
            })
            .await;
        tab.says_within(90, "+91 98100 00000").await;
        // And what happens from now on is heard as ever.
        tab.dial("+918040001001").await;
        tab.is_connected().await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.says("+91 80400 01001").await;
        drop(companion);
    })
    .await;
}
