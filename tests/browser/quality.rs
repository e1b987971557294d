//! How calls sound, as the agent is told.

use serde_json::json;

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

/// How long after the last packet a dead direction is named, ms.
const UNTIL_NAMED: &str = "
    let [count, since] = [0, performance.now()];
    while (!document.body.innerText.includes('You cannot hear them.')) {
        const { received } = await __story.stats();
        if (received !== count) [count, since] = [received, performance.now()];
        await new Promise((done) => setTimeout(done, 20));
    }
    return performance.now() - since;";

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
        let silence = tab.run(UNTIL_NAMED, vec![]).await.as_f64().expect("a time");
        println!("one-way audio was named {silence:.0} ms after the last packet");
        // 3 s on a machine with nothing else to do.
        assert!(silence < 6_000.0, "named after {silence} ms");
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

/// The states that the call has been through, by their names in the seed.
const STATES: &str = "
    window.states = [];
    new MutationObserver(() => {
        const state = document.querySelector('[data-state]')?.dataset.state;
        if (state && state !== states.at(-1)) states.push(state);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });";

#[tokio::test(flavor = "multi_thread")]
async fn audio_that_is_lost_with_its_path_is_renewed() {
    story("renewed", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        tab.run(STATES, vec![]).await;
        // All is lost both ways for ten seconds, ICE's own checks as well.
        tab.dial("1009").await;
        tab.is_connected().await;
        tab.says("Reconnecting").await;
        tab.pictures("reconnecting").await;
        tab.is_connected().await;
        tab.talks().await;
        let states = tab
            .run("return states.slice(states.indexOf('ESTABLISHED'))", vec![])
            .await;
        let wanted = json!(["ESTABLISHED", "MEDIA_DISRUPTED", "RENEWING_MEDIA", "ESTABLISHED"]);
        assert_eq!(states, wanted);
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn audio_that_never_comes_back_ends_the_call_with_its_reason() {
    story("media-lost", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        tab.run(STATES, vec![]).await;
        tab.dial("1016").await;
        tab.is_connected().await;
        tab.says("Reconnecting").await;
        // Tried for a minute.
        tab.says_within(120, "The audio was lost and did not come back.")
            .await;
        tab.says("No sound arrived for a minute, so the call was ended.")
            .await;
        tab.pictures("media-lost").await;
        let states = tab
            .run("return states.slice(states.indexOf('ESTABLISHED'))", vec![])
            .await;
        assert_eq!(
            states,
            json!(["ESTABLISHED", "MEDIA_DISRUPTED", "RENEWING_MEDIA"])
        );
        // The next call is as good as ever.
        tab.dial("1001").await;
        tab.is_connected().await;
        tab.talks().await;
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
