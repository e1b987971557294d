//! What the platform refuses stands at the form as a sentence of ours with a next step, its own words beside it, and the form
//! stays as it was. (Each status of each API is held against its sentence in the server's tests; GreenPin's codes in
//! `greenpin.rs`.)

use serde_json::json;

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// A status of the platform's, and how our sentence begins.
const SENTENCES: [(u16, &str); 7] = [
    (400, "The calling platform does not take one of the values."),
    (403, "The account may not do this. Ask the vendor"),
    (404, "The calling platform does not know it. Check the id"),
    (
        409,
        "It clashes with something that exists at the calling platform.",
    ),
    (413, "This is too much at once for the calling platform."),
    (429, "The calling platform takes no more requests now."),
    (500, "The calling platform gave no readable answer."),
];

/// Has an operation refused in every way, and presses its button each time.
async fn each(platform: &Platform, tab: &Tab, (api, operation): (&str, &str), button: &str) {
    for (status, begins) in SENTENCES {
        let words = format!("Said of {operation} by {status}");
        let fault =
            json!({ "api": api, "operation": operation, "status": status, "words": words, "times": 1 });
        platform.command("/control/platform/faults", &fault).await;
        tab.press(button).await;
        tab.says(begins).await;
        tab.says(&words).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_a_sentence_at_its_form() {
    story("admin-refusals", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-refusals", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/users/id/asha").await;
        tab.says("VoIP ready").await;
        each(&platform, &tab, ("integrations", "set_device"), "Telephone").await;
        tab.pictures("admin-users-refused").await;

        tab.goto(&companion.admin("/account")).await;
        tab.fill("Name of the app", "Night shift").await;
        each(&platform, &tab, ("integrations", "create_app"), "Make the app").await;
        kept(&tab, "Name of the app", "Night shift").await;
        tab.press("Make the app").await;
        tab.says("Night shift was made.").await;

        tab.goto(&companion.admin("/subscribers")).await;
        tab.fill("Name", "alex7").await;
        tab.fill("Note", "Driver").await;
        each(&platform, &tab, ("subscribers", "create"), "Add the subscriber").await;
        tab.pictures("admin-subscribers-refused").await;
        kept(&tab, "Note", "Driver").await;
        tab.press("Add the subscriber").await;
        tab.says("alex7 was added.").await;
    })
    .await;
}

/// The field has what was typed.
async fn kept(tab: &Tab, field: &str, text: &str) {
    let script = "return __story.find('textbox', arguments[0]).value";
    assert_eq!(tab.run(script, vec![json!(field)]).await, text, "{field}");
}
