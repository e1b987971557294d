//! A whole day of an agent by the widget's methods and events alone.

use serde_json::{Value, json};

use super::{ask, call_is, ring, setup, state};
use crate::support::browser::story;
use crate::support::crm::Crm;
use crate::support::tab::Tab;
use crate::support::wait::until;

/// Keeps what the widget tells from here on.
const LISTEN: &str = "
    window.told = [];
    const widget = document.querySelector('softphone-widget');
    for (const name of ['phone', 'agent', 'call', 'incoming', 'ended', 'ringing', 'missed', 'problem'])
        widget.addEventListener(name, ({ detail }) => told.push([name, detail]));";

#[tokio::test(flavor = "multi_thread")]
async fn an_agents_day_by_methods_and_events() {
    story("embed-day", setup(), |browser| async move {
        let crm = Crm::start("embed-day").await;
        let tab = crm.open(&browser).await;
        tab.run(LISTEN, vec![]).await;
        let standing = state(&tab).await;
        assert_eq!(standing["agent"]["id"], "asha", "{standing}");
        assert_eq!(crm.platform.phones("asha").await, 1);

        // Ready for calls, by the platform's word.
        assert_eq!(ask(&tab, "available", json!([true])).await, "browser");
        assert_eq!(ask(&tab, "device", json!(["telephone"])).await, "telephone");
        assert_eq!(ask(&tab, "available", json!([true])).await, "browser");

        // A customer calls.
        ring(&crm).await;
        let ringing = told(&tab, "incoming").await;
        assert_eq!(ringing["direction"], "inbound", "{ringing}");
        call_is(&tab, "here", |call| call["canAnswer"] == true).await;
        let up = ask(&tab, "answer", json!([ringing["id"]])).await;
        assert_eq!(
            (&up["state"], &up["here"]),
            (&json!("ESTABLISHED"), &json!(true)),
            "{up}"
        );
        assert_eq!(ask(&tab, "hold", json!([true])).await["held"], true);
        assert_eq!(ask(&tab, "hold", json!([false])).await["held"], false);
        assert_eq!(ask(&tab, "mute", json!([true])).await["muted"], true);
        assert_eq!(ask(&tab, "mute", json!([false])).await["muted"], false);
        let figures = ask(&tab, "statistics", json!([])).await;
        assert!(
            figures["received"].as_u64() > Some(20) && figures["mosTenths"].as_u64() > Some(30),
            "{figures}"
        );
        assert!(
            figures["jitterMs"].is_u64() && figures["roundTripMs"].is_u64(),
            "{figures}"
        );
        assert_eq!(ask(&tab, "digits", json!(["1"])).await, Value::Null);
        crm.platform
            .call_is("told a digit", |call| call.digits == "1")
            .await;
        let second = ask(&tab, "dial", json!(["+918040001001"])).await;
        assert_eq!(second["code"], "inCall", "{second}");
        assert_eq!(ask(&tab, "hangUp", json!([])).await, Value::Null);
        let ended = told(&tab, "ended").await;
        assert_eq!(
            (&ended["by"], &ended["sid"]),
            (&json!("agent"), &ringing["sid"]),
            "{ended}"
        );
        let sid = ended["sid"].as_str().expect("the platform's id").to_owned();
        let note = ask(
            &tab,
            "note",
            json!([sid, { "text": "Wants an invoice", "disposition": "Sold" }]),
        )
        .await;
        assert_eq!(note["text"], "Wants an invoice", "{note}");

        // The agent calls.
        let placed = ask(&tab, "dial", json!(["080 4000 1001"])).await;
        assert_eq!(placed["direction"], "outbound", "{placed}");
        call_is(&tab, "answered", |call| call["state"] == "ESTABLISHED").await;
        ask(&tab, "hangUp", json!([])).await;

        // One that is declined.
        ring(&crm).await;
        call_is(&tab, "ringing", |call| call["state"] == "INCOMING").await;
        assert_eq!(ask(&tab, "decline", json!([])).await, Value::Null);

        // What cannot be is said in words.
        let none = ask(&tab, "answer", json!([])).await;
        assert_eq!(none["code"], "noCall", "{none}");
        let none = ask(&tab, "dial", json!(["call me"])).await;
        assert_eq!(none["code"], "badNumber", "{none}");
        let none = ask(&tab, "note", json!(["no-such-call", { "text": "x" }])).await;
        assert_eq!(none["code"], "refused", "{none}");
        assert_eq!(ask(&tab, "available", json!([false])).await, "nothing");
        let violations = tab.run("return __story.violations", vec![]).await;
        assert_eq!(violations, json!([]));
    })
    .await;
}

/// What came with the first event of this name.
async fn told(tab: &Tab, name: &str) -> Value {
    let find = "return told.find(([name]) => name === arguments[0])?.[1]";
    until(&format!("the event {name:?}"), async || {
        Some(tab.run(find, vec![json!(name)]).await).filter(|told| !told.is_null())
    })
    .await
}
