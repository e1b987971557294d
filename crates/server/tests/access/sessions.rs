//! A session's life, and ending it from elsewhere.

use std::time::Duration;

use protocol::session::{OpenSession, Role};
use reqwest::{Method, StatusCode};
use server::clock::now;
use server::store::Carrier;

use crate::ask::{By, PASSWORD, from_home, kept, send, sign_in, signed_in, who};
use crate::support::server::TestServer;

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn use_moves_the_end_but_not_past_the_longest_life() {
    let server = TestServer::start(|config| {
        config.sessions.idle = Duration::from_secs(30 * 60);
        config.sessions.longest = Duration::from_secs(70 * 60);
    })
    .await;
    // Began an hour before its end, which is 10 minutes away: 50 minutes ago.
    let (secret, before) = kept(&server, Role::Agent, Carrier::Cookie, now() + 10 * MINUTE).await;
    let end = who(&server, &By::Cookie(secret.clone()))
        .await
        .unwrap()
        .expires_at;
    assert_eq!(end, before.created_at + 70 * MINUTE);
    // Younger: half an hour from now.
    let (secret, _) = kept(&server, Role::Agent, Carrier::Cookie, now() + 25 * MINUTE).await;
    let moved = who(&server, &By::Cookie(secret.clone()))
        .await
        .unwrap()
        .expires_at;
    assert!((moved - now() - 30 * MINUTE).abs() < 20_000, "{moved}");
    // And then not again for a minute, so that a busy page does not write with each request.
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(who(&server, &By::Cookie(secret)).await.unwrap().expires_at, moved);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_back() {
    let server = TestServer::start(|_| {}).await;
    let asha = signed_in(&server, "asha", Role::Agent).await;
    let elsewhere = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    let answer = send(from_home(&server, Method::DELETE, "/api/session", &asha)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-softphone=; Max-Age=0;"), "{cookie}");
    assert_eq!(who(&server, &asha).await, Err("not_signed_in".to_owned()));
    assert!(who(&server, &elsewhere).await.is_ok(), "only this one");
}

#[tokio::test]
async fn people_see_and_end_their_own_sessions_and_admins_anybodys() {
    let server = TestServer::start(|_| {}).await;
    let asha = signed_in(&server, "asha", Role::Agent).await;
    let lost = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    let ravi = signed_in(&server, "ravi", Role::Supervisor).await;
    let admin = signed_in(&server, "root", Role::Admin).await;
    let list = async |by: &By, of: &str| {
        let answer = send(from_home(&server, Method::GET, &format!("/api/sessions{of}"), by)).await;
        answer.read::<Vec<OpenSession>>()
    };
    let end = async |by: &By, path: &str| send(from_home(&server, Method::DELETE, path, by)).await;

    let sessions = list(&asha, "").await;
    assert_eq!(
        sessions.iter().map(|s| s.current).collect::<Vec<_>>(),
        [false, true],
        "newest first"
    );
    let lost_id = format!("/api/sessions/{}", sessions[0].id);
    assert_eq!(
        end(&ravi, &lost_id).await.code(),
        "not_found",
        "not even that it is there"
    );
    assert_eq!(end(&ravi, "/api/sessions?name=asha").await.code(), "role_too_low");
    let peek = send(from_home(&server, Method::GET, "/api/sessions?name=asha", &ravi)).await;
    assert_eq!(peek.code(), "role_too_low");
    assert_eq!(end(&asha, &lost_id).await.status, StatusCode::NO_CONTENT);
    assert!(who(&server, &lost).await.is_err());
    assert_eq!(end(&asha, &lost_id).await.code(), "not_found");

    assert_eq!(list(&admin, "?name=asha").await.len(), 1);
    assert_eq!(
        end(&admin, "/api/sessions?name=asha").await.status,
        StatusCode::NO_CONTENT
    );
    assert!(who(&server, &asha).await.is_err());
    assert!(who(&server, &ravi).await.is_ok());
    assert_eq!(end(&admin, "/api/sessions?name=nobody").await.code(), "not_found");
    // However it is typed.
    let asha = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    let typed = end(&admin, "/api/sessions?name=%20Asha").await;
    assert_eq!(typed.status, StatusCode::NO_CONTENT);
    assert!(who(&server, &asha).await.is_err());
    let audit = server.app.store.audit(None, 10).await.unwrap();
    let last = &audit[0].record;
    assert_eq!(
        (&*last.who, &*last.what, &*last.target),
        ("root", "end_sessions", "asha")
    );
}
