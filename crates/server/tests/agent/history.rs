//! `GET /api/calls`

use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::calls;
use server::store::Write;

use super::Desk;
use super::support::server::Signed;

/// The day the calls of these tests began.
const BEGAN: i64 = 1_764_000_000_000;

/// Writes a call that `agent` placed, `minutes` after the first.
pub(crate) async fn placed(desk: &Desk, sid: &str, agent: &str, to: &str, minutes: i64) {
    let at = BEGAN + minutes * 60_000;
    let facts = calls::of_placement(agent, to, "+918040408080", at);
    let facts = Some((sid.to_owned(), facts));
    let write = Write {
        facts,
        at,
        ..Write::default()
    };
    desk.server.app.writer.write(write).await.unwrap();
}

/// The ids of all pages.
async fn all_pages(desk: &Desk, who: &Signed, query: &str) -> Vec<String> {
    let (mut sids, mut before) = (Vec::new(), String::new());
    loop {
        let (status, page) = desk
            .get(who, &format!("/api/calls?limit=7{query}&before={before}"))
            .await;
        assert_eq!(status, 200, "{page}");
        let calls = page["calls"].as_array().unwrap();
        assert!(calls.len() <= 7);
        sids.extend(
            calls
                .iter()
                .map(|call| call["call"]["sid"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => before = next.to_owned(),
            None => return sids,
        }
    }
}

#[tokio::test]
async fn pages_tell_each_call_once_newest_first_and_only_to_whom_it_concerns() {
    let desk = Desk::new().await;
    let boss = desk.also("boss", Role::Supervisor, None).await;
    for index in 0..40 {
        let agent = if index % 4 == 0 { "ravi" } else { "asha" };
        // Ties in time: four calls begin in the same minute.
        placed(
            &desk,
            &format!("sid{index:02}"),
            agent,
            &format!("+9198111100{index:02}"),
            index / 4,
        )
        .await;
    }
    let newest_first = |wanted: &dyn Fn(i64) -> bool| {
        let sids = (0..40).rev().filter(|index| wanted(*index));
        sids.map(|index| format!("sid{index:02}")).collect::<Vec<_>>()
    };
    assert_eq!(
        all_pages(&desk, &desk.asha, "").await,
        newest_first(&|index| index % 4 != 0)
    );
    assert_eq!(all_pages(&desk, &desk.asha, "&agent=asha").await.len(), 30);
    assert_eq!(all_pages(&desk, &boss, "").await, newest_first(&|_| true));
    assert_eq!(
        all_pages(&desk, &boss, "&agent=ravi").await,
        newest_first(&|index| index % 4 == 0)
    );
    assert_eq!(all_pages(&desk, &desk.asha, "&search=110013").await, ["sid13"]);
    assert!(
        all_pages(&desk, &desk.asha, "&search=110012").await.is_empty(),
        "that is Ravi's"
    );

    assert_eq!(
        all_pages(&desk, &desk.asha, "&direction=outbound").await.len(),
        30
    );
    for none in ["&direction=inbound", "&outcome=missed"] {
        assert!(all_pages(&desk, &desk.asha, none).await.is_empty(), "{none}");
    }
    let (status, problem) = desk.get(&desk.asha, "/api/calls?direction=up").await;
    assert_eq!((status, &problem["code"]), (400, &json!("wrong_query")));

    let (status, problem) = desk.get(&desk.asha, "/api/calls?agent=ravi").await;
    assert_eq!((status, &problem["field"]), (422, &json!("agent")));
    let (status, problem) = desk.get(&desk.asha, "/api/calls?before=nonsense").await;
    assert_eq!((status, &problem["field"]), (422, &json!("before")));
    let (status, problem) = desk.get(&desk.asha, "/api/calls?limit=many").await;
    assert_eq!((status, &problem["code"]), (400, &json!("wrong_query")));
    assert_eq!(desk.get(&desk.asha, "/api/calls/sid12").await.0, 404, "Ravi's");
    assert_eq!(desk.get(&boss, "/api/calls/sid12").await.0, 200);
    assert_eq!(desk.get(&boss, "/api/calls/sid1").await.0, 404);
}

#[tokio::test]
async fn numbers_are_hidden_from_roles_below_the_configured_one_and_cannot_be_searched_out() {
    let desk = Desk::with(|config| config.phone.whole_numbers_from = Role::Supervisor).await;
    let boss = desk.also("boss", Role::Supervisor, None).await;
    placed(&desk, "sid1", "asha", "+919811111003", 0).await;
    let note = json!({ "text": "wants a refund", "disposition": "" });
    desk.send(&desk.asha, Method::PUT, "/api/calls/sid1/note", &note)
        .await;
    let number = |page: &Value| page["calls"][0]["call"]["number"].clone();
    for path in ["/api/calls", "/api/calls/sid1", "/api/calls?search=REFUND"] {
        let (_, page) = desk.get(&desk.asha, path).await;
        assert_eq!(number(&page), "+••••••••••03", "{path}");
        assert!(!page.to_string().contains("98111"), "{path}");
        assert_eq!(number(&desk.get(&boss, path).await.1), "+919811111003", "{path}");
    }
    let (status, problem) = desk.get(&desk.asha, "/api/calls?search=98111").await;
    assert_eq!((status, &problem["field"]), (422, &json!("search")));
    assert_eq!(
        number(&desk.get(&boss, "/api/calls?search=98111").await.1),
        "+919811111003"
    );
    let (_, phone) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!(phone["features"]["whole_numbers"], false);
}

#[tokio::test]
async fn calls_are_found_by_the_customers_name() {
    let desk = Desk::new().await;
    placed(&desk, "sid1", "asha", "+919811111003", 0).await;
    placed(&desk, "sid2", "asha", "+919811111004", 1).await;
    super::caller::told(&desk, "09811111003").await;
    for search in ["Kavya", "kavya rao", "RAO"] {
        assert_eq!(
            all_pages(
                &desk,
                &desk.asha,
                &format!("&search={}", search.replace(' ', "%20"))
            )
            .await,
            ["sid1"],
            "{search}"
        );
    }
    // What a CRM says of them is no name.
    assert!(all_pages(&desk, &desk.asha, "&search=gold").await.is_empty());
}
