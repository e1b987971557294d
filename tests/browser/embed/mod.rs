//! The phone on a page of another site, used by that page alone.

mod day;

use serde_json::{Value, json};

use crate::support::browser::Setup;
use crate::support::tab::Tab;
use crate::support::tls;

/// A browser for them. The page asks who is signed in before the ticket is there.
fn setup() -> Setup {
    Setup {
        expected: &["/api/session", "/demo.json"],
        flags: tls::FLAGS,
        ..Setup::default()
    }
}

/// Calls a method of the widget: what its promise ends with, or `{"code", "message"}`.
async fn ask(tab: &Tab, method: &str, arguments: Value) -> Value {
    const ASK: &str = "
        const widget = document.querySelector('softphone-widget');
        return widget[arguments[0]](...arguments[1]).then(
            (value) => value ?? null,
            ({ code, message }) => ({ code, message }));";
    tab.run(ASK, vec![json!(method), arguments]).await
}

/// How the phone stands, as the widget knows it.
async fn state(tab: &Tab) -> Value {
    tab.run("return document.querySelector('softphone-widget').state", vec![])
        .await
}
