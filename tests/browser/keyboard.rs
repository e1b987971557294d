//! The phone by the keyboard alone.

use serde_json::json;

use crate::desk_shift::customer_calls;
use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn keys_answer_mute_hold_and_hang_up_and_may_be_others() {
    let setup = Setup {
        expected: REFUSALS,
        ..Setup::default()
    };
    story("keyboard", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("keyboard", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.appears("button", "Keyboard").await;
        tab.type_anywhere("?").await;
        tab.appears("button", "Change the key for Mute").await;
        tab.pictures("keyboard").await;

        // Taken, not fitting, then a new one that lasts.
        tab.press("Change the key for Mute").await;
        tab.says("Press the new key for Mute").await;
        tab.type_anywhere("h").await;
        tab.says("This key is for Hold. Press another one.").await;
        tab.type_anywhere("5").await;
        tab.says("digits, * and # dial").await;
        tab.type_anywhere("x").await;
        tab.says_no_more("digits, * and # dial").await;
        tab.devtools("Page.reload", json!({})).await;
        tab.status_is("Ready").await;
        tab.appears("button", "Keyboard").await;

        customer_calls(&platform, "echo", 0).await;
        tab.says("Incoming call").await;
        tab.type_anywhere("a").await;
        tab.is_connected().await;
        tab.type_anywhere("m").await;
        tab.type_anywhere("x").await;
        tab.is_toggled("Mute", true).await;
        tab.type_anywhere("x").await;
        tab.is_toggled("Mute", false).await;
        tab.type_anywhere("h").await;
        tab.is_toggled("Hold", true).await;
        tab.type_anywhere("h").await;
        tab.is_toggled("Hold", false).await;
        tab.type_anywhere("e").await;
        tab.says("You hung up.").await;

        // Letters that are typed are letters.
        tab.type_anywhere("/").await;
        tab.fill("Search calls", "mehna").await;
        tab.is_free().await;

        tab.run("document.activeElement.blur()", vec![]).await;
        tab.type_anywhere("?").await;
        tab.says("The usual keys").await;
    })
    .await;
}
