//! The phone on a page of another site, used by that page alone.

mod attach;
mod day;
mod doors;
mod entrance;
mod host;
mod log;
mod numbers;
mod origins;

use serde_json::{Value, json};

use crate::support::browser::Setup;
use crate::support::crm::Crm;
use crate::support::tab::Tab;
use crate::support::tls;
use crate::support::wait::until;

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

/// The same browser, with other sites' cookies blocked.
fn without_cookies() -> Setup {
    Setup {
        flags: &[
            "--host-resolver-rules=MAP *.test 127.0.0.1",
            "--ignore-certificate-errors",
            "--test-third-party-cookie-phaseout",
        ],
        ..setup()
    }
}

/// A customer calls asha.
async fn ring(crm: &Crm) {
    let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
    crm.platform.command("/control/customer_call", &call).await;
}

/// Waits until the call is as wanted.
async fn call_is(tab: &Tab, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    until(&format!("the call to be {what}"), async || {
        Some(state(tab).await["call"].take()).filter(&wanted)
    })
    .await
}

/// How the phone stands, as the widget knows it.
async fn state(tab: &Tab) -> Value {
    tab.run("return document.querySelector('softphone-widget').state", vec![])
        .await
}
