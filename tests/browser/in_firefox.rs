//! An agent's day in Firefox, in short. What is heard is told by packets: without a sound card Firefox starts no audio context,
//! and so no ear.

use crate::desk_shift::customer_calls;
use crate::server_sign_in::signed_in;
use crate::support::browser::{Engine, Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

fn setup() -> Setup {
    Setup {
        engine: Engine::Firefox,
        ..Setup::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_firefox() {
    story("firefox", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("firefox", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.appears("button", "Start shift").await;
        let browser = tab.run("return navigator.userAgent", vec![]).await;
        assert!(browser.to_string().contains("Firefox/"), "{browser}");

        // In: rung, answered, heard both ways, muted, held, ended.
        customer_calls(&platform, "echo", 0).await;
        tab.says("Incoming call").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.toggle("Mute", true).await;
        tab.toggle("Mute", false).await;
        tab.toggle("Hold", true).await;
        tab.toggle("Hold", false).await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.says("You hung up.").await;

        // Out, through the platform.
        tab.dial("+918040001001").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;

        // Missed.
        customer_calls(&platform, "cancels", 1_500).await;
        tab.says("Incoming call").await;
        tab.says("Missed calls").await;
        tab.appears("button", "Call +91 80400 01001 back").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_way_audio_is_named_and_healed_in_firefox() {
    story("firefox-sound", setup(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        tab.dial("1014").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.says("You cannot hear them.").await;
        tab.says_no_more("You cannot hear them.").await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn audio_that_is_lost_with_its_path_is_renewed_in_firefox() {
    story("firefox-renewed", setup(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        // Firefox takes up to ten seconds to call a path disconnected: this one is lost for longer.
        tab.dial("1015").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.says_within(60, "Reconnecting").await;
        tab.says_within(60, "Connected").await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}
