//! The phone in a frame of 300 x 56: who, how it stands, and the buttons that matter then.

use serde_json::json;

use crate::support::browser::{Setup, story};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// Names of the buttons that can be seen.
const BUTTONS: &str = "
    return [...document.querySelectorAll('button')].filter((b) => b.checkVisibility()).map(__story.name);";

async fn offers(tab: &Tab, buttons: &[&str]) {
    let found = tab.run(BUTTONS, vec![]).await;
    assert_eq!(found, json!(buttons));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bar_of_300_by_56_is_enough_for_a_call() {
    story("mini-bar", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        tab.frame_pictures("mini-bar-free", 300, 56).await;
        offers(&tab, &[]).await;
        tab.says("Ready").await;

        platform.ring("asha", "echo", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        tab.frame_pictures("mini-bar-ringing", 300, 56).await;
        offers(&tab, &["Decline", "Answer"]).await;
        tab.press("Answer").await;
        tab.says("Connected").await;
        tab.talks().await;
        tab.frame_pictures("mini-bar-talking", 300, 56).await;
        offers(&tab, &["Mute", "Hang up"]).await;
        // A number is longer than a name: it is cut short, and nothing lies over it.
        let over = "
            const who = document.querySelector('.call-who h2');
            const name = who.textContent;
            who.textContent = '+91 98123 45678 (+91 80400 01001)';
            const ends = who.getBoundingClientRect().right;
            const begins = document.querySelector('.controls').getBoundingClientRect().left;
            who.textContent = name;
            return ends - begins;";
        let over = tab.run(over, vec![]).await;
        assert!(
            over.as_f64() <= Some(0.0),
            "the name lies {over} px over the buttons"
        );
        tab.toggle("Mute", true).await;
        tab.frame_pictures("mini-bar-muted", 300, 56).await;
        tab.press("Hang up").await;
        tab.vanishes("button", "Hang up").await;
        tab.says("Ready").await;
    })
    .await;
}
