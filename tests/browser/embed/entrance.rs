//! Signing in without the host's help: a button in the frame, a window of the phone's own, and a ticket between the two.

use serde_json::{Value, json};

use super::{ask, setup, state, without_cookies};
use crate::support::browser::{Browser, Setup, story};
use crate::support::companion::PASSWORD;
use crate::support::crm::{Crm, READY};
use crate::support::tab::Tab;
use crate::support::wait::until;

const BUTTON: &str = "#entrance button";

/// What the button's sentence says.
async fn says(tab: &Tab, words: &str) {
    until(&format!("{words:?} in the frame"), async || {
        let told = tab
            .run_in_frame("return document.querySelector('#entrance p')?.textContent ?? ''")
            .await;
        told.as_str()?.contains(words).then_some(())
    })
    .await;
}

async fn press(browser: &Browser, tab: &Tab) -> Tab {
    browser.opened_by(async || tab.press_in_frame(BUTTON).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_through_a_window_where_cookies_are_blocked() {
    let setup = Setup {
        expected: &["/api/session", "/api/tickets/own", "/demo.json"],
        ..without_cookies()
    };
    story("embed-entrance", setup, |browser| async move {
        let crm = Crm::start("embed-entrance").await;
        let tab = browser.open(&format!("{}/?tickets=true", crm.origin)).await;
        says(&tab, "Sign in to use the phone").await;
        let form =
            "return getComputedStyle(document.querySelector('.connect-form') ?? document.head).display";
        assert_eq!(tab.run_in_frame(form).await, "none", "a form that cannot work");

        // Closed too soon.
        let window = press(&browser, &tab).await;
        window.appears("button", "Sign in").await;
        let address = window.run("return location.href", vec![]).await;
        assert_eq!(address, format!("{}/entrance", crm.phone), "the fragment stays");
        window.pictures("entrance").await;
        window.close().await;
        says(&tab, "closed before you were signed in").await;

        // The wrong password, then the right one.
        let window = press(&browser, &tab).await;
        window.fill("Name", "asha").await;
        window.fill("Password", "wrong-horse").await;
        window.press("Sign in").await;
        window.says("password").await;
        window.fill("Password", PASSWORD).await;
        let before = browser.windows().await;
        window.press("Sign in").await;
        until("the window to close", async || {
            (browser.windows().await < before).then_some(())
        })
        .await;
        tab.sees("the phone to be ready", READY).await;
        assert_eq!(state(&tab).await["agent"]["id"], "asha");
        let gone = tab
            .run_in_frame("return !document.querySelector('#entrance')")
            .await;
        assert_eq!(gone, true, "the button stays");

        // The next page asks once more, but the window knows who it is; the wrong person says so.
        tab.goto(&format!("{}/?tickets=true&next", crm.origin)).await;
        let window = press(&browser, &tab).await;
        window.appears("button", "Continue as asha").await;
        window.pictures("entrance-known").await;
        window.press("Use another account").await;
        window.fill("Name", "boss").await;
        window.fill("Password", PASSWORD).await;
        window.press("Sign in").await;
        window.says("Sign in as an agent or a supervisor").await;
        window.press("Use another account").await;
        window.fill("Name", "ravi").await;
        window.fill("Password", PASSWORD).await;
        window.press("Sign in").await;
        tab.sees("the phone to be ready again", READY).await;
        assert_eq!(state(&tab).await["agent"]["id"], "ravi");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_none_is_told_at_once() {
    let setup = Setup {
        expected: &["/api/session", "/demo.json"],
        ..setup()
    };
    story("embed-bad-ticket", setup, |browser| async move {
        let crm = Crm::start("embed-bad-ticket").await;
        let tab = browser.open(&format!("{}/?tickets=true", crm.origin)).await;
        says(&tab, "Sign in to use the phone").await;
        let begun = std::time::Instant::now();
        let refused = ask(&tab, "signIn", json!(["x".repeat(43)])).await;
        assert_eq!(refused["code"], "refused", "{refused}");
        assert!(begun.elapsed().as_secs() < 15, "told only by the time-out");
        let good = crm.companion.ticket("asha", &crm.origin).await;
        assert_eq!(ask(&tab, "signIn", json!([good])).await, Value::Null);
        tab.sees("the phone to be ready", READY).await;

        // Whoever opens the window without a frame behind it is told so, and gets nothing.
        tab.goto(&format!("{}/entrance#for={}&nonce=n", crm.phone, crm.origin))
            .await;
        tab.says("This window belongs to a phone on another page").await;
    })
    .await;
}
