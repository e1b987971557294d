//! The element from the package, on a CRM's pages: bundled, and by the loader on a page without modules.

use serde_json::json;

use super::setup;
use crate::support::browser::story;
use crate::support::crm::{Crm, READY};
use crate::support::npm;

#[tokio::test(flavor = "multi_thread")]
async fn a_project_of_vites_has_the_element_in_its_own_bundle() {
    let files = [
        "pages/own.html",
        "pages/own.js",
        "pages/crm.html",
        "pages/crm.js",
        "pages/vite.config.js",
    ];
    let project = npm::project("element-vite", &files);
    npm::vite(&project);
    calls("element-vite", project.join("dist"), "crm.html").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_modules_has_it_from_the_phones_server() {
    let project = npm::project("element-plain", &["pages/plain.html", "pages/plain.js"]);
    calls("element-plain", project, "plain.html").await;
}

/// The agent is signed in by the CRM's ticket, and calls by a button of the CRM's.
async fn calls(name: &'static str, pages: std::path::PathBuf, page: &'static str) {
    story(name, setup(), move |browser| async move {
        let crm = Crm::start_with(name, pages).await;
        let tab = browser
            .open(&format!("{}/{page}?phone={}", crm.origin, crm.phone))
            .await;
        tab.sees("the phone to be ready", READY).await;
        tab.press("Call 080 4000 1001").await;
        tab.status_is("ESTABLISHED").await;
        let up = crm.platform.call_is("up", |call| call.state == "up").await;
        crm.platform
            .call_is("hearing the agent", |call| call.rtp_in > up.rtp_in + 25)
            .await;
        tab.run(
            "return document.querySelector('softphone-widget').hangUp()",
            vec![],
        )
        .await;
        tab.status_is("free").await;
        let violations = tab.run("return __story.violations", vec![]).await;
        assert_eq!(violations, json!([]));
    })
    .await;
}
