//! What is fetched after the first seconds: only then, and the phone does without it when it breaks down.

use serde_json::json;

use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// Keeps hold of the panes' memory.
const HOLD: &str = "
    const load = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (response, imports) => {
        const loaded = await load.call(WebAssembly, response, imports);
        const isMemory = (it) => it instanceof WebAssembly.Memory;
        if (/panes/.test(response.url)) window.panesMemory = Object.values(loaded.instance.exports).find(isMemory);
        return loaded;
    };";
/// Overwrites all of it but the stack: whatever they do next, they trap.
const BREAK: &str = "new Uint8Array(panesMemory.buffer).fill(255, 1 << 20);";

/// Presses *Ring me*, if it is still there.
const TOUCH: &str = "__story.find('button', 'Ring me')?.click();";

async fn calls(tab: &Tab) {
    tab.dial("1001").await;
    tab.is_connected().await;
    tab.hears(MICROPHONE_HZ).await;
    tab.press("Hang up").await;
    tab.is_free().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn panes_come_after_the_phone_and_take_nothing_with_them_when_they_go() {
    let setup = Setup {
        expected: &[
            "RuntimeError",
            "Failed to load resource",
            "net::ERR_BLOCKED_BY_CLIENT",
        ],
        ..Setup::default()
    };
    story("panes", setup, |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open("about:blank").await;
        tab.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HOLD }))
            .await;
        tab.goto(&platform.phone("")).await;
        tab.appears("button", "Ring me").await;
        const LATER: &str = "
            const ready = performance.getEntriesByName('phone-ready')[0].startTime;
            const files = performance.getEntriesByType('resource').filter((entry) => /panes/.test(entry.name));
            return files.length > 1 && files.every((file) => file.startTime >= ready);";
        assert_eq!(tab.run(LATER, vec![]).await, true, "fetched before the phone was ready");

        tab.run(BREAK, vec![]).await;
        // Whatever wakes them is their end: this press, or something before it.
        tab.run(TOUCH, vec![]).await;
        tab.says("This part of the page has stopped.").await;
        tab.pictures("panes-stopped").await;
        calls(&tab).await;

        // Still out of reach, then back.
        tab.devtools("Network.enable", json!({})).await;
        tab.devtools("Network.setBlockedURLs", json!({ "urls": ["*panes*"] })).await;
        tab.press("Try again").await;
        tab.says("This part of the page has stopped.").await;
        tab.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await;
        tab.press("Try again").await;
        tab.press("Ring me").await;
        tab.says("Incoming call").await;
        tab.press("Decline").await;
        tab.vanishes("button", "Decline").await;
        calls(&tab).await;
    })
    .await;
}
