//! The sandbox's control page, as a person uses it, beside the phone it rings.

use serde_json::json;

use crate::support::browser::{Setup, story};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// Fills in a form of the page by its fields' names, as typing and choosing would, and sends it.
async fn send(tab: &Tab, form: &str, fields: &[(&str, &str)]) {
    const FILL: &str = "
        const [does, fields] = arguments;
        const form = document.querySelector(`form[data-does=${does}]`);
        for (const [name, value] of fields) {
            const field = form.elements[name];
            field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
        }
        form.querySelector('button.primary').click();
        return form.checkValidity();";
    let valid = tab.run(FILL, vec![json!(form), json!(fields)]).await;
    assert_eq!(valid, true, "{form} does not take {fields:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_made_an_agent_is_rung_and_the_webhooks_are_seen() {
    story("panel", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let phone = browser.open(&platform.phone("")).await;
        phone.status_is("Ready").await;
        let page = format!("http://{}/control/", platform.host());
        let panel = browser.open(&page).await;
        panel.says("Live").await;

        panel.click("link", "Records").await;
        let subscriber = [("subscriber_name", "priya7"), ("custom_field", "team:3")];
        send(&panel, "newSubscriber", &subscriber).await;
        panel.says("priya7").await;
        send(&panel, "newApp", &[("AppName", "CRM north")]).await;
        panel.says("CRM north").await;
        send(&panel, "newPin", &[("transaction_id", "order-77")]).await;
        panel.says("order-77").await;
        panel.says("with pin").await;
        panel.pictures("panel-records").await;

        panel.click("link", "Webhooks").await;
        let sink = "document.querySelector('#addresses .sink').click()";
        panel.run(sink, vec![]).await;
        panel.press("Save the app's settings").await;
        panel.says("The app's settings are saved.").await;

        panel.click("link", "Calls").await;
        // The first agent on the list is the one whose phone is open.
        send(&panel, "customerCall", &[("from", "+919812345678")]).await;
        phone.says("98123 45678").await;
        phone.press("Answer").await;
        phone.is_connected().await;
        phone.press("Hang up").await;
        phone.is_free().await;
        panel.says("completed").await;
        panel.pictures("panel-calls").await;

        panel.click("link", "Webhooks").await;
        panel.says("popup").await;
        panel.says("incomingCallHangup").await;
        panel.says("delivered").await;
        panel.pictures("panel-webhooks").await;

        panel.click("link", "Quirks").await;
        panel.says("The platform's clock").await;
        panel.pictures("panel-quirks").await;
    })
    .await;
}
