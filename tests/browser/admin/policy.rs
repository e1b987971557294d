//! The policy: previewed, saved, and two who save at once.

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_for_whom_is_seen_before_it_is_saved() {
    story("admin-policy", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-policy", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/policy").await;
        tab.says("What agents may do").await;
        let second = browser.open(&companion.admin("/policy")).await;
        second.says("What agents may do").await;

        tab.press("Add a rule").await;
        tab.choose_value("Feature", "hold").await;
        tab.choose_value("Rule", "forbidden").await;
        tab.choose_value("For", "agent").await;
        tab.press("What would change?").await;
        tab.says("What would change for whom").await;
        tab.says("asha").await;
        tab.pictures("admin-policy").await;
        tab.press("Save the policy").await;
        tab.says("Saved as version 1.").await;
        tab.says("Version 1").await;

        second.says("Somebody has just saved another version.").await;
        // One who begins with a rule, and is overtaken.
        second.goto(&companion.admin("/policy")).await;
        second.appears("button", "Remove rule 1").await;
        tab.fill("Wrap-up time", "30").await;
        tab.press("What would change?").await;
        tab.press("Save the policy").await;
        tab.says("Saved as version 2.").await;

        second.says("Somebody has just saved another version.").await;
        second.fill("Loudness", "300").await;
        second.press("What would change?").await;
        second.says("Loudness is 0 to 100.").await;
        second.fill("Loudness", "40").await;
        second.press("What would change?").await;
        second.says("Loudness: 80 %, from now on 40 %.").await;
        second.press("Save the policy").await;
        // What the other one saved is not undone unseen.
        second.says("Somebody else was faster.").await;
        second.pictures("admin-policy-conflict").await;
        second.press("Take what is there").await;
        second.says_no_more("Somebody else was faster.").await;
    })
    .await;
}
