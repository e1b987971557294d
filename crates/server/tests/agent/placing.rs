//! `POST /api/calls`: placed, refused or unknown; one key is one call.

use protocol::call::LegReport;
use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::store::Write;
use server::{calls, clock};

use super::{Desk, Said};

const TO: &str = "098111 11003";
const DIALLED: &str = "+919811111003";

async fn click(desk: &Desk, to: &str, key: &str) -> Said {
    let body = json!({ "to": to, "key": key });
    desk.send(&desk.asha, Method::POST, "/api/calls", &body).await
}

/// The platform's own table of calls.
async fn table(desk: &Desk) -> Vec<Value> {
    desk.vendor.see("calls").await.as_array().unwrap().clone()
}

async fn fault(desk: &Desk, status: u16, when: &str) {
    let fault = json!({ "api": "integrations", "operation": "outbound_call", "status": status, "when": when, "words": "No credit" });
    desk.vendor.make("platform/faults", fault).await;
}

#[tokio::test]
async fn a_placed_call_is_known_before_the_answer_and_recorded() {
    let desk = Desk::new().await;
    let (status, placed) = click(&desk, TO, "click-0001").await;
    let sid = placed["placed"]["sid"]
        .as_str()
        .unwrap_or_else(|| panic!("{placed}"));
    assert_eq!((status, &placed["placed"]["dialled"]), (200, &json!(DIALLED)));
    let known = desk.server.app.store.call(sid).await.unwrap().unwrap();
    assert!(known.facts.agents.contains_key("asha"));

    let (status, page) = desk.get(&desk.asha, &format!("/api/calls/{sid}")).await;
    let call = &page["calls"][0]["call"];
    assert_eq!(
        (status, &call["number"], &call["direction"]),
        (200, &json!(DIALLED), &json!("outbound"))
    );
    assert_eq!(call["virtual_number"], "+918040408080");

    let rows = table(&desk).await;
    assert_eq!(rows.len(), 1);
    assert!(rows[0].to_string().contains(sid), "{}", rows[0]);
    let audit = desk.server.app.store.audit(None, 10).await.unwrap();
    let records: Vec<_> = audit
        .iter()
        .map(|it| (it.record.what.as_str(), it.record.result.as_str()))
        .collect();
    assert_eq!(records, [("outbound_call", "done")]);
    assert!(!format!("{audit:?}").contains("9811111003"));
}

#[tokio::test]
async fn twenty_clicks_with_one_key_are_one_call() {
    let desk = Desk::new().await;
    let clicks = (0..20).map(|_| click(&desk, TO, "click-twenty"));
    let outcomes = futures_util::future::join_all(clicks).await;
    assert!(outcomes[0].1["placed"]["sid"].is_string(), "{}", outcomes[0].1);
    assert!(
        outcomes.iter().all(|outcome| *outcome == outcomes[0]),
        "{outcomes:?}"
    );
    assert_eq!(click(&desk, TO, "click-twenty").await, outcomes[0]);
    assert_eq!(table(&desk).await.len(), 1);
}

#[tokio::test]
async fn a_browser_that_leaves_learns_the_outcome_by_the_same_key() {
    let desk = Desk::new().await;
    let left = tokio::time::timeout(
        std::time::Duration::from_millis(3),
        click(&desk, TO, "click-leave"),
    );
    let _ = left.await;
    let (_, outcome) = click(&desk, TO, "click-leave").await;
    assert!(outcome["placed"]["sid"].is_string(), "{outcome}");
    assert_eq!(table(&desk).await.len(), 1);
}

#[tokio::test]
async fn refusals_are_told_in_the_vendors_words() {
    let desk = Desk::new().await;
    fault(&desk, 400, "before").await;
    let (status, outcome) = click(&desk, TO, "click-refused").await;
    assert_eq!(
        (status, &outcome["refused"]["vendor"]),
        (200, &json!("No credit"))
    );
    assert_eq!(
        click(&desk, TO, "click-refused").await,
        (status, outcome),
        "a repeat asks nobody"
    );
    assert!(table(&desk).await.is_empty());
}

#[tokio::test]
async fn a_busy_agent_comes_as_not_found_and_is_told_as_busy() {
    let desk = Desk::new().await;
    let phone = json!({ "active": "phone" });
    desk.send(&desk.asha, Method::PUT, "/api/device", &phone).await;
    let (_, first) = click(&desk, TO, "click-busy-1").await;
    assert!(first["placed"].is_object(), "{first}");
    let (_, second) = click(&desk, TO, "click-busy-2").await;
    assert_eq!(
        second["refused"]["vendor"], "User device is currently busy",
        "{second}"
    );
    let message = second["refused"]["message"].as_str().unwrap();
    assert!(message.contains("on a call"), "{message}");
}

#[tokio::test]
async fn an_unclear_answer_is_unknown_and_never_tried_again() {
    let desk = Desk::new().await;
    fault(&desk, 503, "after").await;
    let outcome = click(&desk, TO, "click-unknown").await;
    assert!(outcome.1["unknown"]["message"].is_string(), "{}", outcome.1);
    assert_eq!(click(&desk, TO, "click-unknown").await, outcome);
    assert_eq!(table(&desk).await.len(), 1, "the phone rings all the same");
}

#[tokio::test]
async fn an_ended_token_is_made_anew() {
    let desk = Desk::new().await;
    desk.get(&desk.asha, "/api/phone").await;
    let ninety_one_days = json!({ "ahead_s": 91 * 24 * 60 * 60 });
    desk.vendor.make("platform/clock", ninety_one_days).await;
    let (_, outcome) = click(&desk, TO, "click-token").await;
    assert!(outcome["placed"].is_object(), "{outcome}");
}

#[tokio::test]
async fn without_a_customer_in_the_configuration_the_app_says_whose_it_is() {
    let desk = Desk::with(|config| config.vendor.customer = None).await;
    let (_, outcome) = click(&desk, TO, "click-customer").await;
    assert!(outcome["placed"].is_object(), "{outcome}");
}

#[tokio::test]
async fn what_cannot_be_dialled_is_a_fault_of_its_field() {
    let desk = Desk::new().await;
    for (to, key, field) in [
        ("112", "click-0001", "to"),
        ("sip:asha@example.com", "click-0001", "to"),
        ("98111 11003 ext 5", "click-0001", "to"),
        (TO, "short", "key"),
        (TO, "not a key!", "key"),
    ] {
        let (status, problem) = click(&desk, to, key).await;
        assert_eq!((status, &problem["field"]), (422, &json!(field)), "{to} {key}");
        assert!(!problem.to_string().contains("98111"), "{problem}");
    }
    let boss = desk.also("boss", Role::Admin, None).await;
    let body = json!({ "to": TO, "key": "click-0001" });
    let (status, problem) = desk.send(&boss, Method::POST, "/api/calls", &body).await;
    assert_eq!((status, &problem["code"]), (403, &json!("no_agent")));
    assert!(table(&desk).await.is_empty());
}

#[tokio::test]
async fn an_agent_may_place_so_many_calls_a_minute() {
    let desk = Desk::with(|config| config.phone.calls_per_minute = 2).await;
    fault(&desk, 400, "before").await;
    for key in ["click-rate-1", "click-rate-2"] {
        let (_, outcome) = click(&desk, TO, key).await;
        assert!(!outcome.to_string().contains("in a minute"), "{outcome}");
    }
    let (_, outcome) = click(&desk, TO, "click-rate-3").await;
    let message = outcome["refused"]["message"].as_str().unwrap();
    assert!(message.contains("2 calls in a minute"), "{message}");
}

#[tokio::test]
async fn only_an_agent_of_the_call_says_what_their_leg_did() {
    let desk = Desk::new().await;
    let ravi = desk.also("ravi", Role::Agent, Some("ravi")).await;
    let (_, placed) = click(&desk, TO, "click-legs").await;
    let path = format!("/api/calls/{}/leg", placed["placed"]["sid"].as_str().unwrap());
    let (status, _) = desk.send(&ravi, Method::POST, &path, &json!("declined")).await;
    assert_eq!(status, 404);
    let (status, _) = desk
        .send(&desk.asha, Method::POST, &path, &json!("answered"))
        .await;
    assert_eq!(status, 204);
    // Legs that ring before the platform has named anybody: a group's, so each is believed.
    let early = "/api/calls/0123456789abcdef0123456789abcdef/leg";
    for who in [&ravi, &desk.asha] {
        let (status, _) = desk.send(who, Method::POST, early, &json!("declined")).await;
        assert_eq!(status, 204);
    }
    let no_id = "/api/calls/a%20b/leg";
    let (status, _) = desk.send(&ravi, Method::POST, no_id, &json!("declined")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn an_agent_may_speak_of_so_many_unknown_calls_a_minute() {
    let desk = Desk::new().await;
    let mut statuses = Vec::new();
    for no in 0..32 {
        let path = format!("/api/calls/unknown{no}/leg");
        let (status, _) = desk
            .send(&desk.asha, Method::POST, &path, &json!("rang_out"))
            .await;
        statuses.push(status);
    }
    assert!(statuses[..30].iter().all(|status| *status == 204), "{statuses:?}");
    assert_eq!(statuses[30..], [429, 429]);
    let (status, _) = desk
        .send(
            &desk.asha,
            Method::POST,
            "/api/calls/unknown0/leg",
            &json!("answered"),
        )
        .await;
    assert_eq!(status, 204, "this one is known");
}

#[tokio::test]
async fn nobody_joins_a_call_of_others_after_its_first_minute() {
    let desk = Desk::new().await;
    for (sid, minutes, wanted) in [("group-now", 0, 204), ("group-then", 2, 404)] {
        let at = clock::now() - minutes * 60_000;
        let write = Write {
            facts: Some((
                sid.to_owned(),
                calls::of_leg_report("ravi", LegReport::RangOut, at),
            )),
            at,
            ..Write::default()
        };
        desk.server.app.writer.write(write).await.unwrap();
        let path = format!("/api/calls/{sid}/leg");
        let (status, _) = desk
            .send(&desk.asha, Method::POST, &path, &json!("answered"))
            .await;
        assert_eq!(status, wanted, "{sid}");
    }
}

#[tokio::test]
async fn a_key_is_for_one_number() {
    let desk = Desk::new().await;
    let (_, placed) = click(&desk, TO, "click-number").await;
    assert!(placed["placed"].is_object(), "{placed}");
    let (status, problem) = click(&desk, "098111 11004", "click-number").await;
    assert_eq!((status, &problem["field"]), (409, &json!("key")));
    assert_eq!(table(&desk).await.len(), 1);
}

#[tokio::test]
async fn a_customer_is_called_back_by_an_earlier_call_without_their_number_being_seen() {
    let desk = Desk::with(|config| config.phone.whole_numbers_from = Role::Supervisor).await;
    let facts = calls::of_placement("asha", DIALLED, "", clock::now());
    let write = Write {
        facts: Some(("earlier".to_owned(), facts)),
        at: clock::now(),
        ..Write::default()
    };
    desk.server.app.writer.write(write).await.unwrap();
    let back = async |sid: &str, key: &str| {
        let body = json!({ "call": sid, "key": key });
        desk.send(&desk.asha, Method::POST, "/api/calls", &body).await
    };
    let (status, placed) = back("earlier", "click-back-1").await;
    assert_eq!(status, 200, "{placed}");
    assert_eq!(placed["placed"]["dialled"], "+••••••••••03");
    let rows = table(&desk).await;
    assert!(rows[0].to_string().contains("9811111003"), "{rows:?}");
    assert_eq!(back("another's", "click-back-2").await.0, 404);
}
