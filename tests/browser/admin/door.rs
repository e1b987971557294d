//! Who may come in, and a session that ends meanwhile.

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::{Companion, PASSWORD};
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn admins_come_in_agents_are_told_and_an_ended_session_keeps_the_form() {
    story("admin-door", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-door", &platform).await;
        let tab = browser.open(&companion.admin("")).await;
        tab.appears("button", "Sign in").await;
        tab.pictures("admin-sign-in").await;
        tab.press("Sign in").await;
        tab.says("Enter your name.").await;
        tab.fill("Name", "boss").await;
        tab.fill("Password", "wrong-horse").await;
        tab.press("Sign in").await;
        tab.says("The name or the password is wrong.").await;

        tab.fill("Name", "asha").await;
        tab.fill("Password", PASSWORD).await;
        tab.press("Sign in").await;
        tab.says("You are signed in as asha, who is an agent.").await;
        tab.pictures("admin-not-allowed").await;
        tab.press("Sign in as somebody else").await;

        let tab = signed_in(&browser, &companion, "boss", "/users/add").await;
        tab.fill("Id", "typed-before").await;
        tab.fill("Name", "Nila Rao").await;
        tab.fill("Mail address", "nila@example.test").await;
        tab.fill("Virtual number", "+918040408080").await;
        companion.sign_out_everywhere("boss").await;
        tab.click("checkbox", "This may create a billable user").await;
        tab.press("Add the user").await;
        tab.says("Your session has ended").await;
        tab.pictures("admin-session-ended").await;
        tab.fill("Password", PASSWORD).await;
        tab.press("Sign in").await;
        tab.says_no_more("Your session has ended").await;
        tab.press("Add the user").await;
        tab.says("Nila Rao was added.").await;
        tab.press("Sign out").await;
        tab.appears("button", "Sign in").await;
    })
    .await;
}
