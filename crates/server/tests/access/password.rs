//! Another password for one's own account.

use protocol::session::Role;
use reqwest::StatusCode;
use serde_json::json;

use crate::ask::{Answered, By, PASSWORD, add, post, sign_in, signed_in, who};
use crate::support::server::TestServer;

const OTHER: &str = "horse battery staple";

async fn change(server: &TestServer, by: &By, old: &str, new: &str) -> Answered {
    let typed = json!({ "old": old, "new": new });
    post(server, "/api/session/password", by, &typed).await
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_keeps_this_one() {
    let server = TestServer::start(|_| {}).await;
    let asha = signed_in(&server, "asha", Role::Agent).await;
    let ravi = signed_in(&server, "ravi", Role::Agent).await;
    let lost = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    let answer = change(&server, &asha, PASSWORD, OTHER).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    assert!(who(&server, &asha).await.is_ok(), "this one goes on");
    assert_eq!(who(&server, &lost).await, Err("not_signed_in".to_owned()));
    assert!(who(&server, &ravi).await.is_ok(), "somebody else's");
    assert_eq!(sign_in(&server, "asha", PASSWORD).await.code(), "wrong_password");
    assert_eq!(sign_in(&server, "asha", OTHER).await.status, StatusCode::OK);
    let records = server.app.store.audit(None, 10).await.unwrap();
    let changed = records.iter().find(|it| it.record.what == "change_password");
    assert_eq!(changed.map(|it| it.record.who.as_str()), Some("asha"));
}

#[tokio::test]
async fn only_who_knows_the_old_one_may_and_not_by_guessing() {
    let server = TestServer::start(|config| config.sessions.tries = 3).await;
    let asha = signed_in(&server, "asha", Role::Agent).await;
    let field = |answer: &Answered| {
        let problem: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        (
            answer.status.as_u16(),
            problem["field"].as_str().unwrap_or_default().to_owned(),
        )
    };
    for (new, wrong) in [(PASSWORD, "new"), ("short", "new")] {
        let answer = change(&server, &asha, PASSWORD, new).await;
        assert_eq!(field(&answer), (422, wrong.to_owned()), "{}", answer.text);
    }
    for _ in 0..3 {
        let answer = change(&server, &asha, "a wrong one", OTHER).await;
        assert_eq!(field(&answer), (422, "old".to_owned()), "{}", answer.text);
    }
    // Also with the right one, and at the door: it is one count.
    assert_eq!(change(&server, &asha, PASSWORD, OTHER).await.code(), "too_many");
    assert_eq!(sign_in(&server, "asha", PASSWORD).await.code(), "too_many");
    assert!(who(&server, &asha).await.is_ok(), "who is inside stays inside");
}

#[tokio::test]
async fn an_account_that_comes_by_ticket_has_none_to_change() {
    let server = TestServer::start(|_| {}).await;
    let guest = server.signed_in("guest", Role::Agent, None).await;
    let answer = change(&server, &By::Bearer(guest.token), "", OTHER).await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (409, "no_password")
    );
}

#[tokio::test]
async fn what_an_admin_changes_meanwhile_stays_changed() {
    let server = TestServer::start(|_| {}).await;
    add(&server, "asha", Role::Agent).await;
    let asha = server.app.store.person("asha").await.unwrap().unwrap();
    let keep = [7; 32];
    let changed = server
        .app
        .store
        .put_password("asha", "another hash", "new hash", &keep, 1)
        .await;
    assert!(!changed.unwrap(), "it was not the one that the account has");
    let changed = server
        .app
        .store
        .put_password("asha", &asha.password_hash, "new hash", &keep, 1)
        .await;
    assert!(changed.unwrap());
    let now = server.app.store.person("asha").await.unwrap().unwrap();
    assert_eq!((now.password_hash.as_str(), now.role), ("new hash", Role::Agent));
}
