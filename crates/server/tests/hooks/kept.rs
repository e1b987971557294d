//! What is kept of a webhook, and what is not; what is not fetched.

use std::io::ErrorKind;
use std::net::TcpListener;

use exotel::Secret;
use protocol::session::Role;
use serde_json::{Value, json};
use server::store;

use super::support::server::TestServer;

/// Texts that no table gives away.
const CANARIES: [&str; 5] = [
    "90817263",
    "payload-canary",
    "rec-canary",
    "72635445",
    "field-canary",
];

/// Everything of every table, as text.
async fn everything(server: &TestServer) -> String {
    let mut all = String::new();
    for (table, ..) in store::EXPORTED {
        let mut after = 0;
        loop {
            let rows = server.app.store.export(table, after, 500).await.unwrap();
            let Some((last, _)) = rows.last() else { break };
            after = *last;
            rows.iter().for_each(|(_, row)| all.push_str(&row.to_string()));
        }
    }
    all
}

#[tokio::test]
async fn pins_digits_recordings_and_fields_of_the_crm_are_kept_nowhere() {
    let server = TestServer::start(|config| {
        config.hooks.basic = vec![("platform".to_owned(), Secret::from("word"))];
    })
    .await;
    server.add("asha", Role::Agent, Some("asha")).await;
    let mut asha = server.app.store.person("asha").await.unwrap().unwrap();
    asha.subscriber = Some("asha".to_owned());
    server.app.store.put_person(&asha).await.unwrap();
    let post = async |kind: &str, body: String| {
        let request = server.http.post(server.hook(kind)).body(body);
        let answer = request.basic_auth("platform", Some("word")).send().await;
        answer.unwrap().status().as_u16()
    };
    let [pin, payload, recording, digits, field] = CANARIES;
    let recording = format!("https://{recording}.example/7b.mp3");
    let bodies = [
        (
            "greenpin-verified",
            json!({"greenpin_id": "g1", "pin": pin, "caller": "+918789489697"}),
        ),
        (
            "greenpin-verification-failed",
            json!({"call_sid": "c1", "pin": pin}),
        ),
        (
            "greenpin-deallocated",
            json!({"greenpin_id": "g1", "aparty_pins": [pin], "bparty_pins": pin}),
        ),
        (
            "greenpin-call-completed",
            json!({"call_sid": "c2", "greenpin_id": "g1", "recording_url": recording}),
        ),
        (
            "passthru",
            json!({"CallSid": "c3", "digits": format!("\"{digits}\""), "CustomField": field, "RecordingUrl": recording}),
        ),
        (
            "callback",
            json!({"CallSid": "c4", "CallRecordings": recording, "CallState": "terminal"}),
        ),
        (
            "status-callback",
            json!({"CallSid": "c5", "RecordingUrl": recording, "CustomField": field}),
        ),
        // Unreadable: nothing says what they are about.
        ("greenpin-verified", json!({"pin": pin})),
        ("passthru", json!({"digits": digits})),
    ];
    for (kind, body) in bodies {
        assert_eq!(post(kind, body.to_string()).await, 200, "{kind}");
    }
    let push = json!({"subscriberName": "asha", "payload": payload, "payloadVersion": "2"});
    assert_eq!(post("push", push.to_string()).await, 200);
    assert_eq!(server.kept().await.len(), 10);
    let everything = everything(&server).await;
    for canary in CANARIES {
        assert!(!everything.contains(canary), "{canary} was kept");
    }
    assert!(
        everything.contains("+918789489697"),
        "the search looks where it should"
    );
    let call = server.app.store.call("c4").await.unwrap().unwrap();
    assert!(call.facts.recorded, "that there is a recording is known");
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_the_reason_and_not_sent_again() {
    let server = TestServer::start(|_| ()).await;
    let deep = "{\"a\":".repeat(40) + "1" + &"}".repeat(40);
    for (kind, body, why) in [
        ("popup", "{\"CallSid\":", "no JSON"),
        ("callback", "[1]", "object"),
        ("missedcall", "a=b", "needs CallSid"),
        ("popup", "", "no field"),
        ("popup", deep.as_str(), "nests deeper"),
    ] {
        for _ in 0..3 {
            assert_eq!(server.post(kind, body.to_owned()).await, 200, "{body}");
        }
        let last = server.kept().await.pop().unwrap().delivery;
        assert!(last.unread.as_deref().unwrap().contains(why), "{:?}", last.unread);
        assert_eq!(last.body, Value::String(body.to_owned()));
    }
    assert_eq!(server.kept().await.len(), 5, "a repeat is a repeat, read or not");
    assert!(server.log().await.is_empty());
}

#[tokio::test]
async fn no_address_out_of_a_payload_is_fetched() {
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let server = TestServer::start(|_| ()).await;
    let url = format!("http://{}/recording.mp3", trap.local_addr().unwrap());
    let bodies = [
        (
            "callback",
            json!({"CallSid": "c1", "CallRecordings": url, "CallState": "terminal", "CallDetail": url}),
        ),
        (
            "popup",
            json!({"CallSid": "c2", "CallRecordings": url, "AccountDomain": url, "Webhook": url}),
        ),
        (
            "passthru",
            json!({"CallSid": "c3", "RecordingUrl": url, "CustomField": url, "digits": url}),
        ),
        (
            "status-callback",
            json!({"CallSid": "c4", "RecordingUrl": url, "EventType": "terminal"}),
        ),
        (
            "greenpin-call-completed",
            json!({"call_sid": "c5", "greenpin_id": "g", "recording_url": url}),
        ),
    ];
    for (kind, body) in bodies {
        assert_eq!(server.post(kind, body.to_string()).await, 200);
    }
    // Whoever looks at it afterwards does not fetch it either.
    for delivery in server.kept().await {
        let _ = server::hooks::replay(&server.app, delivery).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(trap.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_store_that_fails_is_told_to_the_platform() {
    let server = TestServer::start(|_| ()).await;
    server.app.store.close().await;
    let body = r#"{"CallSid":"7b","CallStatus":"busy"}"#;
    let answer = server.http.post(server.hook("popup")).body(body).send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), 503, "the platform sends it again");
    assert!(!answer.text().await.unwrap().contains("sqlite"));
}
