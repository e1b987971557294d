//! What a supervisor watches: the floor live, the log, what was missed, how it sounded; and nothing else.

use serde_json::json;

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::{Companion, PASSWORD};
use crate::support::platform::Platform;
use crate::support::ports;
use crate::support::wait::until;

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_sees_a_call_come_and_go() {
    story("admin-floor", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-floor", &platform).await;
        let tab = signed_in(&browser, &companion, "watch", "/floor").await;
        tab.says("asha").await;
        let phone = browser.open(&platform.phone("agent=asha")).await;
        phone.status_is("Ready").await;
        let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
        platform.command("/control/customer_call", &call).await;
        tab.says("9812345678").await;
        tab.pictures("admin-floor").await;
        phone.press("Decline").await;
        tab.says_no_more("9812345678").await;

        tab.click("link", "Calls").await;
        tab.says("9812345678").await;
        tab.pictures("admin-calls").await;
        tab.choose_value("Direction", "outbound").await;
        tab.press("Show").await;
        tab.says("No calls found").await;

        tab.click("link", "Missed calls").await;
        tab.says("By hour of the day").await;
        tab.pictures("admin-missed").await;
        tab.click("link", "Quality").await;
        tab.says("No call was rated").await;
        tab.pictures("admin-quality").await;
        tab.click("link", "Your sessions").await;
        tab.says("This one").await;
        tab.fill("Password so far", "wrong-horse").await;
        tab.fill("New password", "battery-staple-2").await;
        tab.press("Change the password").await;
        tab.says("This is not your password.").await;
        tab.pictures("admin-sessions").await;
        tab.fill("Password so far", PASSWORD).await;
        tab.press("Change the password").await;
        tab.says("Your password is changed.").await;
        assert!(
            !tab.has("link", Some("Users")).await,
            "a supervisor is offered users"
        );
        tab.goto(&companion.admin("/users")).await;
        tab.says("This screen is for admins.").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_reads_deliveries_replays_one_and_keeps_accounts() {
    story("admin-people", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-people", &platform).await;
        let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
        platform.command("/control/customer_call", &call).await;
        let tab = signed_in(&browser, &companion, "boss", "/deliveries").await;
        tab.press("popup").await;
        tab.says("CallSid").await;
        tab.press("Replay").await;
        tab.says("Taken in once more").await;
        tab.pictures("admin-delivery").await;
        tab.press("Close").await;
        tab.pictures("admin-deliveries").await;

        tab.click("link", "People").await;
        tab.says("watch").await;
        tab.pictures("admin-people").await;
        tab.press("Add a person").await;
        tab.fill("Name", "meera").await;
        tab.fill("User at the platform", "meera").await;
        tab.fill("Password", "short").await;
        tab.press("Save").await;
        tab.says("A password has 10 to 1024 characters.").await;
        tab.fill("Password", "correct-horse-battery").await;
        tab.press("Save").await;
        tab.says("user meera").await;
        tab.press("Remove meera").await;
        tab.press("Remove the account").await;
        tab.says_no_more("user meera").await;

        tab.click("link", "Audit trail").await;
        tab.says("remove_person").await;
        tab.pictures("admin-audit").await;
        tab.fill("What", "put_person").await;
        tab.press("Show").await;
        tab.says_no_more("remove_person").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_what_the_crm_was_told_and_sends_it_again() {
    story("admin-outgoing", setup(), |browser| async move {
        let platform = Platform::start().await;
        // Nobody is there.
        let url = format!("http://127.0.0.1:{}/calls", ports::free());
        let companion = Companion::start_telling("admin-outgoing", &platform, &url).await;
        let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
        let tab = signed_in(&browser, &companion, "boss", "/deliveries").await;
        tab.click("link", "To your CRM").await;
        tab.says("Your CRM was told nothing yet").await;
        let phone = browser.open(&platform.phone("agent=asha")).await;
        phone.status_is("Ready").await;
        platform.command("/control/customer_call", &call).await;
        phone.press("Decline").await;
        until("a webhook that was tried", async || {
            let newest = companion.store().outgoing(None, 1).await.ok()?.pop()?;
            (newest.tries > 0).then_some(())
        })
        .await;
        tab.press("Read again").await;
        tab.says("has taken nothing since").await;
        tab.says("Waits").await;
        tab.pictures("admin-outgoing").await;
        tab.press("call.ended → crm").await;
        tab.says("It could not be reached").await;
        tab.pictures("admin-outgoing-one").await;
        tab.press("Send again").await;
        tab.says_no_more("Its id").await;
        let records = companion.records().await;
        assert!(records.iter().any(|(what, _)| what == "send_webhook_again"));
    })
    .await;
}
