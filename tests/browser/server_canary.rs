//! The vendor's secrets stay on the server: none is in a built file, in what a browser stores, or anywhere in the memory
//! of its processes. An agent's own SIP password is in memory only.
//!
//! `crates/server/tests/canary` looks at the server's own side: answers, lines, records. Processes are read whole, which
//! is more than a heap snapshot: WebAssembly keeps its strings outside the JavaScript heap.

mod files;
mod memory;

use std::path::PathBuf;

use serde_json::{Value, json};
use server::config::HOOKS_SECRET;

use crate::desk_shift::begins_shift;
use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::{Companion, PASSWORD};
use crate::support::http;
use crate::support::platform::Platform;
use crate::support::root;
use crate::support::tab::Tab;

const STORY: &str = "canary";

/// What it is called, and the secret itself.
type Secret = (String, String);

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_of_the_vendor_is_in_a_file_a_store_or_a_process_of_the_browser() {
    let setup = Setup {
        expected: REFUSALS,
        ..Setup::default()
    };
    story(STORY, setup, |browser| async move {
        let platform = Platform::start().await;
        let own = platform.password("asha");
        let companion = Companion::start(STORY, &platform).await;
        let vendors = of_the_vendor(&platform, &own).await;
        let tab = signed_in(&browser, &companion).await;
        use_the_phone(&tab, &platform).await;

        // The agent's own: in memory while they are signed in, kept nowhere.
        let own = vec![("the SIP password".to_owned(), own)];
        let typed = vec![("the agent's password".to_owned(), PASSWORD.to_owned())];
        let stored = storage(&tab).await;
        for secrets in [&vendors, &own, &typed] {
            assert_eq!(files::holding(&dist(), secrets), Vec::<String>::new());
            assert_eq!(found(&stored, secrets), Vec::<String>::new(), "{stored}");
            assert_eq!(files::holding(&profile(), secrets), Vec::<String>::new());
        }
        assert_eq!(memory::holding(&profile(), &vendors), Vec::<String>::new());
        assert!(
            !memory::holding(&profile(), &own).is_empty(),
            "the search of the memory does not find what the phone works with"
        );

        // Each search finds a secret where one is.
        let planted = &vendors[..1];
        plant(&tab, &planted[0].1).await;
        let stored = storage(&tab).await;
        for place in ["localStorage", "sessionStorage", "cookies", "databases", "caches"] {
            let shown = &stored[place];
            assert_eq!(found(shown, planted).len(), 1, "{place}: {shown}");
        }
        assert!(!memory::holding(&profile(), planted).is_empty());
        assert!(!files::holding(&profile(), planted).is_empty());
    })
    .await;
}

/// Signed in, rung, talking, calling: all that a phone asks the server for.
async fn use_the_phone(tab: &Tab, platform: &Platform) {
    let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
    platform.command("/control/customer_call", &call).await;
    tab.press("Answer").await;
    tab.is_connected().await;
    tab.press("Hang up").await;
    tab.is_free().await;
    tab.dial("+918040001001").await;
    tab.is_connected().await;
    tab.press("Hang up").await;
    tab.is_free().await;
    begins_shift(tab).await;
    tab.toggle("Telephone", true).await;
    tab.toggle("Browser", true).await;
}

/// Keys, secrets and tokens of the platform's records, other agents' SIP passwords among them, and of our own
/// configuration.
async fn of_the_vendor(platform: &Platform, own: &str) -> Vec<Secret> {
    let mut secrets = Vec::new();
    collect(
        &http::get(&platform.host(), "/control/platform").await,
        &mut secrets,
    );
    secrets.retain(|(_, secret)| secret != own);
    for name in ["api_key", "api_token", "AppSecret", "CustomerSecret", "SipSecret"] {
        assert!(
            secrets.iter().any(|(known, _)| known == name),
            "no {name}: {secrets:?}"
        );
    }
    for secret in [HOOKS_SECRET, "test-greenpin-user", "test-greenpin-password"] {
        secrets.push(("of the configuration".to_owned(), secret.to_owned()));
    }
    secrets
}

fn collect(value: &Value, secrets: &mut Vec<Secret>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let lower = name.to_lowercase();
                let is_secret = ["secret", "token", "password", "api_key"]
                    .iter()
                    .any(|word| lower.contains(word));
                match value.as_str() {
                    Some(text) if is_secret && text.len() >= 8 => {
                        secrets.push((name.clone(), text.to_owned()))
                    }
                    _ => collect(value, secrets),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, secrets)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// All that scripts of the page may read again later.
async fn storage(tab: &Tab) -> Value {
    tab.run(include_str!("server_canary/storage.js"), vec![]).await
}

/// Puts a secret where it must never be.
async fn plant(tab: &Tab, secret: &str) {
    tab.run(include_str!("server_canary/plant.js"), vec![json!(secret)])
        .await;
}

/// The names of secrets that `value` holds.
fn found(value: &Value, secrets: &[Secret]) -> Vec<String> {
    let text = value.to_string();
    let held = secrets.iter().filter(|(_, secret)| text.contains(secret));
    held.map(|(name, _)| name.clone()).collect()
}

fn dist() -> PathBuf {
    root().join("dist")
}

/// Where this story's browser keeps its files; its processes are known by it.
fn profile() -> PathBuf {
    root()
        .join("target/browser")
        .join(format!("{}-{STORY}", std::process::id()))
}
