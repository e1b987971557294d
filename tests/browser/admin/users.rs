//! Users: found, added, switched, deleted.

use serde_json::json;

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_added_found_switched_and_deleted() {
    story("admin-users", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-users", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/users").await;
        tab.says("asha").await;
        tab.pictures("admin-users").await;

        tab.click("link", "Add a user").await;
        tab.fill("Id", "nila").await;
        tab.fill("Name", "Nila").await;
        tab.fill("Mail address", "nila@example.test").await;
        tab.fill("Virtual number", "+918040408080").await;
        tab.click("checkbox", "This may create a billable user").await;
        tab.pictures("admin-users-add").await;
        tab.press("Add the user").await;
        // The server's rule stands at its field, and the form is as it was.
        tab.says("A name is two words").await;
        tab.fill("Name", "Nila Rao").await;
        tab.press("Add the user").await;
        tab.says("Nila Rao was added.").await;

        tab.click("link", "All users").await;
        tab.fill("Search", "nila@").await;
        tab.press("Search").await;
        tab.says_no_more("asha").await;
        tab.click("link", "Nila Rao").await;
        tab.says("VoIP ready").await;
        tab.press("Browser").await;
        tab.says("The platform says: Browser.").await;
        tab.pictures("admin-users-one").await;
        let fault = json!({ "api": "integrations", "operation": "set_device", "status": 400,
            "words": "The device is on strike", "times": 1 });
        platform.command("/control/platform/faults", &fault).await;
        tab.press("Telephone").await;
        tab.says("The device is on strike").await;
        tab.is_toggled("Browser", true).await;

        tab.press("Delete this user…").await;
        tab.says("for good").await;
        tab.pictures("admin-users-delete").await;
        tab.press("Delete the user").await;
        tab.appears("heading", "Users").await;
        tab.fill("Search", "nila@").await;
        tab.press("Search").await;
        tab.says("Nobody found").await;

        tab.press("Delete all users…").await;
        tab.fill("Type it here", "something else").await;
        tab.press("Delete all users").await;
        tab.says("the name of the app in use").await;
        tab.fill("Type it here", "Demo").await;
        tab.press("Delete all users").await;
        tab.press("Show all").await;
        tab.says("No users yet").await;
        let records = companion.records().await;
        for done in ["add_users", "set_device", "delete_user", "delete_all_users"] {
            assert!(
                records.contains(&(done.to_owned(), "done".to_owned())),
                "{done}: {records:?}"
            );
        }
    })
    .await;
}
