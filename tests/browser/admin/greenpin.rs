//! GreenPin: allocated, shown, changed, changed by many, given back; its news, its pins, its error codes.

use exotel::greenpin::GreenPinCode as Code;
use exotel::operations::Api::GreenPin;
use serde_json::json;

use super::{Step, setup, signed_in, step};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// What the walk below completes.
pub(super) const STEPS: &[Step] = &[
    step("/greenpin/add", GreenPin, "create_allocation"),
    step("/greenpin/id/", GreenPin, "get_allocation"),
    step("/greenpin/id/", GreenPin, "update_allocation"),
    step("/greenpin/many", GreenPin, "bulk_update_allocations"),
    step("/greenpin/id/", GreenPin, "delete_allocation"),
];

/// Fills a field of one party: both have fields of the same names.
async fn of_party(tab: &Tab, party: usize, field: &str, text: &str) {
    let script = "
        const set = document.querySelectorAll('fieldset')[arguments[0]];
        const label = [...set.querySelectorAll('label')].find((l) => l.textContent === arguments[1]);
        const input = document.getElementById(label.htmlFor);
        input.value = arguments[2];
        input.dispatchEvent(new Event('input', { bubbles: true }));";
    tab.run(script, vec![json!(party), json!(field), json!(text)])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allocation_is_made_watched_changed_and_given_back() {
    story("admin-greenpin", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-greenpin", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/greenpin").await;
        tab.says("No allocations yet").await;
        tab.click("link", "Allocate").await;
        tab.fill("Your id", "order-1").await;
        of_party(&tab, 0, "Virtual numbers", "+916292134471").await;
        of_party(&tab, 0, "Numbers", "+917987686101").await;
        of_party(&tab, 1, "Numbers", "+919956555601").await;
        tab.fill("Ends after", "20m").await;
        tab.pictures("admin-greenpin-add").await;
        tab.press("Allocate").await;
        tab.says("is allocated.").await;
        tab.says("Pin of B:").await;
        tab.click("link", "Open the allocation").await;
        tab.says("order-1").await;
        tab.says("in 19 min").await;
        tab.press("Show the pin of B").await;
        tab.appears("button", "Hide").await;
        tab.pictures("admin-greenpin-one").await;
        tab.press("Hide").await;

        tab.choose_value("Who may call whom", "oneway").await;
        tab.press("Change the allocation").await;
        tab.says("Changed.").await;
        let facts = tab
            .run("return document.querySelector('.facts').innerText", vec![])
            .await;
        assert!(
            facts.as_str().is_some_and(|facts| facts.contains("A calls B")),
            "{facts}"
        );

        // Each documented code is a sentence of ours, at the form, which stays as it is.
        let sentences = server::api::greenpin::codes::list()
            .await
            .expect("the codes")
            .0
            .codes;
        for code in Code::documented() {
            let ours = sentences.iter().find(|one| one.number == code.number());
            let fault = json!({
                "api": "greenpin", "operation": "update_allocation", "status": code.http_status(),
                "code": code.number(), "words": code.vendor_words(), "times": 1,
            });
            platform.command("/control/platform/faults", &fault).await;
            tab.fill("Ends after", &format!("{}m", 30 + code.number())).await;
            tab.press("Change the allocation").await;
            tab.says(code.vendor_words().expect("words of a documented code"))
                .await;
            tab.says(&ours.expect("a sentence of each code").message).await;
            assert!(tab.has("alert", None).await, "{code:?} is not said");
        }

        tab.click("link", "All allocations").await;
        tab.click("link", "Change several").await;
        tab.press("Take the active ones").await;
        let ids = tab
            .run("return document.querySelector('textarea').value", vec![])
            .await;
        let ids = format!(
            "{}\n0c1d2e3f-0000-4000-8000-000000000000",
            ids.as_str().expect("ids")
        );
        tab.paste("Allocations", &ids).await;
        tab.choose_value("Who may call whom", "twoway").await;
        tab.press("Change them").await;
        tab.says("1 of 2 changed.").await;
        tab.says("The vendor knows no such allocation.").await;
        tab.pictures("admin-greenpin-many").await;

        tab.click("link", "All allocations").await;
        tab.says("Both may call").await;
        // What happens at the platform shows as it happens.
        let mut endpoints = json!({});
        for kind in [
            "greenpin-call-completed",
            "greenpin-verified",
            "greenpin-verification-failed",
        ] {
            endpoints[kind] = json!(companion.hook(kind));
        }
        platform.command("/control/endpoints", &endpoints).await;
        let wrong = json!({ "from": "+919800000001", "vn": "+916292134471", "pin": "000000000" });
        platform.command("/control/greenpin_call", &wrong).await;
        tab.says("Wrong pin").await;
        tab.pictures("admin-greenpin").await;
        tab.click("link", "order-1").await;
        tab.press("Give this allocation back…").await;
        tab.press("Give it back").await;
        tab.says("Given back").await;
        tab.click("link", "All allocations").await;
        tab.click("link", "Error codes").await;
        tab.says("No pin is free on these virtual numbers.").await;
        tab.pictures("admin-greenpin-codes").await;
    })
    .await;
}
