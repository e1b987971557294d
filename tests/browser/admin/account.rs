//! Customer, apps and settings, through the set-up path and their own screens.

use exotel::operations::Api::Integrations;
use serde_json::json;

use super::{Step, setup, signed_in, step};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;

/// What the walk below completes.
pub(super) const STEPS: &[Step] = &[
    step("/set-up", Integrations, "create_token"),
    step("/set-up", Integrations, "get_customer"),
    step("/account", Integrations, "list_apps"),
    step("/account", Integrations, "create_app"),
    step("/account/app/", Integrations, "get_app"),
    step("/account/app/", Integrations, "delete_app"),
    step("/settings", Integrations, "list_settings"),
    step("/settings", Integrations, "get_setting"),
    step("/settings", Integrations, "add_setting"),
    step("/settings", Integrations, "delete_setting"),
    step("/account", Integrations, "delete_customer"),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_set_up_path_leads_from_the_customer_to_a_call() {
    story("admin-set-up", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-set-up", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/set-up").await;
        tab.says("The platform knows the customer").await;
        tab.says("In use").await;
        tab.press("Install webhooks").await;
        tab.says("The platform tells this server from now on.").await;
        tab.pictures("admin-set-up").await;

        tab.fill("Id", "nila").await;
        tab.fill("Name", "Nila Rao").await;
        tab.fill("Mail address", "nila@example.test").await;
        tab.fill("Virtual number", "+918040408080").await;
        tab.click("checkbox", "This may create a billable user").await;
        tab.press("Add the user").await;
        tab.says("Nila Rao was added.").await;
        tab.press("Ring their browser").await;
        tab.says("The platform says: Browser.").await;
        let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
        platform.command("/control/customer_call", &call).await;
        tab.says("A call rings at asha.").await;

        // Another app is another place for webhooks: they are compared anew.
        tab.says("Everything is as wanted.").await;
        tab.run("document.querySelector('details').open = true", vec![])
            .await;
        tab.fill("Name of the app", "Night shift").await;
        tab.press("Make the app").await;
        tab.says("Night shift was made.").await;
        tab.press("Use it").await;
        tab.says("This server works with Night shift now.").await;
        tab.says("Installing writes ").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn apps_settings_and_the_customer_are_changed_and_deleted() {
    story("admin-account", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-account", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/account").await;
        tab.fill("Name of the app", "Night shift").await;
        tab.press("Make the app").await;
        tab.says("Night shift was made.").await;
        tab.pictures("admin-account").await;
        tab.click("link", "Night shift").await;
        tab.says("Its webhooks are its own").await;
        tab.pictures("admin-app").await;
        tab.press("Delete this app…").await;
        tab.fill("Type it here", "Day shift").await;
        tab.press("Delete the app").await;
        tab.says("This cannot be taken back.").await;
        tab.fill("Type it here", "Night shift").await;
        tab.press("Delete the app").await;
        tab.appears("heading", "Customer and apps").await;

        tab.click("link", "Settings and webhooks").await;
        tab.says("Whether outbound calls are recorded.").await;
        tab.pictures("admin-settings").await;
        // What is being typed stays when the webhooks are written meanwhile.
        tab.choose_value("New value", "true").await;
        tab.press("Install webhooks").await;
        tab.says("The platform tells this server from now on.").await;
        assert_eq!(
            tab.run("return __story.find('combobox', 'New value').value", vec![])
                .await,
            "true"
        );
        // The form of `record` is the only one that chooses.
        tab.choose_value("New value", "true").await;
        tab.run(
            "__story.find('combobox', 'New value').closest('form').querySelector('[type=submit]').click()",
            vec![],
        )
        .await;
        tab.says("Written. It holds from now on.").await;
        let button = "const form = __story.find('combobox', 'New value').closest('form'); \
            [...form.querySelectorAll('button')].find((b) => b.textContent === arguments[0]).click()";
        tab.run(button, vec![json!("Look again")]).await;
        tab.says("As the platform has it now.").await;
        tab.run(button, vec![json!("Unset")]).await;
        tab.says("record is not set any more.").await;

        tab.click("link", "Customer and apps").await;
        let name = tab
            .run(
                "return [...document.querySelectorAll('.facts dd')][0].innerText",
                vec![],
            )
            .await;
        tab.press("Delete the customer…").await;
        tab.fill("Type it here", name.as_str().expect("a name")).await;
        tab.press("Delete the customer").await;
        tab.says("cannot sign in to the calling platform").await;

        let records = companion.records().await;
        for done in [
            "create_app",
            "delete_app",
            "add_setting",
            "delete_setting",
            "delete_customer",
        ] {
            assert!(
                records.contains(&(done.to_owned(), "done".to_owned())),
                "{done}: {records:?}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_two_change_shows_both_values() {
    story("admin-conflict", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-conflict", &platform).await;
        let first = signed_in(&browser, &companion, "boss", "/settings").await;
        first.says("Whether outbound calls are recorded.").await;
        let second = browser.open(&companion.admin("/settings")).await;
        second.says("Whether outbound calls are recorded.").await;
        let write =
            "__story.find('combobox', 'New value').closest('form').querySelector('[type=submit]').click()";
        second.choose_value("New value", "true").await;
        second.run(write, vec![]).await;
        second.says("Written. It holds from now on.").await;
        first.choose_value("New value", "false").await;
        first.run(write, vec![]).await;
        first.says("Somebody else was faster.").await;
        first.says("boss changed it on").await;
        first.pictures("admin-conflict").await;
        first.press("Write mine over it").await;
        first.says("Written. It holds from now on.").await;
    })
    .await;
}
