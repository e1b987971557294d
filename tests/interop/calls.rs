//! Calls from the phone through Kamailio and rtpengine.

use crate::baresip::Baresip;
use crate::bed::Bed;
use crate::sipp::Sipp;
use crate::support::browser::{MICROPHONE_HZ, story};
use crate::support::wait::{pass, until};
use crate::{setup, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn baresip_is_called_and_both_sides_hear_each_other() {
    story("calls-baresip", setup(), |browser| async move {
        let bed = Bed::start("calls-baresip", "MD5").await;
        let desk = Baresip::start(&bed, "desk", 880, "opus/48000/1").await;
        let (_platform, tab) = signed_in(&browser, &bed).await;
        tab.dial("desk@interop.test").await;
        tab.is_connected().await;
        tab.hears(880.0).await;
        tab.talks().await;
        pass(2_000).await;
        let heard = desk.heard().find(MICROPHONE_HZ);
        assert!(
            heard.heard > 1.0,
            "baresip's recording holds {heard:?} of the microphone's tone"
        );

        // On hold the far end gets nothing; then audio again.
        until("baresip to receive", async || {
            (desk.receives() > Some(5_000)).then_some(())
        })
        .await;
        tab.toggle("Hold", true).await;
        tab.is_silent().await;
        until("baresip to receive nothing", async || {
            (desk.receives() == Some(0)).then_some(())
        })
        .await;
        tab.toggle("Hold", false).await;
        tab.hears(880.0).await;
        tab.talks().await;
        until("baresip to receive again", async || {
            (desk.receives() > Some(5_000)).then_some(())
        })
        .await;

        tab.press("Hang up").await;
        tab.is_free().await;
        tab.releases_microphone().await;
        until("baresip to notice", async || {
            desk.output().contains("session closed").then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn baresip_hangs_up() {
    story("baresip-hangs-up", setup(), |browser| async move {
        let bed = Bed::start("baresip-hangs-up", "MD5").await;
        let desk = Baresip::start(&bed, "desk", 880, "PCMU").await;
        let (_platform, tab) = signed_in(&browser, &bed).await;
        tab.dial("desk@interop.test").await;
        tab.is_connected().await;
        tab.hears(880.0).await;
        desk.hang_up().await;
        tab.says("They hung up.").await;
        tab.is_free().await;
        tab.releases_microphone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_echoes_and_gets_digits_hold_and_the_bye() {
    story("calls-sipp", setup(), |browser| async move {
        let bed = Bed::start("calls-sipp", "MD5").await;
        let mut echo = Sipp::answering(&bed, 60_000);
        let (_platform, tab) = signed_in(&browser, &bed).await;
        tab.dial("9000").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;

        tab.toggle("Keypad", true).await;
        for digit in ["4", "2", "*", "#"] {
            tab.press(digit).await;
        }
        until("the digits at SIPp", async || {
            (digits(&echo) == "42*#").then_some(())
        })
        .await;
        let messages = echo.messages();
        assert!(
            messages.to_lowercase().contains("application/dtmf-relay"),
            "{messages}"
        );

        tab.toggle("Hold", true).await;
        tab.is_silent().await;
        assert!(noted(&echo, "held"), "{:?}", echo.notes());
        tab.toggle("Hold", false).await;
        tab.hears(MICROPHONE_HZ).await;
        assert!(noted(&echo, "resumed"), "{:?}", echo.notes());

        tab.press("Hang up").await;
        tab.is_free().await;
        echo.succeeds().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_hangs_up_and_kamailio_says_busy() {
    story("sipp-hangs-up", setup(), |browser| async move {
        let bed = Bed::start("sipp-hangs-up", "MD5").await;
        let mut echo = Sipp::answering(&bed, 3_000);
        let (_platform, tab) = signed_in(&browser, &bed).await;
        tab.dial("9000").await;
        tab.is_connected().await;
        tab.says("They hung up.").await;
        tab.is_free().await;
        echo.succeeds().await;

        tab.dial("486").await;
        tab.says("The line is busy.").await;
        tab.is_free().await;
        tab.dial("nobody@interop.test").await;
        tab.says("Nobody answered.").await;
        tab.is_free().await;
    })
    .await;
}

fn digits(echo: &Sipp) -> String {
    echo.notes()
        .iter()
        .filter_map(|n| n.split("digit ").nth(1)?.chars().next())
        .collect()
}

fn noted(echo: &Sipp, word: &str) -> bool {
    echo.notes().iter().any(|n| n.contains(word))
}
