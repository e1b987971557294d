//! Subscribers in a walk; users have a story of their own.

use exotel::operations::Api::{Integrations, Subscribers};

use super::{Step, setup, signed_in, step};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;

/// What the walk below, and the one of users, complete.
pub(super) const STEPS: &[Step] = &[
    step("/users", Integrations, "list_users"),
    step("/users/add", Integrations, "add_users"),
    step("/users/id/", Integrations, "get_user"),
    step("/users/id/", Integrations, "set_device"),
    step("/users/id/", Integrations, "delete_user"),
    step("/users", Integrations, "delete_all_users"),
    step("/subscribers", Subscribers, "list"),
    step("/subscribers", Subscribers, "create"),
    step("/subscribers/name/", Subscribers, "get"),
    step("/subscribers/name/", Subscribers, "update"),
    step("/subscribers/name/", Subscribers, "create_token"),
    step("/subscribers/name/", Subscribers, "delete"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_subscriber_is_added_suspended_given_a_token_and_deleted() {
    story("admin-subscribers", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-subscribers", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/subscribers").await;
        tab.fill("Name", "alex7").await;
        tab.fill("Note", "Driver").await;
        tab.press("Add the subscriber").await;
        tab.says("alex7 was added.").await;
        tab.pictures("admin-subscribers").await;
        tab.choose_value("Status", "inactive").await;
        tab.says("No subscribers here").await;
        tab.choose_value("Status", "active").await;
        tab.click("link", "alex7").await;
        tab.choose_value("Status", "inactive").await;
        tab.press("Save").await;
        tab.says("Saved.").await;
        let status = "return document.querySelector('.facts .pill').textContent.trim()";
        assert_eq!(tab.run(status, vec![]).await, "Suspended");
        tab.choose_value("Status", "active").await;
        tab.press("Save").await;
        tab.sees(
            "the subscriber active again",
            "return document.querySelector('.facts .pill').textContent.trim() === 'Active'",
        )
        .await;
        tab.fill("Device", "pixel-7").await;
        tab.press("Issue a token").await;
        tab.says("Access ends in").await;
        tab.pictures("admin-subscriber").await;
        tab.press("Hide it for good").await;
        tab.says_no_more("Access ends in").await;
        tab.press("Delete this subscriber…").await;
        tab.press("Delete the subscriber").await;
        tab.appears("heading", "Subscribers").await;
        tab.says_no_more("alex7").await;
        let records = companion.records().await;
        for what in ["create", "update", "delete"] {
            let done = |(name, how): &(String, String)| {
                name.contains(what) && name.contains("subscriber") && how == "done"
            };
            assert!(records.iter().any(done), "{what}: {records:?}");
        }
    })
    .await;
}
