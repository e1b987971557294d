//! Several tabs are one phone.

use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::platform::Platform;
use crate::support::wait::{pass, until};

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_are_one_registration_and_the_one_that_answers_has_the_call() {
    story("two-tabs", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let first = browser.open(&platform.phone("")).await;
        first.status_is("Ready").await;
        let second = browser.open(&platform.phone("")).await;
        second.status_is("Ready").await;
        pass(1_000).await;
        assert_eq!(
            platform.phones("asha").await,
            1,
            "two tabs made two registrations"
        );

        platform.ring("asha", "echo", None).await;
        first.appears("alertdialog", "Kavya Rao").await;
        second.appears("alertdialog", "Kavya Rao").await;
        assert_eq!(
            platform.call().await.expect("the call").ringing,
            1,
            "one phone rings, in two tabs"
        );

        second.press("Answer").await;
        second.is_connected().await;
        second.hears(MICROPHONE_HZ).await;
        first.vanishes("alertdialog", "Kavya Rao").await;
        first.says("in another tab").await;
        assert_eq!(
            first.stats().await.peers,
            0,
            "the tab that did not answer has a connection"
        );

        // Either tab can end it.
        first.press("Hang up").await;
        first.is_free().await;
        second.is_free().await;
        second.releases_microphone().await;
        platform.call_is("ended", |c| c.state == "ended").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_tab_that_talks_ends_the_call_and_the_other_stays_registered() {
    story("closed-tab", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let first = browser.open(&platform.phone("")).await;
        first.status_is("Ready").await;
        let second = browser.open(&platform.phone("")).await;
        second.status_is("Ready").await;
        second.dial("1001").await;
        second.is_connected().await;
        first.says("in another tab").await;
        second.close().await;
        first.says("The tab that carried the call was closed.").await;
        platform.call_is("ended", |c| c.state == "ended").await;
        first.status_is("Ready").await;

        first.dial("1001").await;
        first.is_connected().await;
        first.hears(MICROPHONE_HZ).await;
        first.press("Hang up").await;
        first.is_free().await;
        until("one registration", async || {
            (platform.phones("asha").await == 1).then_some(())
        })
        .await;
    })
    .await;
}
