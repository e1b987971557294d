//! `GET /api/calls/{sid}/caller`

use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::dial_whom::index_key;
use server::store::StoredDialContext;

use super::Desk;
use super::history::placed;

/// What a CRM has told.
pub(super) async fn told(desk: &Desk, number: &str) {
    let context = json!({ "key": { "caller": number }, "destination": "asha",
        "customer": { "name": "Kavya Rao", "about": "Gold, Pune", "link": "https://crm.test/kavya" } });
    let context: protocol::dial::DialContext = serde_json::from_value(context).unwrap();
    let key = index_key(&context.key);
    let stored = StoredDialContext { key, context };
    desk.server.app.store.put_dial_contexts(&[stored]).await.unwrap();
}

#[tokio::test]
async fn what_is_known_of_a_customer_is_told_to_the_agent_of_the_call_alone() {
    let desk = Desk::new().await;
    let ravi = desk.also("ravi", Role::Agent, Some("ravi")).await;
    for (sid, agent, number) in [
        ("sid1", "asha", "+919811111003"),
        ("sid2", "asha", "09811111003"),
        ("sid3", "asha", "+919811111004"),
        ("sid4", "ravi", "+919811111003"),
        ("sid5", "asha", "9811111003"),
    ] {
        placed(&desk, sid, agent, number, sid.as_bytes()[3].into()).await;
    }
    let note = json!({ "text": "wants a refund", "disposition": "" });
    desk.send(&desk.asha, Method::PUT, "/api/calls/sid1/note", &note)
        .await;
    told(&desk, "080 not this one").await;
    told(&desk, "+91 98111 11003").await;

    let (status, card) = desk.get(&desk.asha, "/api/calls/sid5/caller").await;
    assert_eq!(status, 200, "{card}");
    assert_eq!((&card["earlier"], &card["more"]), (&json!(2), &json!(false)));
    assert_eq!(card["last"]["call"]["sid"], "sid2");
    assert_eq!(card["last_note"]["text"], "wants a refund");
    assert_eq!(card["customer"]["name"], "Kavya Rao");

    // Of an older call, what was before it: not what came since.
    let (_, card) = desk.get(&desk.asha, "/api/calls/sid2/caller").await;
    assert_eq!(
        (&card["earlier"], &card["last"]["call"]["sid"]),
        (&json!(1), &json!("sid1"))
    );
    let (_, card) = desk.get(&desk.asha, "/api/calls/sid1/caller").await;
    assert_eq!((&card["earlier"], &card["last_note"]), (&json!(0), &Value::Null));

    let (_, card) = desk.get(&desk.asha, "/api/calls/sid3/caller").await;
    assert_eq!((&card["earlier"], &card["last"]), (&json!(0), &Value::Null));
    assert_eq!(card["customer"], Value::Null);
    assert_eq!(desk.get(&ravi, "/api/calls/sid5/caller").await.0, 404, "Asha's");
}

#[tokio::test]
async fn callers_who_hide_their_number_are_not_taken_for_one_person() {
    let desk = Desk::new().await;
    placed(&desk, "sid1", "asha", "anonymous", 0).await;
    placed(&desk, "sid2", "asha", "anonymous", 1).await;
    let note = json!({ "text": "a private matter", "disposition": "" });
    desk.send(&desk.asha, Method::PUT, "/api/calls/sid1/note", &note)
        .await;
    told(&desk, "anonymous").await;
    let (status, card) = desk.get(&desk.asha, "/api/calls/sid2/caller").await;
    assert_eq!(status, 200, "{card}");
    assert_eq!((&card["earlier"], &card["last_note"]), (&json!(0), &Value::Null));
    assert_eq!(card["customer"], Value::Null);
}

#[tokio::test]
async fn a_hidden_number_stays_hidden() {
    let desk = Desk::with(|config| config.phone.whole_numbers_from = Role::Supervisor).await;
    placed(&desk, "sid1", "asha", "+919811111003", 0).await;
    placed(&desk, "sid2", "asha", "+919811111003", 1).await;
    let (_, card) = desk.get(&desk.asha, "/api/calls/sid2/caller").await;
    assert_eq!(
        (&card["number"], &card["earlier"]),
        (&json!("+••••••••••03"), &json!(1))
    );
    assert!(!card.to_string().contains("98111"), "{card}");
}
