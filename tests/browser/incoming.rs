//! Calls to the phone.

use serde_json::json;

use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn rung_and_answered_both_sides_hear_each_other_until_one_hangs_up() {
    story("rung", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;

        // The caller sends back what it hears: the tone in our ear has been in theirs.
        platform.ring("asha", "echo", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        tab.says("+91 98765 43210").await;
        tab.marked("incoming", 1).await;
        tab.marked("ring-painted", 1).await;
        tab.press("Answer").await;
        tab.is_connected().await;
        for mark in ["answer-clicked", "answer-sent", "connected", "media-first-packet"] {
            tab.marked(mark, 1).await;
        }
        assert!(!tab.has("alertdialog", None).await, "the popup stayed");
        tab.hears(MICROPHONE_HZ).await;
        tab.talks().await;

        tab.toggle("Hold", true).await;
        tab.is_silent().await;
        tab.toggle("Hold", false).await;
        tab.hears(MICROPHONE_HZ).await;

        tab.press("Hang up").await;
        tab.is_free().await;
        platform.call_is("ended", |c| c.state == "ended").await;
        tab.releases_microphone().await;

        // The second one ends from the far side.
        platform.ring("asha", "melody", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        tab.talks().await;
        let call = platform.call_is("up", |c| c.state == "up").await.call;
        platform
            .command("/control/hangup", &json!({ "call": call }))
            .await;
        tab.says("They hung up.").await;
        tab.is_free().await;
        tab.marked("ended", 2).await;
        tab.releases_microphone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_declined_and_one_given_up_is_noted_as_missed() {
    story("declined", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;

        platform.ring("asha", "melody", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        tab.press("Decline").await;
        tab.vanishes("alertdialog", "Kavya Rao").await;
        platform.call_is("ended", |c| c.state == "ended").await;
        assert!(
            !tab.text().await.contains("Missed calls"),
            "a declined call is no missed call"
        );

        platform.ring("asha", "cancels", Some(1_500)).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        tab.vanishes("alertdialog", "Kavya Rao").await;
        tab.says("The caller gave up.").await;
        tab.says("Missed calls").await;
        tab.appears("button", "Call Kavya Rao back").await;
        assert_eq!(tab.stats().await.peers, 0, "a connection was left open");
        tab.status_is("Ready").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_call_is_refused_as_busy_and_noted_as_missed() {
    story("second-call", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.dial("1001").await;
        tab.is_connected().await;
        platform.ring("asha", "melody", None).await;
        platform.call_is("refused", |c| c.state == "ended").await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.says("while you were in a call").await;
        tab.appears("button", "Call Kavya Rao back").await;
    })
    .await;
}
