//! Who does not get in, and what a page is told that stands in its phone's way.

use serde_json::{Value, json};

use super::{call_is, ring, setup};
use crate::support::browser::{Setup, story};
use crate::support::crm::Crm;
use crate::support::tab::Tab;

/// Posts so many messages to the phone's window, nearly right: with ports, with the right names, with all origins' words.
const FORGE: &str = "
    const frame = document.querySelector('softphone-widget').shadowRoot.querySelector('iframe').contentWindow;
    const asks = [{ answer: {} }, { hangUp: {} }, { decline: {} }, { signIn: { ticket: 'x'.repeat(43) } }];
    for (let n = 0; n < arguments[0]; n += 1) {
        const hello = { version: 1, nonce: crypto.randomUUID(), origin: location.origin, tickets: true };
        const texts = [{ softphoneHello: hello }, { id: n, ask: asks[n % 4] }, { softphoneReady: hello }, null];
        const { port1, port2 } = new MessageChannel();
        port1.postMessage(JSON.stringify({ id: n, ask: asks[n % 4] }));
        frame.postMessage(n % 5 ? JSON.stringify(texts[n % 4]) : texts[n % 4], '*', n % 3 ? [port2] : []);
        port1.close();
        if (n % 2_000 === 0) await new Promise((done) => setTimeout(done));
    }";

#[tokio::test(flavor = "multi_thread")]
async fn of_a_hundred_thousand_forged_messages_none_is_obeyed() {
    story("embed-forged", setup(), |browser| async move {
        let crm = Crm::start("embed-forged").await;
        let tab = crm.open(&browser).await;
        ring(&crm).await;
        call_is(&tab, "ringing here", |call| call["canAnswer"] == true).await;
        tab.run(FORGE, vec![json!(50_000)]).await;
        // A frame of the same site beside the phone, whose parent is not the phone's.
        let beside = "
            const frame = document.querySelector('softphone-widget').shadowRoot.querySelector('iframe').contentWindow;
            const hello = { version: 1, nonce: '', origin: location.origin };
            for (let n = 0; n < 50_000; n += 1) {
                frame.postMessage(JSON.stringify({ softphoneHello: { ...hello, nonce: `${n}` } }), arguments[0]);
                if (n % 5_000 === 0) await new Promise((done) => setTimeout(done));
            }";
        tab.run(beside, vec![json!(crm.phone)]).await;
        let call = call_is(&tab, "untouched", |call| !call.is_null()).await;
        assert_eq!(call["state"], "INCOMING", "{call}");
        // The true host is heard all the same.
        assert_eq!(super::ask(&tab, "decline", json!([])).await, Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_told_what_stands_in_its_phones_way() {
    let setup = Setup {
        expected: &[
            "/api/session",
            "/demo.json",
            "frame-ancestors",
            "frame-src",
            "/ticket",
        ],
        ..setup()
    };
    story("embed-told", setup, |browser| async move {
        let crm = Crm::start("embed-told").await;
        let tab = browser.open(&format!("{}/?frames=true", crm.origin)).await;
        let told = problem(&tab).await;
        assert!(told.contains("Content-Security-Policy"), "{told}");
        assert!(told.contains(&format!("frame-src {}", crm.phone)), "{told}");

        tab.goto(&format!("{}/?microphone=true", crm.origin)).await;
        let told = problem(&tab).await;
        assert!(told.contains("does not pass the microphone on"), "{told}");
        assert!(
            told.contains(&format!("microphone=(self \"{}\")", crm.phone)),
            "{told}"
        );

        // A page that the phone's server does not know.
        tab.goto(&crm.stranger).await;
        let told = problem(&tab).await;
        assert!(
            told.contains(&format!("embed_origins = [\"{}\"]", crm.stranger)),
            "{told}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_around_the_crm_keeps_the_phone_out() {
    let setup = Setup {
        expected: &["/api/session", "/demo.json", "frame-ancestors"],
        ..setup()
    };
    story("embed-nested", setup, |browser| async move {
        let crm = Crm::start("embed-nested").await;
        let tab = browser.open(&format!("{}/around", crm.stranger)).await;
        crate::support::wait::pass(5_000).await;
        assert_eq!(
            crm.platform.phones("asha").await,
            0,
            "a phone inside a stranger's page"
        );
        assert_eq!(crm.companion.records().await, [], "a session was opened");
        // The same around it by a page that may: the frame is there, but the microphone is not passed on by it.
        tab.goto(&format!("{}/around", crm.origin)).await;
        crate::support::wait::until("the nested phone", async || {
            (crm.platform.phones("asha").await == 1).then_some(())
        })
        .await;
    })
    .await;
}

/// What the widget draws in the phone's place.
async fn problem(tab: &Tab) -> String {
    const READ: &str = "return document.querySelector('softphone-widget')?.shadowRoot?.querySelector('[role=alert]')?.innerText";
    crate::support::wait::until("a message of the widget's", async || {
        Some(tab.run(READ, vec![]).await.as_str()?.to_owned())
    })
    .await
}
