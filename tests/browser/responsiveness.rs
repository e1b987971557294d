//! How soon the page answers what the agent does, on a machine four times slower than this one.

use serde_json::{Value, json};

use crate::server_sign_in::signed_in;
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// Keeps how long each interaction took to its next paint (Event Timing): the longest of its events.
const WATCH: &str = "
    window.took = new Map();
    new PerformanceObserver((list) => {
        for (const { interactionId: id, duration, name, target } of list.getEntries()) {
            if (!id || duration <= (took.get(id)?.[0] ?? 0)) continue;
            took.set(id, [duration, `${name} ${target?.className ?? ''}`]);
        }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
    window.before = performance.interactionCount;";

/// How many there were, and those that took longest; what is not listed took less than 16 ms.
const TOLD: &str = "
    return [performance.interactionCount - before, [...took.values()].sort((a, b) => b[0] - a[0]).slice(0, 20)];";

async fn keys(tab: &Tab, keys: &str, times: usize) {
    tab.type_in_turn(&keys.repeat(times)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_answers_at_once_on_a_slow_machine() {
    let setup = Setup {
        // Half a number is refused by the server, in words that nobody is shown yet.
        expected: &[
            "/api/session",
            "/demo.json",
            "/api/numbers",
            "/api/calls",
            "/api/phone",
            "/events",
        ],
        ..Setup::default()
    };
    story("responsiveness", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("responsiveness", &platform).await;
        companion.remember_calls("asha", 2_000).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("+91 98100 00001").await;
        tab.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))
            .await;
        tab.run(WATCH, vec![]).await;

        // A number typed and deleted, rows of past calls walked and opened, a search, folds.
        keys(&tab, "9876543210", 5).await;
        tab.run("__story.find('textbox', 'Number').focus()", vec![]).await;
        keys(&tab, "\u{e003}", 50).await;
        tab.run("document.querySelector(`[data-row='0'] button`).focus()", vec![])
            .await;
        keys(&tab, "\u{e015}", 50).await;
        for _ in 0..3 {
            keys(&tab, "\u{e007}", 1).await;
            tab.press("Recent calls").await;
        }
        // Typed as a person does: keys all at once wait for each other, and say nothing of one.
        tab.run("__story.find('textbox', 'Search calls').focus()", vec![])
            .await;
        keys(&tab, "98100 0000", 1).await;
        keys(&tab, "\u{e003}", 10).await;
        for _ in 0..6 {
            tab.press("Microphone and speaker").await;
        }
        // In a call: muted, held, digits.
        tab.run("__story.find('textbox', 'Number').focus()", vec![]).await;
        keys(&tab, "+918040001001", 1).await;
        tab.press("Call").await;
        tab.is_connected().await;
        for _ in 0..10 {
            tab.press("Mute").await;
        }
        tab.press("Keypad").await;
        keys(&tab, "0123456789", 9).await;
        tab.press("Keypad").await;
        tab.press("Hang up").await;
        tab.is_free().await;
        for digit in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] {
            tab.press(digit).await;
        }
        tab.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))
            .await;

        let told = tab.run(TOLD, vec![]).await;
        let count = told[0].as_u64().expect("a count");
        let slowest: Vec<Value> = told[1].as_array().cloned().unwrap_or_default();
        let at = (count / 50) as usize;
        let p98 = slowest
            .get(at)
            .map_or(16.0, |one| one[0].as_f64().unwrap_or_default());
        println!("INP at 4x slow-down: p98 of {count} interactions {p98:.0} ms; the slowest: {slowest:?}");
        assert!(count >= 300, "{count} interactions");
        // 50 ms is the goal on a machine with nothing else to do; one that builds beside it is late by its own doing.
        assert!(p98 <= 1_500.0, "{p98} ms: {slowest:?}");
    })
    .await;
}
