//! The adapters, each against its host: a full day of calls by the host's own messages.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::setup;
use crate::support::browser::story;
use crate::support::crm::Crm;
use crate::support::npm;
use crate::support::tab::Tab;
use crate::support::wait::{pass, until, within};

/// Pages of a project of Vite's.
fn built(name: &str, pages: &[&str]) -> PathBuf {
    let project = npm::project(name, pages);
    let sdk = npm::tool(
        "@hubspot+calling-extensions-sdk-",
        "@hubspot/calling-extensions-sdk/dist/main.esm.js",
    );
    fs::copy(sdk, project.join("hubspot-sdk.js")).expect("HubSpot's SDK");
    npm::vite(&project);
    // Not through Vite: Salesforce gives it out itself.
    let opencti = project.join("opencti.js");
    if opencti.is_file() {
        fs::copy(opencti, project.join("dist/opencti.js")).expect("a writable folder");
    }
    project.join("dist")
}

/// A customer calls asha.
async fn ring(crm: &Crm, from: &str) {
    let call = json!({ "user_id": "asha", "from": from, "behaviour": "echo" });
    crm.platform.command("/control/customer_call", &call).await;
}

/// A CRM whose agents have a second for what is left after a call: then it is to be logged.
async fn crm(name: &str, pages: PathBuf) -> Crm {
    let crm = Crm::start_with(name, pages).await;
    crm.companion
        .put_policy(|mut policy| {
            policy.wrap_up.seconds = 1;
            policy
        })
        .await;
    crm
}

/// Waits for what a script finds, which is not null: also for a call to be logged, for which it is looked every few seconds.
async fn seen(tab: &Tab, what: &str, script: &str) -> Value {
    within(Duration::from_secs(120), what, async || {
        Some(tab.run(script, vec![]).await).filter(|found| !found.is_null() && *found != false)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn hubspot_dials_is_told_of_calls_and_keeps_each_once() {
    let pages = [
        "pages/hubspot-host.html",
        "pages/hubspot-host.js",
        "pages/hubspot-app.html",
        "pages/hubspot-app.js",
        "pages/vite.config.js",
    ];
    let pages = built("hubspot", &pages);
    story("hubspot", setup(), |browser| async move {
        let crm = crm("hubspot", pages).await;
        let address = |heard: &str| {
            let app = format!("{}/hubspot-app.html?phone={}&host={heard}", crm.origin, crm.phone);
            let app: String = url::form_urlencoded::byte_serialize(app.as_bytes()).collect();
            format!("{}/hubspot-host.html?app={app}", crm.host)
        };
        let tab = browser.open(&address(&crm.host)).await;
        let inside = async |script: &str| tab.run_inside(0, script).await;
        let told = async |name: &str, count: usize| {
            let script = format!(
                "const all = hub.heard.filter(([type]) => type === '{name}'); \
                 return all.length >= {count} ? all[{count} - 1][1] ?? true : null"
            );
            seen(&tab, &format!("{name} number {count}"), &script).await
        };

        // Signed in, of the right size, available.
        told("INITIALIZED", 1).await;
        told("LOGGED_IN", 1).await;
        assert_eq!(told("RESIZE_WIDGET", 1).await["width"], 376);
        until("the phone to be ready", async || {
            let ready = "return document.querySelector('softphone-widget').state?.phone.state === 'ready'";
            (inside(ready).await == true).then_some(())
        })
        .await;
        inside("return document.querySelector('softphone-widget').available(true)").await;
        told("USER_AVAILABLE", 1).await;

        // HubSpot dials, and ends the call.
        tab.run(
            "hub.say('DIAL_NUMBER', { phoneNumber: '+918040001001', ownerId: 1, objectId: 51 })",
            vec![],
        )
        .await;
        let started = told("OUTGOING_CALL_STARTED", 1).await;
        assert_eq!(started["toNumber"], "+918040001001", "{started}");
        assert_eq!(told("CALL_ANSWERED", 1).await["externalCallId"], started["externalCallId"]);
        tab.run("hub.say('END_CALL', {})", vec![]).await;
        let ended = told("CALL_ENDED", 1).await;
        assert_eq!(
            (&ended["callEndStatus"], &ended["engagementId"]),
            (&json!("COMPLETED"), &json!(9000)),
            "{ended}"
        );
        let logged = told("CALL_COMPLETED", 1).await;
        assert_eq!(logged["externalCallId"], started["externalCallId"], "{logged}");
        assert_eq!(logged["engagementProperties"]["hs_call_direction"], "OUTBOUND", "{logged}");

        // A customer calls whom HubSpot knows: the record is shown once the agent answers.
        ring(&crm, "+919812345678").await;
        let ringing = told("INCOMING_CALL", 1).await;
        assert_eq!(ringing["fromNumber"], "+919812345678", "{ringing}");
        until("an answer", async || {
            let answer = "return document.querySelector('softphone-widget').answer().then(() => true, () => false)";
            (inside(answer).await == true).then_some(())
        })
        .await;
        told("CALL_ANSWERED", 2).await;
        assert_eq!(told("NAVIGATE_TO_RECORD", 1).await["objectCoordinates"]["objectId"], 51);
        inside("return document.querySelector('softphone-widget').hangUp()").await;
        told("CALL_COMPLETED", 2).await;

        // Its note is written over what is there.
        let note = format!(
            "return document.querySelector('softphone-widget').note({}, {{ text: 'Wants an invoice' }})",
            ringing["externalCallId"]
        );
        inside(&note).await;
        let again = told("CALL_COMPLETED", 3).await;
        assert_eq!(again["engagementId"], 9001, "{again}");
        let kept = "return [...hub.engagements.values()].map((kept) => [kept.externalCallId, kept.hs_call_status, kept.hs_call_body])";
        let kept = tab.run(kept, vec![]).await;
        let expected = json!([
            [started["externalCallId"], "COMPLETED", ""],
            [ringing["externalCallId"], "COMPLETED", "Wants an invoice"]
        ]);
        assert_eq!(kept, expected);

        // Nobody knows this one, and the agent does not answer.
        ring(&crm, "+919899999999").await;
        told("INCOMING_CALL", 2).await;
        until("a refusal", async || {
            let decline = "return document.querySelector('softphone-widget').decline().then(() => true, () => false)";
            (inside(decline).await == true).then_some(())
        })
        .await;
        assert_eq!(told("CALL_ENDED", 3).await["callEndStatus"], "REJECTED");
        assert_eq!(tab.run("return hub.shown", vec![]).await, json!([51]));

        // Minimised, it is a bar.
        tab.run("hub.say('VISIBILITY_CHANGED', { isMinimized: true, isHidden: false })", vec![])
            .await;
        until("a bar", async || {
            let closed = "return document.querySelector('softphone-widget').hasAttribute('closed')";
            (inside(closed).await == true).then_some(())
        })
        .await;
        let errors = "return hub.heard.filter(([type]) => type === 'ERROR')";
        assert_eq!(tab.run(errors, vec![]).await, json!([]));

        // A page around that is not HubSpot's is not answered.
        let other = browser.open(&address("https://app.hubspot.com")).await;
        pass(3_000).await;
        assert_eq!(other.run("return hub.heard", vec![]).await, json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn salesforce_dials_is_shown_callers_and_gets_one_task_for_each_call() {
    let pages = [
        "pages/salesforce.html",
        "pages/salesforce.js",
        "pages/opencti.js",
        "pages/vite.config.js",
    ];
    let pages = built("opencti", &pages);
    story("opencti", setup(), |browser| async move {
        let crm = crm("opencti", pages).await;
        let tab = browser
            .open(&format!("{}/salesforce.html?phone={}", crm.origin, crm.phone))
            .await;
        seen(&tab, "numbers to be clickable", "return org.ready && org.clickable").await;
        let ask = async |method: &str| {
            let script = format!("return document.querySelector('softphone-widget').{method}");
            tab.run(&script, vec![]).await
        };
        let free = "return document.querySelector('softphone-widget').state.call === null";

        // A contact's number is clicked.
        tab.run("org.click('+918040001001', '003000000000001')", vec![]).await;
        let up = "return document.querySelector('softphone-widget').state.call?.state === 'ESTABLISHED'";
        seen(&tab, "the call to be up", up).await;
        ask("hangUp()").await;
        let task = seen(&tab, "a task", "return org.tasks[0]").await;
        assert_eq!(
            (&task["WhoId"], &task["CallType"], &task["Status"]),
            (&json!("003000000000001"), &json!("Outbound"), &json!("Completed")),
            "{task}"
        );

        // Callers: one record, several, none.
        let callers = [
            ("+919812345678", json!(["sobject", "003000000000001"])),
            ("+919812340000", json!(["search", "+919812340000"])),
            ("+919899999999", json!(["newRecordModal", "Contact"])),
        ];
        for (index, (number, popped)) in callers.into_iter().enumerate() {
            seen(&tab, "the phone to be free", free).await;
            ring(&crm, number).await;
            let pop = seen(&tab, "a pop", &format!("return org.popped[{index}]")).await;
            assert_eq!(pop, popped);
            let answer = "return document.querySelector('softphone-widget').answer().then(() => true, () => false)";
            seen(&tab, "an answer", answer).await;
            ask("hangUp()").await;
            seen(&tab, "its task", &format!("return org.tasks[{index} + 1]")).await;
        }

        // A note is written into the task that is there.
        let last = tab.run("return org.tasks.at(-1).CallObject", vec![]).await;
        ask(&format!("note({last}, {{ text: 'New customer', disposition: 'Sold' }})")).await;
        seen(
            &tab,
            "the note in the task",
            "return org.tasks.at(-1).Description === 'New customer' && org.tasks.at(-1).CallDisposition === 'Sold'",
        )
        .await;
        let calls = tab.run("return org.tasks.map(({ CallObject }) => CallObject)", vec![]).await;
        let calls: Vec<&str> = calls.as_array().expect("tasks").iter().filter_map(Value::as_str).collect();
        let mut different = calls.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!((calls.len(), different.len()), (4, 4), "{calls:?}");
        let trouble = "return told.filter(([name]) => name === 'trouble')";
        assert_eq!(tab.run(trouble, vec![]).await, json!([]));
    })
    .await;
}
