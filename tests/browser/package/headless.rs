//! A page with buttons of its own, on the phone without screens.

use std::fs;

use serde_json::{Value, json};

use crate::support::browser::{Browser, MICROPHONE_HZ, Setup, story};
use crate::support::folder::Folder;
use crate::support::npm;
use crate::support::platform::Platform;
use crate::support::tab::Tab;
use crate::support::wait::until;

/// What such a page has to allow, and no more.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' ws:; \
    require-trusted-types-for 'script'; trusted-types softphone-worker";

/// Where the package is on a page that does without a bundler.
const INSTALLED: &str = "/node_modules/@softphone/widget/headless.js";

/// The pages, as they come from a server without a bundler.
async fn plain(name: &str) -> Folder {
    let project = npm::project(name, &["pages/own.html", "pages/own.js"]);
    let script = project.join("own.js");
    let text = fs::read_to_string(&script).expect("the page's script");
    fs::write(&script, text.replace("@softphone/widget/headless", INSTALLED)).expect("a writable folder");
    Folder::start(project, POLICY).await
}

async fn open(browser: &Browser, site: &Folder, path: &str) -> Tab {
    let tab = browser.open(&format!("{}/{path}#mic=raw", site.origin)).await;
    tab.sees("the phone to start", "return Boolean(window.phone)")
        .await;
    tab
}

async fn sign_in(tab: &Tab, platform: &Platform) {
    let account = json!({
        "server": platform.server("/sip"),
        "address": "asha@sandbox.test",
        "password": platform.password("asha"),
    });
    assert_eq!(ask(tab, "signIn", json!([account])).await, Value::Null);
    tab.status_is("Ready").await;
}

/// Calls a method of the phone: what its promise ends with, or `{"code", "message"}`.
async fn ask(tab: &Tab, method: &str, arguments: Value) -> Value {
    const ASK: &str = "
        return phone[arguments[0]](...arguments[1]).then(
            (value) => value ?? null,
            ({ code, message }) => ({ code, message }));";
    tab.run(ASK, vec![json!(method), arguments]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_buttons_take_and_place_calls_with_sound_both_ways() {
    story("headless", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let site = plain("headless").await;
        let tab = open(&browser, &site, "own.html").await;
        let none = ask(&tab, "dial", json!(["1001"])).await;
        assert_eq!(none["code"], "notReady", "{none}");
        sign_in(&tab, &platform).await;
        assert_eq!(platform.phones("asha").await, 1);

        // A customer calls.
        platform.ring("asha", "echo", None).await;
        tab.says("INCOMING Kavya Rao").await;
        tab.press("Answer").await;
        tab.says("ESTABLISHED").await;
        tab.hears(MICROPHONE_HZ).await;
        let figures = ask(&tab, "statistics", json!([])).await;
        assert!(
            figures["received"].as_u64() > Some(20) && figures["codec"] != "",
            "{figures}"
        );
        tab.toggle("Mute", true).await;
        tab.hears_no(MICROPHONE_HZ).await;
        tab.toggle("Mute", false).await;
        tab.hears(MICROPHONE_HZ).await;
        tab.toggle("Hold", true).await;
        tab.is_silent().await;
        tab.toggle("Hold", false).await;
        tab.hears(MICROPHONE_HZ).await;
        tab.press("Hang up").await;
        tab.says("You hung up.").await;
        tab.releases_microphone().await;
        let rung = "return told.filter(([name]) => name === 'incoming').length";
        assert_eq!(tab.run(rung, vec![]).await, 1, "one call is told once");

        // And is called.
        tab.fill("Number", "1012").await;
        tab.press("Call").await;
        tab.says("ESTABLISHED").await;
        assert_eq!(ask(&tab, "digits", json!(["15#"])).await, Value::Null);
        platform
            .call_is("told all digits", |call| call.digits == "15#")
            .await;
        let second = ask(&tab, "dial", json!(["1001"])).await;
        assert_eq!(second["code"], "inCall", "{second}");
        tab.press("Hang up").await;
        tab.releases_microphone().await;

        assert_eq!(ask(&tab, "signOut", json!([])).await, Value::Null);
        until("the phone to be unregistered", async || {
            (platform.phones("asha").await == 0).then_some(())
        })
        .await;
        let violations = tab.run("return __story.violations", vec![]).await;
        assert_eq!(violations, json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_share_one_phone_which_comes_back_by_itself() {
    story("headless-tabs", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let site = plain("headless-tabs").await;
        let first = open(&browser, &site, "own.html").await;
        sign_in(&first, &platform).await;
        let second = open(&browser, &site, "own.html").await;
        second.status_is("Ready").await;
        sign_in(&second, &platform).await;
        assert_eq!(
            platform.phones("asha").await,
            1,
            "two tabs made two registrations"
        );

        platform.ring("asha", "echo", None).await;
        first.says("INCOMING").await;
        second.says("INCOMING").await;
        second.press("Answer").await;
        first.says("ESTABLISHED").await;
        let here = "return phone.state.call.here";
        assert_eq!(second.run(here, vec![]).await, true);
        assert_eq!(first.run(here, vec![]).await, false);
        second.hears(MICROPHONE_HZ).await;
        // Any page may end it.
        first.press("Hang up").await;
        second.says("You hung up.").await;
        second.releases_microphone().await;

        // A wrong password is said, and tried once.
        let wrong =
            json!({ "server": platform.server("/sip"), "address": "ravi@sandbox.test", "password": "wrong" });
        let refused = ask(&first, "signIn", json!([wrong])).await;
        assert_eq!(refused["code"], "refused", "{refused}");
        sign_in(&first, &platform).await;

        // The line breaks under a call: the phone is back by itself, and the call goes on.
        first.fill("Number", "1001").await;
        first.press("Call").await;
        first.says("ESTABLISHED").await;
        first.run("told.length = 0", vec![]).await;
        platform.command("/control/drop_sockets", &json!({})).await;
        let back = "
            const states = told.filter(([name]) => name === 'phone').map(([, { state }]) => state);
            return states.length > 1 && states.at(-1) === 'ready';";
        first.sees("the phone to be back", back).await;
        assert_eq!(platform.phones("asha").await, 1);
        first.hears(MICROPHONE_HZ).await;
        second.press("Hang up").await;
        first.releases_microphone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vite_finds_the_programs_without_a_plugin() {
    story("headless-vite", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let files = [
            "pages/own.html",
            "pages/own.js",
            "pages/crm.html",
            "pages/crm.js",
            "pages/vite.config.js",
        ];
        let project = npm::project("headless-vite", &files);
        npm::vite(&project);
        let site = Folder::start(project.join("dist"), POLICY).await;
        let tab = open(&browser, &site, "own.html").await;
        sign_in(&tab, &platform).await;
        tab.fill("Number", "1001").await;
        tab.press("Call").await;
        tab.says("ESTABLISHED").await;
        tab.hears(MICROPHONE_HZ).await;
        tab.press("Hang up").await;
        tab.releases_microphone().await;
    })
    .await;
}
