//! The admin's screens in a real Chromium, before a real server and the sandbox.

mod account;
mod agents;
mod bulk;
mod door;
mod floor;
mod greenpin;
mod keys;
mod long;
mod operations;
mod policy;
mod refusals;
mod users;

use crate::support::browser::{Browser, Setup};
use crate::support::companion::{Companion, PASSWORD};
use crate::support::tab::Tab;

/// What the console says of questions that are refused on purpose.
const REFUSALS: &[&str] = &[
    "/api/session",
    "/api/admin/",
    "/api/people",
    "/api/greenpin/",
    "/api/device",
    "/api/phone",
    "/demo.json",
    "/events",
];

fn setup() -> Setup {
    Setup {
        expected: REFUSALS,
        ..Setup::default()
    }
}

/// One step of a walk: where, and what is done there.
struct Step {
    /// Its screen.
    path: &'static str,
    /// The operation of the platform that it completes, as the API's name and its own.
    operation: (exotel::operations::Api, &'static str),
}

/// A step.
const fn step(path: &'static str, api: exotel::operations::Api, name: &'static str) -> Step {
    Step {
        path,
        operation: (api, name),
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
