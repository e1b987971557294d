//! Keys of CRMs' backends: made, shown once, revoked.

use serde_json::json;

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_made_shown_once_and_revoked() {
    story("admin-keys", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-keys", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/keys").await;
        tab.says("No keys yet").await;
        tab.press("Make the key").await;
        tab.says("Enter a name.").await;
        tab.fill("Name", "crm").await;
        tab.press("Make the key").await;
        tab.says("This is the key crm.").await;
        let script = "return document.querySelector('.secret pre').textContent";
        let key = tab.run(script, vec![]).await;
        let key = key.as_str().expect("a key").to_owned();
        assert!(key.len() > 30, "a short key");
        tab.pictures("admin-key-made").await;
        tab.press("Hide it for good").await;
        tab.says_no_more("This is the key crm.").await;
        let whole = tab.run("return document.documentElement.outerHTML", vec![]).await;
        assert!(!whole.to_string().contains(&key), "the key is still in the page");

        // A name that is taken is told at its field.
        tab.fill("Name", "crm").await;
        tab.press("Make the key").await;
        tab.appears("textbox", "Name").await;
        let told = "return document.querySelector('[aria-invalid=true]') !== null";
        tab.sees("the name refused", told).await;

        tab.press("Revoke crm").await;
        tab.says("This cannot be undone.").await;
        tab.pictures("admin-keys").await;
        tab.press("Revoke the key").await;
        tab.says("Revoked").await;
        // The button that opened the dialog is gone: the focus is not lost with it.
        tab.sees(
            "the focus at the title",
            "return document.activeElement.id === 'screen-title'",
        )
        .await;
        let records = companion.records().await;
        for done in ["add_key", "revoke_key"] {
            assert!(
                records.contains(&(done.to_owned(), "done".to_owned())),
                "{done}: {records:?}"
            );
        }
        assert!(
            !json!(records).to_string().contains(&key),
            "the key is in the records"
        );
    })
    .await;
}
