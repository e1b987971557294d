//! What support is given: a file to save, or lines sent with an id; no numbers in either.

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

/// Keeps what would be saved.
const KEEP: &str = "
    HTMLAnchorElement.prototype.click = function () {
        window.saved = [this.download, decodeURIComponent(this.href.split(',')[1])];
    };";

#[tokio::test(flavor = "multi_thread")]
async fn support_is_told_how_it_went_without_numbers() {
    let setup = Setup {
        expected: REFUSALS,
        ..Setup::default()
    };
    story("support", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("support", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.appears("button", "Help from support").await;
        tab.dial("+918040001001").await;
        tab.is_connected().await;
        tab.talks().await;
        tab.says("Good").await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.press("Help from support").await;
        tab.run(KEEP, vec![]).await;
        tab.press("Save as a file").await;
        let saved: (String, String) =
            serde_json::from_value(tab.run("return saved", vec![]).await).expect("a name and a text");
        assert_eq!(saved.0, "softphone-support.txt");
        for part in [
            "version: 0.",
            "browser: Mozilla",
            " link Ready",
            " told You hung up.",
            " call ",
            "\"mos\":4.",
        ] {
            assert!(saved.1.contains(part), "no {part:?} in\n{}", saved.1);
        }
        for secret in ["8040001001", "80400", "asha", "correct-horse"] {
            assert!(!saved.1.contains(secret), "{secret:?} in\n{}", saved.1);
        }

        tab.fill("What went wrong?", "Choppy since ten").await;
        tab.press("Send to support").await;
        tab.says("Tell support this id:").await;
        tab.pictures("support").await;
        let text = tab.text().await;
        let id = text
            .split("Tell support this id: ")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next());
        assert!(id.is_some_and(|id| id.len() == 12), "{text}");
    })
    .await;
}
