//! Calls through the platform: placed, announced, missed.

use serde_json::json;

use crate::desk_shift::customer_calls;
use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::wait::until;

fn setup() -> Setup {
    Setup {
        expected: REFUSALS,
        ..Setup::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_through_the_platform_rings_until_the_customer_answers() {
    story("placed", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("placed", &platform).await;
        let tab = signed_in(&browser, &companion).await;

        // 1001 sends back what it hears; the agent's own leg is never an incoming call.
        tab.dial("+918040001001").await;
        tab.appears("button", "Hang up").await;
        assert!(
            !tab.has("alertdialog", None).await,
            "the own leg was shown as a call"
        );
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.releases_microphone().await;
        tab.says("Outgoing").await;
        tab.appears("button", "Call +91 80400 01001").await;

        // 1005 rings and never answers.
        tab.dial("+918040001005").await;
        tab.says("Ringing").await;
        tab.pictures("server-ringing").await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_call_is_told_in_the_platforms_words() {
    story("refused", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("refused", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        let fault = json!({ "api": "integrations", "operation": "outbound_call", "status": 404, "code": 10706,
            "words": "User device is currently busy", "times": 1 });
        platform.command("/control/platform/faults", &fault).await;
        tab.dial("+918040001001").await;
        tab.says("User device is currently busy").await;
        tab.says("Your phone is on a call. End that one, then call again.")
            .await;
        assert!(
            !tab.text().await.contains("Check the number"),
            "the remedy is another cause's"
        );
        tab.is_free().await;
        // Refused by our own server, before the platform is asked.
        tab.dial("12").await;
        tab.says("The call was not placed.").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_call_pops_up_with_the_number_it_came_on_and_is_answered() {
    story("popup", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("popup", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
        platform.command("/control/customer_call", &call).await;
        // Numbers as the webhooks write them: they know better than the INVITE.
        tab.says("Incoming call on +91 80404 08080").await;
        tab.appears("alertdialog", "+91 98123 45678").await;
        tab.pictures("server-popup").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.says("Incoming").await;
        tab.appears("button", "Call +91 98123 45678").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_call_is_noticed_counted_kept_over_a_reload_and_called_back() {
    story("missed", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("missed", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        let call =
            json!({ "user_id": "asha", "from": "+918040001001", "behaviour": "cancels", "after_ms": 1_500 });
        platform.command("/control/customer_call", &call).await;
        tab.says("Incoming call").await;
        tab.says("Missed calls").await;
        tab.appears("button", "Call +91 80400 01001 back").await;
        tab.appears("button", "Mark as seen").await;
        tab.pictures("server-missed").await;

        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.status_is("Ready").await;
        tab.says("Missed calls").await;
        tab.appears("button", "Mark as seen").await;
        tab.press("Mark as seen").await;
        tab.vanishes("button", "Mark as seen").await;
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.status_is("Ready").await;
        tab.says("Missed calls").await;
        assert!(
            !tab.has("button", Some("Mark as seen")).await,
            "seen calls are new again"
        );

        tab.press("Call +91 80400 01001 back").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;
        tab.press("Hang up").await;
        tab.is_free().await;
        until("the end in the platform", async || {
            platform.call().await.filter(|call| call.state == "ended")
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_come_one_right_after_the_other_all_ring() {
    story("in-a-row", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("in-a-row", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("Recent calls").await;
        for _ in 0..4 {
            customer_calls(&platform, "echo", 0).await;
            tab.press("Answer").await;
            tab.press("Hang up").await;
            tab.is_free().await;
        }
    })
    .await;
}
