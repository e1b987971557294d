//! The start of a shift, calls in hidden tabs, the number that will be dialled, missed calls over tabs, the device that rings.

use serde_json::{Value, json};

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Browser, Microphone, Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::tab::Tab;
use crate::support::wait::{pass, until};

fn setup() -> Setup {
    Setup {
        expected: REFUSALS,
        ..Setup::default()
    }
}

/// Presses *Start shift* with all it asks for allowed.
pub(crate) async fn begins_shift(tab: &Tab) {
    tab.appears("button", "Start shift").await;
    notifications(tab, "granted").await;
    tab.press("Start shift").await;
    tab.vanishes("button", "Start shift").await;
}

async fn notifications(tab: &Tab, setting: &str) {
    let wanted = json!({ "permission": { "name": "notifications" }, "setting": setting });
    tab.devtools("Browser.setPermission", wanted).await;
}

pub(crate) async fn customer_calls(platform: &Platform, behaviour: &str, after_ms: u64) {
    let call =
        json!({ "user_id": "asha", "from": "+918040001001", "behaviour": behaviour, "after_ms": after_ms });
    platform.command("/control/customer_call", &call).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_starts_the_shift_and_what_is_refused_is_said() {
    story("shift", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("shift", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        notifications(&tab, "denied").await;
        tab.appears("button", "Start shift").await;
        tab.pictures("start-shift").await;
        tab.press("Start shift").await;
        tab.says("This site may not show notifications.").await;
        tab.says("allow notifications and try again").await;
        tab.releases_microphone().await;
        tab.pictures("start-shift-refused").await;
        notifications(&tab, "granted").await;
        tab.press("Try again").await;
        tab.vanishes("button", "Try again").await;
        tab.vanishes("button", "Start shift").await;
        assert!(!tab.text().await.contains("may not show notifications"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_microphone_is_said_before_any_call() {
    let setup = Setup {
        microphone: Microphone::Denied,
        ..setup()
    };
    story("shift-microphone", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("shift-microphone", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.appears("button", "Start shift").await;
        notifications(&tab, "granted").await;
        tab.press("Start shift").await;
        tab.says("This site may not use the microphone.").await;
        tab.says("allow the microphone and try again").await;
        tab.press("Go on without").await;
        tab.vanishes("button", "Go on without").await;
    })
    .await;
}

/// The notifications on the screen of the system, as the service worker knows them.
async fn shown(tab: &Tab) -> Vec<Value> {
    const SHOWN: &str = "
        const known = await navigator.serviceWorker.getRegistration();
        const all = await known?.getNotifications() ?? [];
        return all.map(({ title, body, tag, data, actions }) =>
            ({ title, body, tag, data, actions: actions.map(({ action }) => action) }));";
    let script = format!("return (async () => {{ {SHOWN} }})()");
    serde_json::from_value(tab.run(&script, vec![]).await).expect("a list")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_in_a_hidden_tab_is_told_outside_and_answered_from_there() {
    story("hidden-tab", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("hidden-tab", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.appears("button", "Start shift").await;
        notifications(&tab, "granted").await;
        tab.press("Start shift").await;
        tab.vanishes("button", "Start shift").await;

        // In front: nothing is told outside.
        tab.devtools("Page.bringToFront", json!({})).await;
        customer_calls(&platform, "cancels", 2_500).await;
        tab.says("Incoming call").await;
        pass(1_000).await;
        assert!(shown(&tab).await.is_empty(), "the tab is in front");
        tab.vanishes("alertdialog", "+91 80400 01001").await;

        minimise(&tab).await;
        customer_calls(&platform, "echo", 0).await;
        let told = until("a notification", async || shown(&tab).await.pop()).await;
        assert_eq!(told["title"], "Incoming call");
        assert_eq!(told["body"], "+91 80400 01001");
        assert_eq!(told["actions"], json!(["answer", "decline"]));

        // What the service worker says once its button is pressed.
        let press = "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { press: 'answer', call: arguments[0] } }))";
        tab.run(press, vec![told["data"].clone()]).await;
        tab.is_connected().await;
        until("the notification to go", async || shown(&tab).await.is_empty().then_some(())).await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

/// Puts the browser's window away: the page and the service worker both see that.
async fn minimise(tab: &Tab) {
    let window = tab.devtools("Browser.getWindowForTarget", json!({})).await;
    let bounds = json!({ "windowId": window["windowId"], "bounds": { "windowState": "minimized" } });
    tab.devtools("Browser.setWindowBounds", bounds).await;
    until("the tab to be hidden", async || {
        (tab.run("return document.visibilityState", vec![]).await == "hidden").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_form_of_a_number_is_shown_as_it_will_be_dialled() {
    let setup = Setup {
        // A number that is none is refused.
        expected: &["/api/session", "/demo.json", "/events", "/api/numbers"],
        ..setup()
    };
    story("preview", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("preview", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("No calls yet.").await;
        for (typed, shown) in [
            ("098111-11003", "Will call +91 98111 11003 (IN)"),
            ("(080) 4040 8080", "Will call +91 80404 08080 (IN)"),
            ("+1 (415) 555-0100", "Will call +1 415 555 0100"),
            ("+44 20 7946 0018", "Will call +442079460018 (GB)"),
            ("98111110031234", "There is no such number"),
        ] {
            tab.fill("Number", typed).await;
            tab.says(shown).await;
        }
        tab.fill("Number", "").await;
        tab.says_no_more("There is no such number").await;
    })
    .await;
}

async fn second_tab(browser: &Browser, companion: &Companion) -> Tab {
    let tab = browser.open(&companion.phone()).await;
    tab.status_is("Ready").await;
    tab
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_call_is_one_in_all_tabs_and_seen_in_all() {
    story("missed-tabs", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("missed-tabs", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        let other = second_tab(&browser, &companion).await;
        customer_calls(&platform, "cancels", 1_500).await;
        for tab in [&tab, &other] {
            tab.appears("button", "Call +91 80400 01001 back").await;
            tab.appears("button", "Mark as seen").await;
            assert_eq!(backs(tab).await, 1);
        }
        // The webhooks have all come by now, and the page is read anew.
        other.goto("about:blank").await;
        other.goto(&companion.phone()).await;
        other.status_is("Ready").await;
        other.appears("button", "Mark as seen").await;
        assert_eq!(backs(&other).await, 1);
        other.press("Mark as seen").await;
        tab.vanishes("button", "Mark as seen").await;
        tab.press("Call +91 80400 01001 back").await;
        tab.is_connected().await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

async fn backs(tab: &Tab) -> Value {
    const BACKS: &str = "return [...document.querySelectorAll('.missed button')]
        .filter((button) => __story.name(button) === 'Call +91 80400 01001 back').length";
    tab.run(BACKS, vec![]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_of_the_device_leaves_a_call_under_way_alone() {
    story("device-in-call", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("device-in-call", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.is_toggled("Browser", true).await;
        let other = second_tab(&browser, &companion).await;
        tab.dial("+918040001001").await;
        tab.is_connected().await;
        // Somebody else, or another page of the agent's, has calls ring the telephone from now on.
        const SWITCH: &str = "
            const headers = { 'softphone-request': '1', 'content-type': 'application/json' };
            return fetch('/api/device', { method: 'PUT', headers, body: '{\"active\":\"phone\"}' })
                .then((answer) => answer.status);";
        assert_eq!(other.run(SWITCH, vec![]).await, 200);
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.is_toggled("Telephone", true).await;
        other.is_toggled("Telephone", true).await;
    })
    .await;
}
