//! How calls sound, as the agent is told.

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn one_way_audio_is_named_and_healed() {
    story("one-way", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        // The panes are there before the call: the curve begins with it.
        tab.appears("button", "Ring me").await;
        tab.dial("1014").await;
        tab.is_connected().await;
        tab.hears(440.0).await;
        tab.says("Good").await;
        tab.says("You cannot hear them.").await;
        tab.says("Connected").await;
        tab.pictures("one-way").await;
        // A new path was asked for, and the tone is back.
        tab.hears(440.0).await;
        tab.says_no_more("You cannot hear them.").await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_rated_with_its_figures() {
    let setup = Setup {
        expected: REFUSALS,
        ..Setup::default()
    };
    story("rated", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("rated", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("Recent calls").await;
        tab.dial("+918040001001").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.says("Call quality").await;
        tab.pictures("call-figures").await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.says("How did the call sound?").await;
        tab.press("2 Bad").await;
        tab.press("Choppy sound").await;
        tab.pictures("rating").await;
        tab.press("Send").await;
        tab.says("Thank you.").await;
    })
    .await;
}
