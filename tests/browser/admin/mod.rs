//! The admin's screens in a real Chromium, before a real server and the sandbox.

mod door;
mod users;

use crate::support::browser::{Browser, Setup};
use crate::support::companion::{Companion, PASSWORD};
use crate::support::tab::Tab;

/// What the console says of questions that are refused on purpose.
const REFUSALS: &[&str] = &["/api/session", "/api/admin/", "/events"];

fn setup() -> Setup {
    Setup {
        expected: REFUSALS,
        ..Setup::default()
    }
}

/// A screen, with somebody signed in.
async fn signed_in(browser: &Browser, companion: &Companion, who: &str, path: &str) -> Tab {
    let tab = browser.open(&companion.admin(path)).await;
    tab.fill("Name", who).await;
    tab.fill("Password", PASSWORD).await;
    tab.press("Sign in").await;
    tab.appears("button", "Sign out").await;
    tab
}
