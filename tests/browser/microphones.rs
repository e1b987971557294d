//! Machines without a microphone, or with a forbidden one: one clear sentence, and it works once that is cured.

use serde_json::json;

use crate::support::browser::{Microphone, Setup, story};
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_microphone_a_sentence_says_so_and_plugging_one_in_cures_it() {
    let setup = Setup {
        microphone: Microphone::Missing,
        ..Setup::default()
    };
    story("no-microphone", setup, |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.dial("1001").await;
        tab.says("No microphone was found.").await;
        tab.says("Plug in or switch on a headset and try again.").await;
        tab.is_free().await;

        // The caller of one we cannot answer is not left ringing.
        platform.ring("asha", "melody", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        tab.press("Answer").await;
        tab.says("No microphone was found.").await;
        platform.call_is("ended", |c| c.state == "ended").await;
        tab.is_free().await;
        tab.status_is("Ready").await;

        tab.run("__story.plugIn()", vec![]).await;
        tab.dial("1001").await;
        tab.is_connected().await;
        tab.hears(440.0).await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forbidden_microphone_is_explained_and_allowing_it_cures_it() {
    let setup = Setup {
        microphone: Microphone::Denied,
        ..Setup::default()
    };
    story("denied-microphone", setup, |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.dial("1001").await;
        tab.says("This site may not use the microphone.").await;
        tab.says("allow the microphone and try again").await;
        tab.is_free().await;
        tab.status_is("Ready").await;

        let origin = format!("http://{}", platform.host());
        let permission =
            json!({ "permission": { "name": "microphone" }, "setting": "granted", "origin": origin });
        tab.devtools("Browser.setPermission", permission).await;
        tab.dial("1001").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}
