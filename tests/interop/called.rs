//! Calls to the phone through Kamailio and rtpengine.

use crate::baresip::Baresip;
use crate::bed::Bed;
use crate::sipp::Sipp;
use crate::support::browser::{MICROPHONE_HZ, story};
use crate::support::wait::until;
use crate::{setup, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn baresip_calls_and_both_sides_hear_each_other_until_the_phone_hangs_up() {
    story("called-by-baresip", setup(), |browser| async move {
        let bed = Bed::start("called-by-baresip", "MD5").await;
        let desk = Baresip::start(&bed, "desk", 880, "opus/48000/1").await;
        let (_platform, tab) = signed_in(&browser, &bed).await;
        desk.dial(&bed.address("agent")).await;
        tab.appears("alertdialog", "desk").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        tab.hears(880.0).await;
        until("the microphone's tone in baresip's recording", async || {
            (desk.heard().find(MICROPHONE_HZ).heard > 1.0).then_some(())
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
async fn sipp_calls_is_heard_and_hangs_up() {
    story("called-by-sipp", setup(), |browser| async move {
        let bed = Bed::start("called-by-sipp", "MD5").await;
        let (_platform, tab) = signed_in(&browser, &bed).await;
        let mut caller = Sipp::calling(&bed, "agent", 6_000);
        tab.appears("alertdialog", "Desk").await;
        tab.press("Answer").await;
        tab.is_connected().await;
        tab.hears(620.0).await;
        tab.talks().await;
        tab.says("They hung up.").await;
        tab.is_free().await;
        caller.succeeds().await;
        tab.releases_microphone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_is_declined_and_one_who_gives_up_is_noted_as_missed() {
    story("baresip-gives-up", setup(), |browser| async move {
        let bed = Bed::start("baresip-gives-up", "MD5").await;
        let desk = Baresip::start(&bed, "desk", 880, "PCMU").await;
        let (_platform, tab) = signed_in(&browser, &bed).await;
        desk.dial(&bed.address("agent")).await;
        tab.appears("alertdialog", "desk").await;
        tab.press("Decline").await;
        tab.vanishes("alertdialog", "desk").await;
        until("baresip to hear it", async || {
            desk.output().contains("486 Busy Here").then_some(())
        })
        .await;

        desk.dial(&bed.address("agent")).await;
        tab.appears("alertdialog", "desk").await;
        desk.hang_up().await;
        tab.vanishes("alertdialog", "desk").await;
        tab.says("Missed calls").await;
        tab.appears("button", "Call desk back").await;
    })
    .await;
}
