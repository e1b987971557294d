//! `POST /api/log/…`

use protocol::call::LegReport;
use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::calls::{Facts, of_leg_report};
use server::clock::now;
use server::store::Write;

use super::Desk;
use super::support::server::Signed;

/// A call that Asha refused so many milliseconds ago.
async fn ended(desk: &Desk, sid: &str, ago: i64) {
    let at = now() - ago;
    let mut facts = of_leg_report("asha", LegReport::Declined, at);
    let popup =
        json!({ "CallSid": sid, "AppUserID": "asha", "FromNumber": "09811111003", "Direction": "inbound" });
    let hook = exotel::hooks::parse(
        exotel::hooks::HookKind::Popup,
        Some("application/json"),
        "",
        popup.to_string().as_bytes(),
    );
    if let Some((_, told)) = server::calls::of_hook_so_far(&hook.unwrap(), at, 330) {
        facts.join(&told);
    }
    facts.join(&Facts::heard(at));
    let write = Write {
        facts: Some((sid.to_owned(), facts)),
        at,
        ..Write::default()
    };
    desk.server.app.writer.write(write).await.unwrap();
}

async fn lease(desk: &Desk, who: &Signed, holder: &str) -> Vec<Value> {
    let ask = json!({ "holder": holder });
    let (status, answer) = desk.send(who, Method::POST, "/api/log/lease", &ask).await;
    assert_eq!(status, 200, "{answer}");
    answer["entries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_laptop_closes_and_the_next_page_writes_the_call_once() {
    let desk = Desk::new().await;
    assert!(lease(&desk, &desk.asha, "page-one").await.is_empty());
    ended(&desk, "sid1", 61_000).await;
    // It rings off now: the wrap-up goes on, unless the agent says that it is over.
    ended(&desk, "sid2", 0).await;
    let entries = lease(&desk, &desk.asha, "page-one").await;
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(entries[0]["sid"], "sid1");
    assert_eq!(entries[0]["number"], "09811111003");
    assert_eq!(entries[0]["outcome"], "declined");
    let note = json!({ "text": "wants a refund", "disposition": "" });
    desk.send(&desk.asha, Method::PUT, "/api/calls/sid2/note", &note)
        .await;
    // Page one dies with its lease; another page gets the second, and the first once the lease is over.
    let entries = lease(&desk, &desk.asha, "page-two").await;
    assert_eq!(
        (entries.len(), &entries[0]["note"]),
        (1, &json!("wants a refund"))
    );
    let done = json!({ "lease": entries[0]["lease"], "reference": "crm-7" });
    for _ in 0..2 {
        let (status, answer) = desk
            .send(&desk.asha, Method::POST, "/api/log/sid2/done", &done)
            .await;
        assert_eq!(status, 204, "{answer}");
    }
    let late = json!({ "lease": "1.page-zero", "reference": "crm-8" });
    let (status, problem) = desk
        .send(&desk.asha, Method::POST, "/api/log/sid2/done", &late)
        .await;
    assert_eq!((status, &problem["code"]), (409, &json!("logged_meanwhile")));
    assert_eq!(problem["stands"], "crm-7");
    let ravi = desk.also("ravi", Role::Agent, Some("ravi")).await;
    assert!(lease(&desk, &ravi, "page-three").await.is_empty());
    let (status, _) = desk.send(&ravi, Method::POST, "/api/log/sid2/done", &done).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn the_wrap_up_of_the_policy_is_waited_for() {
    let desk = Desk::new().await;
    let boss = desk.also("boss", Role::Admin, None).await;
    let (_, mut policy) = desk.get(&boss, "/api/admin/policy").await;
    policy["policy"]["wrap_up"]["seconds"] = json!(600);
    let change = json!({ "version": policy["version"], "policy": policy["policy"] });
    let (status, answer) = desk.send(&boss, Method::PUT, "/api/admin/policy", &change).await;
    assert_eq!(status, 200, "{answer}");
    ended(&desk, "sid1", 590_000).await;
    ended(&desk, "sid2", 610_000).await;
    let entries = lease(&desk, &desk.asha, "page-one").await;
    assert_eq!((entries.len(), &entries[0]["sid"]), (1, &json!("sid2")));
}

#[tokio::test]
async fn who_may_not_see_numbers_logs_dots_and_an_admin_sees_what_fails() {
    let desk = Desk::with(|config| config.phone.whole_numbers_from = Role::Supervisor).await;
    let boss = desk.also("boss", Role::Admin, None).await;
    ended(&desk, "sid1", 61_000).await;
    let entries = lease(&desk, &desk.asha, "page-one").await;
    assert_eq!(entries[0]["number"], "•••••••••03");
    let failed = json!({ "lease": entries[0]["lease"], "words": "The CRM does not know 09811111003" });
    let path = "/api/log/sid1/failed";
    assert_eq!(desk.send(&desk.asha, Method::POST, path, &failed).await.0, 204);
    let (status, problem) = desk.send(&desk.asha, Method::POST, path, &failed).await;
    assert_eq!((status, &problem["code"]), (409, &json!("lease_over")));
    assert_eq!(desk.get(&desk.asha, "/api/admin/log").await.0, 403);
    let (_, log) = desk.get(&boss, "/api/admin/log").await;
    let trouble = &log["troubles"][0];
    assert_eq!(
        (&trouble["sid"], &trouble["agent"]),
        (&json!("sid1"), &json!("asha"))
    );
    assert_eq!(trouble["words"], "The CRM does not know •••••••••••");
}
