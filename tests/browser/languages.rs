//! The phone in another language than English.

use serde_json::json;

use crate::desk_shift::customer_calls;
use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_chooses_hindi_and_has_a_whole_call_in_it() {
    let setup = Setup {
        expected: REFUSALS,
        ..Setup::default()
    };
    story("hindi", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("hindi", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.press("हिन्दी").await;
        tab.status_is("तैयार").await;
        assert_eq!(
            tab.run("return document.documentElement.lang", vec![]).await,
            "hi"
        );
        tab.appears("button", "शिफ़्ट शुरू करें").await;
        tab.says("अभी तक कोई कॉल नहीं।").await;
        tab.pictures("hindi").await;

        // The server's own sentence, which comes in English.
        tab.fill("नंबर", "+91 98").await;
        tab.press("कॉल करें").await;
        tab.says("छोटे नंबरों पर यहाँ से कॉल नहीं हो सकती").await;

        customer_calls(&platform, "echo", 0).await;
        tab.says("पर कॉल आ रही है").await;
        tab.pictures("hindi-incoming").await;
        tab.press("उत्तर दें").await;
        tab.says("बात चल रही है").await;
        tab.pictures("hindi-call").await;
        tab.press("कॉल काटें").await;
        tab.says("आपने कॉल काट दी।").await;
        tab.says("कॉल में आवाज़ कैसी थी?").await;

        // The choice stays, and can be taken back.
        tab.devtools("Page.reload", json!({})).await;
        tab.status_is("तैयार").await;
        tab.press("English").await;
        tab.status_is("Ready").await;
        tab.appears("button", "Call").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_load_says_so_in_the_agents_language() {
    let setup = Setup {
        // Its program is kept from it.
        expected: &["ERR_BLOCKED_BY_CLIENT", "Failed to fetch", "/demo.json"],
        ..Setup::default()
    };
    story("dead-page", setup, |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        tab.devtools("Network.enable", json!({})).await;
        let blocked = json!({ "urls": ["*/softphone-*_bg-*.wasm"] });
        tab.devtools("Network.setBlockedURLs", blocked).await;
        tab.devtools("Page.reload", json!({})).await;
        tab.says("The phone has stopped.").await;
        tab.run("localStorage.setItem('language', 'hi')", vec![]).await;
        tab.devtools("Page.reload", json!({})).await;
        tab.says("फ़ोन रुक गया है।").await;
        tab.appears("button", "फिर से लोड करें").await;
        tab.pictures("dead-page").await;
    })
    .await;
}
