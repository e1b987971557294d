//! Keys of CRMs' backends.

use protocol::admin::keys::{KeyList, MadeKey};
use reqwest::Method;
use serde_json::json;

use super::Desk;

const PATH: &str = "/api/admin/keys";

#[tokio::test]
async fn a_key_is_shown_once_opens_and_is_revoked() {
    let desk = Desk::new().await;
    let (status, text) = desk
        .said(Method::POST, PATH, Some(json!({ "name": " crm.live " })))
        .await;
    assert_eq!(status, 201, "{text}");
    let made: MadeKey = serde_json::from_str(&text).unwrap();
    assert_eq!(made.name, "crm.live");
    let opens = async || {
        let ask = desk.server.http.put(desk.server.url("/api/dial-contexts"));
        let ask = ask
            .bearer_auth(made.key.reveal())
            .header("content-type", "application/json");
        ask.body("[]").send().await.unwrap().status().as_u16()
    };
    assert_eq!(opens().await, 204);
    let (_, text) = desk.said(Method::GET, PATH, None).await;
    assert!(!text.contains(made.key.reveal()), "nobody is told it again");
    let list: KeyList = serde_json::from_str(&text).unwrap();
    let names: Vec<_> = list
        .keys
        .iter()
        .map(|key| (key.name.as_str(), key.revoked))
        .collect();
    assert_eq!(names, [("crm.live", false)]);

    let (status, problem) = desk
        .refused(Method::POST, PATH, Some(json!({ "name": "crm.live" })))
        .await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("name")));
    let path = format!("{PATH}/crm.live");
    assert_eq!(desk.said(Method::DELETE, &path, None).await.0, 204);
    assert_eq!(opens().await, 401);
    assert_eq!(desk.refused(Method::DELETE, &path, None).await.0, 404);
    let list: KeyList = desk.get(PATH).await;
    assert!(list.keys[0].revoked);
    let records: Vec<_> = desk
        .records()
        .await
        .into_iter()
        .map(|it| (it.0, it.1, it.2))
        .collect();
    let wanted =
        ["revoke_key", "add_key"].map(|what| ("boss".to_owned(), what.to_owned(), "crm.live".to_owned()));
    assert_eq!(records, wanted);
}

#[tokio::test]
async fn a_name_that_would_not_fit_into_an_address_is_refused() {
    let desk = Desk::new().await;
    for name in ["", " ", "a/b", "a b", "é", &"x".repeat(65)] {
        let (status, problem) = desk
            .refused(Method::POST, PATH, Some(json!({ "name": name })))
            .await;
        assert_eq!((status, problem.field.as_deref()), (422, Some("name")), "{name}");
    }
}
