//! Subscribers, one by one.

use protocol::admin::subscribers::{SubscriberPage, SubscriberStatus, SubscriberToken, SubscriberView};
use reqwest::Method;
use serde_json::json;

use super::Desk;

#[tokio::test]
async fn subscribers_are_walked_by_the_vendors_links_and_by_status() {
    let desk = Desk::new().await;
    let path = "/api/admin/subscribers";
    for no in 0..7 {
        let new = Some(json!({ "name": format!("walk{no}"), "note": "north" }));
        let made: SubscriberView = desk.ask(Method::POST, path, new).await;
        assert_eq!(
            (made.status, made.note.as_str()),
            (SubscriberStatus::Active, "north")
        );
    }
    desk.vendor.quirk("page-hosts").await;
    let mut names = Vec::new();
    let mut page: SubscriberPage = desk.get(&format!("{path}?limit=3&status=active")).await;
    loop {
        names.extend(page.subscribers.into_iter().map(|it| it.name));
        let Some(next) = page.next else { break };
        page = desk.get(&format!("{path}?page={next}")).await;
        assert!(page.previous.is_some() && page.first.is_some());
    }
    let walked = names.iter().filter(|name| name.starts_with("walk")).count();
    assert_eq!(walked, 7, "{names:?}");
    let (status, problem) = desk
        .refused(Method::GET, &format!("{path}?page=L2V2aWw"), None)
        .await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("page")));

    let one = format!("{path}/walk3");
    let before: SubscriberView = desk.get(&one).await;
    let suspend = |seen| Some(json!({ "status": "inactive", "seen": seen }));
    let late = desk
        .refused(Method::PUT, &one, suspend(before.updated_at.unwrap() - 60_000))
        .await;
    assert_eq!((late.0, late.1.code.as_str()), (409, "changed_meanwhile"));
    let changed: SubscriberView = desk
        .ask(Method::PUT, &one, suspend(before.updated_at.unwrap()))
        .await;
    assert_eq!(
        (changed.status, changed.note.as_str()),
        (SubscriberStatus::Inactive, "north")
    );
    let inactive: SubscriberPage = desk.get(&format!("{path}?status=inactive")).await;
    assert_eq!(inactive.subscribers.len(), 1);
    assert_eq!(desk.said(Method::DELETE, &one, None).await.0, 204);
    let (status, problem) = desk.refused(Method::DELETE, &one, None).await;
    assert_eq!((status, problem.vendor.is_some()), (404, true));
}

#[tokio::test]
async fn a_token_is_given_once_and_kept_nowhere() {
    let desk = Desk::new().await;
    let new = Some(json!({ "name": "browser1" }));
    let _: SubscriberView = desk.ask(Method::POST, "/api/admin/subscribers", new).await;
    let path = "/api/admin/subscribers/browser1/token";
    let asked = Some(json!({ "device": "laptop-1" }));
    let first: SubscriberToken = desk.ask(Method::POST, path, asked.clone()).await;
    let second: SubscriberToken = desk.ask(Method::POST, path, asked).await;
    assert_ne!(first.token.reveal(), second.token.reveal(), "made anew each time");
    assert!(first.access_ends < first.refresh_ends && first.access_ends > server::clock::now());
    let pair: serde_json::Value = serde_json::from_str(first.token.reveal()).unwrap();
    let access = pair["access_token"].as_str().unwrap();
    for (table, ..) in server::store::EXPORTED {
        let rows = desk.server.app.store.export(table, 0, 500).await.unwrap();
        assert!(!format!("{rows:?}").contains(access), "{table}");
    }
    let (status, problem) = desk
        .refused(Method::POST, path, Some(json!({ "device": " " })))
        .await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("device_id")));
}
