//! The control page: whole, under its policy, and without a script or style that the policy would stop.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::control::http;
use support::sandbox;

#[tokio::test]
async fn every_file_is_there_and_nothing_is_inline() {
    let running = sandbox().await;
    let (head, page) = http(&running, "GET", "/control/", "", "").await;
    assert!(head.contains("script-src 'self'") && head.contains("require-trusted-types-for 'script'"));
    let page = String::from_utf8(page).unwrap();
    for inline in [
        "<script>",
        "<style",
        " style=",
        " onclick",
        " onsubmit",
        "javascript:",
    ] {
        assert!(!page.contains(inline), "{inline}");
    }
    let mut wanted: Vec<String> = ["src=\"", "stylesheet\" href=\""]
        .iter()
        .flat_map(|mark| page.split(mark).skip(1))
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(wanted.len(), 2, "{wanted:?}");
    let mut scripts = Vec::new();
    while let Some(name) = wanted.pop() {
        let (head, text) = http(&running, "GET", &format!("/control/{name}"), "", "").await;
        assert!(head.starts_with("http/1.1 200"), "{name}: {head}");
        if name.ends_with(".css") {
            continue;
        }
        assert!(head.contains("text/javascript"), "{name}: {head}");
        let text = String::from_utf8(text).unwrap();
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "document.write",
        ] {
            assert!(!text.contains(sink), "{name} uses {sink}");
        }
        for import in text.split("from \"./").skip(1) {
            let import = import.split('"').next().unwrap().to_owned();
            if !scripts.contains(&import) {
                scripts.push(import.clone());
                wanted.push(import);
            }
        }
    }
    assert_eq!(scripts.len(), 6, "{scripts:?}");
}

#[tokio::test]
async fn every_form_has_something_that_it_does() {
    let running = sandbox().await;
    let read = async |name: &str| {
        let (_, text) = http(&running, "GET", &format!("/control/{name}"), "", "").await;
        String::from_utf8(text).unwrap()
    };
    let page = read("").await;
    let mut scripts = String::new();
    for name in ["calls.js", "webhooks.js", "records.js", "manners.js"] {
        scripts += &read(name).await;
    }
    for does in page.split("data-does=\"").skip(1) {
        let does = does.split('"').next().unwrap();
        assert!(scripts.contains(&format!("  {does}: ")), "{does}");
    }
    for path in [
        "webhooks/faults",
        "webhooks/manner",
        "endpoints",
        "customer_call",
        "greenpin_call",
        "habits",
    ] {
        let path = format!("/control/{path}");
        assert!(scripts.contains(&path), "{path} is on no page");
        let (head, body) = http(&running, "POST", &path, "", "nonsense").await;
        assert!(head.starts_with("http/1.1 400"), "{path}: {head}");
        let said: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert!(said["error"].as_str().unwrap().ends_with('.'), "{said}");
    }
}
