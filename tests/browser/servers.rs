//! Servers that misbehave, addresses that are wrong: a sentence on the screen, and the phone recovers without a reload.

use std::process::Command;

use serde_json::json;

use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::platform::Platform;
use crate::support::process::Process;
use crate::support::tab::Tab;
use crate::support::wait::pass;
use crate::support::{ports, state};

const ADDRESS: &str = "sip:asha@sandbox.test";

/// What Chromium itself writes to the console when a socket does not open; the page cannot prevent it.
const SOCKET_FAILED: &[&str] = &["WebSocket connection to"];

/// Sign out, sign in at the good server, and have a call: nothing of what went wrong is left.
async fn recovers(tab: &Tab, platform: &Platform) {
    if !tab.has("button", Some("Connect")).await {
        tab.press("Sign out").await;
    }
    tab.sign_in(&platform.server("/sip"), ADDRESS, &platform.password("asha"))
        .await;
    tab.status_is("Ready").await;
    tab.dial("1001").await;
    tab.is_connected().await;
    tab.hears(MICROPHONE_HZ).await;
    tab.press("Hang up").await;
    tab.is_free().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_on_a_working_connection_changes_nothing() {
    story("garbage-later", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.status_is("Ready").await;
        for kind in ["binary", "half", "text", "huge"] {
            platform
                .command("/control/garbage", &json!({ "agent": "asha", "kind": kind }))
                .await;
        }
        pass(1_000).await;
        tab.status_is("Ready").await;
        tab.dial("1001").await;
        tab.is_connected().await;
        for kind in ["binary", "half", "text", "huge"] {
            platform
                .command("/control/garbage", &json!({ "agent": "asha", "kind": kind }))
                .await;
        }
        tab.talks().await;
        tab.hears(MICROPHONE_HZ).await;
        tab.press("Hang up").await;
        tab.is_free().await;
        assert_eq!(
            tab.marks().await.iter().filter(|m| *m == "phone-lost").count(),
            0,
            "the registration was lost"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_speaks_garbage_is_reported() {
    story(
        "garbage-first",
        Setup {
            expected: SOCKET_FAILED,
            ..Setup::default()
        },
        |browser| async move {
            let platform = Platform::start().await;
            let tab = browser.open(&platform.phone("manual")).await;
            tab.sign_in(&platform.server("/sip-garbage"), ADDRESS, "any")
                .await;
            tab.says_within(60, "The phone server does not answer.").await;
            recovers(&tab, &platform).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_closes_at_once_is_reported() {
    story(
        "closes",
        Setup {
            expected: SOCKET_FAILED,
            ..Setup::default()
        },
        |browser| async move {
            let platform = Platform::start().await;
            let tab = browser.open(&platform.phone("manual")).await;
            tab.sign_in(&platform.server("/sip-close"), ADDRESS, "any").await;
            tab.says("The server closed the connection at once.").await;
            tab.status_is("Reconnecting in").await;
            recovers(&tab, &platform).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_reported() {
    story(
        "wrong-address",
        Setup {
            expected: SOCKET_FAILED,
            ..Setup::default()
        },
        |browser| async move {
            let platform = Platform::start().await;
            let tab = browser.open(&platform.phone("manual")).await;
            // Not an address at all: said in the form, before anything is tried.
            tab.sign_in("https://sip.example.com", ADDRESS, "any").await;
            tab.says("The address has to begin with wss:// or ws://.").await;
            tab.sign_in(&platform.server("/sip"), "asha", "any").await;
            tab.says("This is not a SIP address").await;
            // Nobody listens there.
            tab.sign_in(&format!("ws://127.0.0.1:{}/sip", ports::free()), ADDRESS, "any")
                .await;
            tab.says("The phone server cannot be reached.").await;
            tab.status_is("Reconnecting in").await;
            recovers(&tab, &platform).await;
            // A server, but no SIP there.
            tab.press("Sign out").await;
            tab.sign_in(&platform.server("/nothing-here"), ADDRESS, "any")
                .await;
            tab.says("The phone server cannot be reached.").await;
            recovers(&tab, &platform).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untrusted_certificate_is_reported() {
    story(
        "certificate",
        Setup {
            expected: SOCKET_FAILED,
            ..Setup::default()
        },
        |browser| async move {
            let platform = Platform::start().await;
            let (_server, port) = self_signed().await;
            let tab = browser.open(&platform.phone("manual")).await;
            tab.sign_in(&format!("wss://127.0.0.1:{port}/sip"), ADDRESS, "any")
                .await;
            tab.says("The phone server cannot be reached.").await;
            tab.says("its certificate is not trusted").await;
            recovers(&tab, &platform).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_reported_once() {
    story("wrong-password", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("manual")).await;
        tab.sign_in(&platform.server("/sip"), ADDRESS, "not this one")
            .await;
        tab.status_is("The user name or password is wrong.").await;
        // It stays there: no new attempt, so no other word.
        for _ in 0..30 {
            assert_eq!(tab.status().await, "The user name or password is wrong.");
            pass(100).await;
        }
        recovers(&tab, &platform).await;
    })
    .await;
}

/// A TLS server with a certificate nobody signed.
async fn self_signed() -> (Process, u16) {
    let folder = state("browser", "self-signed");
    let (key, certificate) = (folder.join("key.pem"), folder.join("certificate.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .expect("openssl");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let port = ports::free();
    let mut server = Process::start(
        "certificate-openssl",
        Command::new("openssl")
            .args(["s_server", "-quiet", "-accept", &format!("127.0.0.1:{port}")])
            .arg("-key")
            .arg(&key)
            .arg("-cert")
            .arg(&certificate),
    );
    server.listens(port).await;
    (server, port)
}
