//! What admins do about webhooks, with the sandbox as the vendor.

use std::time::{Duration, Instant};

use exotel::Secret;
use protocol::call::{CallState, Outcome};
use protocol::session::Role;
use protocol::webhooks::{DeliveryPage, Drift, Replayed, WebhookSettings};
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::json;
use server::config::{AppSettings, HOOKS_SECRET};
use server::{clock, reconcile};

use super::platform::reachable;
use super::support::server::{PATIENCE, Signed, TestServer};
use super::vendor::Vendor;

async fn ask<T: DeserializeOwned>(server: &TestServer, method: Method, path: &str, who: &Signed) -> T {
    let answer = server.request(method, path, who).send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{path}: {text}");
    assert!(!text.contains(HOOKS_SECRET), "{path} shows the secret");
    serde_json::from_str(&text).unwrap()
}

fn drifts(settings: &WebhookSettings) -> Vec<(&str, Drift)> {
    let drift = settings.settings.iter();
    drift
        .map(|setting| (setting.key.as_str(), setting.drift))
        .collect()
}

#[tokio::test]
async fn webhooks_are_installed_and_a_call_is_heard_of() {
    let vendor = Vendor::start().await;
    let server = reachable(&vendor).await;
    let admin = server.signed_in("root", Role::Admin, None).await;
    let before: WebhookSettings = ask(&server, Method::GET, "/api/webhooks/drift", &admin).await;
    assert!(drifts(&before).contains(&("popup", Drift::Missing)));
    let after: WebhookSettings = ask(&server, Method::POST, "/api/webhooks/install", &admin).await;
    for key in ["popup", "incomingCallHangup", "missedCall", "callback"] {
        assert!(drifts(&after).contains(&(key, Drift::None)), "{after:?}");
    }
    assert!(
        drifts(&after).contains(&("record", Drift::YourChoice)),
        "{after:?}"
    );
    let records = server.app.store.audit(None, 10).await.unwrap();
    let written: Vec<&str> = records.iter().map(|it| it.record.target.as_str()).collect();
    assert_eq!(written, ["callback", "missedCall", "incomingCallHangup", "popup"]);
    assert!(
        records
            .iter()
            .all(|it| it.record.who == "root" && it.record.result == "done")
    );

    // Nobody is registered, so the call is missed; the platform says so, and later how.
    let call = json!({"user_id": "asha", "from": "+919811111111"});
    vendor.make("customer_call", call).await;
    let began = Instant::now();
    let sid = loop {
        assert!(began.elapsed() < PATIENCE, "the call's end was not heard of");
        tokio::time::sleep(Duration::from_millis(50)).await;
        let kept = server.kept().await;
        let over = kept.iter().find(|it| it.delivery.kind.as_str() == "missedcall");
        if let Some(over) = over {
            break over.delivery.call_sid.clone().unwrap();
        }
    };
    let outcome = || async {
        let call = server.app.store.call(&sid).await.unwrap().unwrap();
        let view = call.facts.views(&sid, call.rev).remove(0);
        assert_eq!((view.state, view.agent.as_str()), (CallState::Ended, "asha"));
        (view.outcome.unwrap(), call.facts.is_settled())
    };
    assert_eq!(outcome().await, (Outcome::Missed, false));
    let tally = reconcile::once(&server.app, clock::now() + 600_000)
        .await
        .unwrap();
    assert_eq!((tally.asked, tally.closed), (1, 0));
    let (_, settled) = outcome().await;
    assert!(settled);
}

#[tokio::test]
async fn an_older_secret_and_a_foreign_address_are_told_apart() {
    let vendor = Vendor::start().await;
    let server = reachable(&vendor).await;
    let admin = server.signed_in("root", Role::Admin, None).await;
    let origin = &server.app.config.public_origin;
    let older = format!("{origin}/hooks/the-older-secret-of-the-path/popup");
    for (key, value) in [
        ("popup", older.as_str()),
        ("callback", "https://crm.example/secret"),
    ] {
        let setting = exotel::integrations::AddSetting {
            key: key.into(),
            value: Secret::from(value),
        };
        server.app.vendor.call("root", &setting).await.unwrap();
    }
    let drift: WebhookSettings = ask(&server, Method::GET, "/api/webhooks/drift", &admin).await;
    assert_eq!(
        drifts(&drift)[..4],
        [
            ("popup", Drift::OlderSecret),
            ("incomingCallHangup", Drift::Missing),
            ("missedCall", Drift::Missing),
            ("callback", Drift::Elsewhere),
        ]
    );
    let foreign = drift.settings[3].found.as_deref();
    assert_eq!(foreign, Some("https://crm.example/••••"));
}

#[tokio::test]
async fn kept_webhooks_are_listed_and_taken_in_again() {
    let server = TestServer::start(|_| ()).await;
    let admin = server.signed_in("root", Role::Admin, None).await;
    for no in 0..3 {
        let body = json!({"CallSid": format!("c{no}"), "AppUserID": "asha", "FromNumber": "08789489697"});
        assert_eq!(server.post("popup", body.to_string()).await, 200);
    }
    assert_eq!(server.post("popup", "nonsense=1").await, 200);
    let page: DeliveryPage = ask(&server, Method::GET, "/api/webhooks/deliveries?limit=3", &admin).await;
    assert_eq!(page.deliveries.len(), 3);
    assert!(page.deliveries[0].unread.is_some());
    assert!(page.deliveries[1].body.contains("•••••••••97"), "{page:?}");
    let rest = format!(
        "/api/webhooks/deliveries?limit=3&whole=true&before={}",
        page.next.unwrap()
    );
    let rest: DeliveryPage = ask(&server, Method::GET, &rest, &admin).await;
    assert!(rest.deliveries[0].body.contains("08789489697"));
    assert_eq!(rest.next, None);

    let events = server.log().await.len();
    let replay = format!("/api/webhooks/deliveries/{}/replay", rest.deliveries[0].id);
    let again: Replayed = ask(&server, Method::POST, &replay, &admin).await;
    assert!(!again.changed, "it was taken in already");
    assert_eq!(server.log().await.len(), events);
    let unread = format!("/api/webhooks/deliveries/{}/replay", page.deliveries[0].id);
    let answer = server
        .request(Method::POST, &unread, &admin)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    let nothing = server.request(Method::POST, "/api/webhooks/deliveries/99/replay", &admin);
    assert_eq!(nothing.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn all_seven_settings_are_written_where_the_configuration_says_so() {
    let vendor = Vendor::start().await;
    let server = TestServer::start(|config| {
        vendor.configure(config);
        config.vendor.app_settings = AppSettings {
            record: Some(true),
            streaming: Some(Secret::from("wss://audio.example/secret-path")),
            playback: Some(Secret::from("https://files.example/wait.wav")),
        };
    })
    .await;
    let admin = server.signed_in("root", Role::Admin, None).await;
    let otherwise = exotel::integrations::AddSetting {
        key: "record".into(),
        value: Secret::from("false"),
    };
    server.app.vendor.call("root", &otherwise).await.unwrap();
    let before: WebhookSettings = ask(&server, Method::GET, "/api/webhooks/drift", &admin).await;
    assert_eq!(
        drifts(&before)[4..],
        [
            ("record", Drift::Elsewhere),
            ("streaming", Drift::Missing),
            ("playback", Drift::Missing),
        ]
    );
    let after: WebhookSettings = ask(&server, Method::POST, "/api/webhooks/install", &admin).await;
    assert_eq!(after.settings.len(), 7);
    assert!(
        drifts(&after).iter().all(|(_, drift)| *drift == Drift::None),
        "{after:?}"
    );
    assert_eq!(
        after.settings[5].found.as_deref(),
        Some("wss://audio.example/••••")
    );
}
