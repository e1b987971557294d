//! Signing in to the companion server, and what a session brings.

use serde_json::{Value, json};

use crate::desk_shift::begins_shift;
use crate::support::browser::{Browser, Setup, story};
use crate::support::companion::{Companion, PASSWORD};
use crate::support::http;
use crate::support::platform::Platform;
use crate::support::tab::Tab;
use crate::support::wait::until;

/// What the console says of questions that are refused on purpose: nobody is signed in, there is no sandbox in front, a
/// number is none.
pub(crate) const REFUSALS: &[&str] = &[
    "/api/session",
    "/demo.json",
    "/api/calls",
    "/events",
    "/api/phone",
];

/// The phone of an agent who has just signed in.
pub(crate) async fn signed_in(browser: &Browser, companion: &Companion) -> Tab {
    let tab = browser.open(&companion.phone()).await;
    tab.fill("Name", "asha").await;
    tab.fill("Password", PASSWORD).await;
    tab.press("Sign in").await;
    tab.status_is("Ready").await;
    tab
}

fn setup() -> Setup {
    Setup {
        expected: REFUSALS,
        ..Setup::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_a_right_one_starts_the_phone_and_signing_out_lasts() {
    story("sign-in", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("sign-in", &platform).await;
        let tab = browser.open(&companion.phone()).await;
        tab.appears("button", "Sign in").await;
        tab.pictures("sign-in").await;
        tab.press("Sign in").await;
        tab.says("Enter your name.").await;

        tab.fill("Name", "asha").await;
        tab.fill("Password", "wrong-horse").await;
        tab.press("Sign in").await;
        tab.says("The name or the password is wrong.").await;
        assert_eq!(platform.phones("asha").await, 0, "registered without a session");
        tab.fill("Password", PASSWORD).await;
        tab.press("Sign in").await;
        tab.status_is("Ready").await;
        tab.says("asha@").await;
        tab.says("No calls yet.").await;
        tab.pictures("server-desk").await;

        // The session outlives the page, and a second tab has it too.
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.status_is("Ready").await;
        let second = browser.open(&companion.phone()).await;
        second.status_is("Ready").await;

        tab.press("Sign out").await;
        tab.appears("button", "Sign in").await;
        second.appears("button", "Sign in").await;
        until("no phone of asha", async || {
            (platform.phones("asha").await == 0).then_some(())
        })
        .await;
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.appears("button", "Sign in").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_signs_its_people_in_by_itself_by_name_and_by_a_click() {
    story("demo-people", setup(), |browser| async move {
        let (platform, _companion) = Companion::start_demo("demo-people").await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        tab.says("asha@").await;
        tab.press("Ring me").await;
        tab.says("Incoming call on").await;
        tab.press("Decline").await;
        tab.vanishes("button", "Decline").await;

        tab.press("Sign out").await;
        tab.says("People of this demo").await;
        tab.pictures("server-people").await;
        tab.press("Sign in as Ravi").await;
        tab.status_is("Ready").await;
        tab.says("ravi@").await;
        tab.press("Sign out").await;
        tab.press("Connect to another SIP server").await;
        tab.appears("textbox", "SIP address").await;

        tab.goto("about:blank").await;
        tab.goto(&platform.phone("agent=ravi")).await;
        tab.status_is("Ready").await;
        tab.says("ravi@").await;
        tab.press("Sign out").await;
        tab.appears("button", "Sign in").await;
        tab.goto("about:blank").await;
        tab.goto(&platform.phone("manual")).await;
        tab.appears("textbox", "Server address").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_elsewhere_says_so_and_lets_a_call_finish() {
    // The page looks at the device and the past calls a little after signing in: by then nobody is.
    let expected = &[
        "/api/session",
        "/demo.json",
        "/events",
        "/api/phone",
        "/api/calls",
    ];
    let setup = Setup {
        expected,
        ..Setup::default()
    };
    story("session-ended", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("session-ended", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        let call = json!({ "user_id": "asha", "from": "+919812345678", "behaviour": "echo" });
        platform.command("/control/customer_call", &call).await;
        tab.press("Answer").await;
        tab.is_connected().await;
        companion.sign_out_everywhere("asha").await;
        tab.says("Your session has ended.").await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.appears("button", "Sign in").await;
        tab.says("Your session has ended.").await;
        tab.releases_microphone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_device_switch_shows_what_the_platform_says() {
    let expected = &["/api/session", "/demo.json", "/api/device"];
    let setup = Setup {
        expected,
        ..Setup::default()
    };
    story("device", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("device", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        // A browser that may not sound yet is not rung, whatever is pressed; once it may, it is.
        tab.appears("button", "Start shift").await;
        tab.toggle("Telephone", true).await;
        tab.press("Browser").await;
        tab.says("Start the shift first.").await;
        tab.pictures("shift-first").await;
        assert!(!rings_sip(&platform).await, "rung before the shift");
        begins_shift(&tab).await;
        tab.is_toggled("Browser", true).await;
        tab.says_no_more("Start the shift first.").await;
        for (button, sip) in [("Telephone", false), ("Browser", true), ("Off", false)] {
            tab.toggle(button, true).await;
            assert_eq!(rings_sip(&platform).await, sip, "{button}");
        }
        let fault = json!({ "api": "integrations", "operation": "set_device", "status": 400,
            "words": "The device is on strike", "times": 1 });
        platform.command("/control/platform/faults", &fault).await;
        tab.press("Browser").await;
        tab.says("The device is on strike").await;
        // What rings stays the platform's word.
        tab.is_toggled("Off", true).await;
    })
    .await;
}

/// Whether the platform rings asha's SIP device.
async fn rings_sip(platform: &Platform) -> bool {
    let known = http::get(&platform.host(), "/control/platform").await;
    let users = known["users"].as_array().cloned().unwrap_or_default();
    let asha = users.iter().find(|user| user["AppUserId"] == "asha");
    let asha = asha.unwrap_or_else(|| panic!("no asha in {known}"));
    asha["ActiveDeviceId"] != Value::Null && asha["ActiveDeviceId"] == asha["SipDeviceID"]
}
