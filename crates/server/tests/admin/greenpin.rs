//! GreenPin: many changes at once, pins on request, every error code as a sentence.

use exotel::greenpin::GreenPinCode as Code;
use protocol::admin::greenpin::{AllocationsChanged, GreenPinCodes, ItemOutcome, RevealedPin};
use protocol::greenpin::Allocated;
use reqwest::Method;
use serde_json::{Value, json};

use super::Desk;

const PATH: &str = "/api/greenpin/allocations";

fn new(no: usize) -> Value {
    json!({ "transaction_id": format!("order-{no}"), "terms": {
        "a": { "vns": ["+916292134471"], "numbers": [format!("+9179876861{no:02}")] },
        "b": { "numbers": [format!("+9199565556{no:02}")], "pin_length": 6 },
    }})
}

#[tokio::test]
async fn what_can_be_changed_is_changed_and_the_rest_says_why() {
    let desk = Desk::new().await;
    let mut ids = Vec::new();
    for no in 0..2 {
        let made: Allocated = desk.ask(Method::POST, PATH, Some(new(no))).await;
        ids.push(made.allocation.greenpin_id);
    }
    ids.insert(1, "0c1d2e3f-0000-4000-8000-000000000000".to_owned());
    let change = |id: &String| json!({ "greenpin_id": id, "terms": { "usage": "oneway" } });
    let changes = |ids: &[String]| Some(json!({ "changes": ids.iter().map(change).collect::<Vec<_>>() }));
    let changed: AllocationsChanged = desk.ask(Method::PUT, PATH, changes(&ids)).await;
    let went = |item: &ItemOutcome| match item {
        ItemOutcome::Changed(view) => view.usage.clone(),
        ItemOutcome::Refused(problem) => problem.message.clone(),
    };
    let went: Vec<String> = changed.items.iter().map(|item| went(&item.outcome)).collect();
    assert_eq!((went[0].as_str(), went[2].as_str()), ("oneway", "oneway"));
    assert!(
        went[1].starts_with("The vendor knows no such allocation. "),
        "{went:?}"
    );
    let twice = [ids[0].clone(), ids[0].clone()];
    assert_eq!(desk.refused(Method::PUT, PATH, changes(&twice)).await.0, 422);
}

#[tokio::test]
async fn a_pin_is_shown_on_request_and_each_time_recorded() {
    let desk = Desk::new().await;
    let made: Allocated = desk.ask(Method::POST, PATH, Some(new(1))).await;
    let id = &made.allocation.greenpin_id;
    let (_, text) = desk.said(Method::GET, &format!("{PATH}/{id}"), None).await;
    let pin = made.b_pin.unwrap();
    assert!(
        !text.contains(pin.reveal()),
        "a pin is hidden until asked for: {text}"
    );
    let reveal = format!("{PATH}/{id}/reveal");
    let shown: RevealedPin = desk
        .ask(Method::POST, &reveal, Some(json!({ "party": "b" })))
        .await;
    assert_eq!(shown.pin, Some(pin.clone()));
    let path = format!("{PATH}/{id}");
    let usage = json!({ "usage": "oneway" });
    let changed: Allocated = desk.ask(Method::PUT, &path, Some(usage)).await;
    assert_eq!((changed.a_pin, changed.b_pin), (None, None), "neither is new");
    let longer = json!({ "b": { "pin_length": 8 } });
    let changed: Allocated = desk.ask(Method::PUT, &path, Some(longer)).await;
    assert!(changed.a_pin.is_none() && changed.b_pin.is_some_and(|pin| pin.reveal().len() == 8));
    let records = desk.server.app.store.audit(None, 10).await.unwrap();
    let record = records.iter().map(|stored| &stored.record);
    let record = record.clone().find(|record| record.what == "reveal_pin").unwrap();
    let said = (
        record.who.as_str(),
        record.what.as_str(),
        record.target.as_str(),
        record.detail.as_str(),
    );
    assert_eq!(said, ("boss", "reveal_pin", id.as_str(), "party b"));
    assert!(!format!("{records:?}").contains(pin.reveal()));
}

#[tokio::test]
async fn every_documented_code_is_a_sentence_with_a_next_step() {
    let desk = Desk::new().await;
    let listed: GreenPinCodes = desk.get("/api/admin/greenpin/codes").await;
    assert_eq!(listed.codes.len(), 20);
    for (code, listed) in Code::documented().zip(&listed.codes) {
        let fault = json!({
            "api": "greenpin", "operation": "update_allocation", "status": code.http_status(),
            "code": code.number(), "words": code.vendor_words(),
        });
        desk.vendor.make("platform/faults", fault).await;
        let path = format!("{PATH}/some-id");
        let change = Some(json!({ "usage": "oneway" }));
        let (_, problem) = desk.refused(Method::PUT, &path, change).await;
        assert_eq!(problem.message, listed.message, "{code:?}");
        assert_eq!(problem.vendor.as_deref(), code.vendor_words(), "{code:?}");
    }
}
