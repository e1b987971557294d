//! Calls from the phone, and what happens in them.

use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::platform::Platform;
use crate::support::wait::pass;

#[tokio::test(flavor = "multi_thread")]
async fn an_echo_brings_the_microphones_tone_back() {
    story("echo", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.marked("phone-ready", 1).await;
        assert_eq!(platform.phones("asha").await, 1);

        tab.dial("1001").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;
        assert!(
            tab.hear(700.0).await.is_absent(),
            "another tone is heard: {:?}",
            tab.hear(700.0).await
        );
        tab.talks().await;
        for mark in ["call-sent", "connected", "media-first-packet"] {
            tab.marked(mark, 1).await;
        }

        // Muted, the line goes on, but with silence; the echo shows it.
        tab.toggle("Mute", true).await;
        tab.hears_no(MICROPHONE_HZ).await;
        tab.toggle("Mute", false).await;
        tab.hears(MICROPHONE_HZ).await;

        tab.press("Hang up").await;
        tab.is_free().await;
        tab.marked("ended", 1).await;
        platform.call_is("ended", |c| c.state == "ended").await;
        tab.releases_microphone().await;
        assert_eq!(tab.stats().await.peers, 0, "a connection was left open");
        tab.status_is("Ready").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_hold_nothing_is_sent_and_resuming_brings_the_tone_back() {
    story("hold", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.dial("1001").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;

        tab.toggle("Hold", true).await;
        tab.says("On hold").await;
        tab.is_silent().await;
        let before = platform.call().await.expect("the call").rtp_in;
        pass(1_000).await;
        assert_eq!(
            platform.call().await.expect("the call").rtp_in,
            before,
            "the far end still gets packets on hold"
        );

        tab.toggle("Hold", false).await;
        tab.talks().await;
        tab.hears(MICROPHONE_HZ).await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_reach_the_far_end_in_order() {
    story("digits", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.dial("1012").await;
        tab.is_connected().await;
        tab.toggle("Keypad", true).await;
        for digit in ["1", "5", "0", "#"] {
            tab.press(digit).await;
        }
        tab.type_anywhere("9*").await;
        platform
            .call_is("told all digits", |c| c.digits == "150#9*")
            .await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_far_end_can_be_busy_refuse_hang_up_and_play_before_it_answers() {
    story("far-end", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;

        tab.dial("1004").await;
        tab.says("The line is busy.").await;
        tab.is_free().await;

        tab.dial("1008").await;
        tab.says("Ringing").await;
        tab.says("They declined the call.").await;
        tab.is_free().await;

        // Early media is audible before the answer.
        tab.dial("1007").await;
        tab.says("Ringing").await;
        tab.marked("media-first-packet", 1).await;
        tab.says("The line is busy.").await;
        tab.is_free().await;

        tab.dial("1010").await;
        tab.is_connected().await;
        tab.says("They hung up.").await;
        tab.is_free().await;
        tab.releases_microphone().await;

        // We give up first.
        tab.dial("1005").await;
        tab.says("Ringing").await;
        tab.press("Hang up").await;
        tab.says("You cancelled the call.").await;
        tab.is_free().await;
        platform.call_is("ended", |c| c.state == "ended").await;
        tab.releases_microphone().await;
    })
    .await;
}
