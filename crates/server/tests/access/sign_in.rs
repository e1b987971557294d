//! Name and password.

use std::time::{Duration, Instant};

use protocol::session::{Role, Session};
use reqwest::StatusCode;

use crate::ask::{By, PASSWORD, add, from_home, json, send, sign_in, sign_in_body, signed_in, who};
use crate::support::server::TestServer;

#[tokio::test]
async fn the_right_password_gives_a_cookie_that_no_script_and_no_other_site_sees() {
    let server = TestServer::start(|_| {}).await;
    add(&server, "asha", Role::Agent).await;
    let answer = sign_in(&server, " Asha ", PASSWORD).await;
    let session: Session = answer.read();
    assert_eq!(session.name, "asha");
    assert_eq!(session.agent.as_deref(), Some("agent-of-asha"));
    assert_eq!(session.token, None, "the secret is in the cookie only");
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    let secret = answer.cookie();
    let rules = "Path=/; Secure; HttpOnly; SameSite=Strict";
    assert_eq!(cookie, format!("__Host-softphone={secret}; {rules}"));
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(who(&server, &By::Cookie(secret)).await, Ok(session));
}

#[tokio::test]
async fn every_wrong_try_gets_the_same_answer_for_the_same_work() {
    let server = TestServer::start(|config| config.sessions.tries = 1_000).await;
    add(&server, "asha", Role::Agent).await;
    add(&server, "gone", Role::Agent).await;
    server.add("ticket-only", Role::Agent, None).await;
    let mut gone = server.app.store.person("gone").await.unwrap().unwrap();
    gone.disabled = true;
    server.app.store.put_person(&gone).await.unwrap();
    let tries = [
        ("asha", "a wrong password"),
        ("gone", PASSWORD),
        ("ticket-only", ""),
        ("nobody", PASSWORD),
        ("no name at all!", PASSWORD),
    ];
    let mut fastest = [Duration::MAX; 5];
    let mut bodies = Vec::new();
    for _ in 0..5 {
        for (index, (name, password)) in tries.iter().enumerate() {
            let start = Instant::now();
            let answer = sign_in(&server, name, password).await;
            fastest[index] = fastest[index].min(start.elapsed());
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert!(answer.headers.get("set-cookie").is_none());
            bodies.push(answer.text);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert!(bodies[0].contains("wrong_password"));
    // A name whose password is not looked at would be answered in a fiftieth of the time. On a busy machine no finer
    // difference can be told from chance.
    let (least, most) = (fastest.iter().min().unwrap(), fastest.iter().max().unwrap());
    assert!(*least * 10 > *most, "{fastest:?}");
}

#[tokio::test]
async fn too_many_wrong_tries_close_the_door_for_that_name_only() {
    let server = TestServer::start(|config| config.sessions.tries = 3).await;
    add(&server, "asha", Role::Agent).await;
    add(&server, "ravi", Role::Agent).await;
    let session = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    for _ in 0..3 {
        assert_eq!(
            sign_in(&server, "asha", "a wrong one").await.code(),
            "wrong_password"
        );
    }
    for password in ["a wrong one", PASSWORD] {
        let answer = sign_in(&server, "ASHA", password).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::TOO_MANY_REQUESTS, "too_many".to_owned())
        );
        let wait: u32 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=900).contains(&wait), "{wait}");
    }
    assert!(who(&server, &session).await.is_ok(), "who is inside stays inside");
    assert_eq!(sign_in(&server, "ravi", PASSWORD).await.status, StatusCode::OK);
    for _ in 0..3 {
        assert_eq!(
            sign_in(&server, "nobody", "a wrong one").await.code(),
            "wrong_password"
        );
    }
    assert_eq!(
        sign_in(&server, "nobody", "x").await.code(),
        "too_many",
        "so too for no account"
    );
}

#[tokio::test]
async fn a_burst_of_guesses_counts_every_one() {
    let server = TestServer::start(|config| config.sessions.tries = 3).await;
    add(&server, "asha", Role::Agent).await;
    let guesses = (0..20).map(|guess| {
        let guess = format!("guess number {guess}");
        let server = &server;
        async move { sign_in(server, "asha", &guess).await.status }
    });
    let answers = futures_util::future::join_all(guesses).await;
    let looked_at = answers
        .iter()
        .filter(|status| **status == StatusCode::UNAUTHORIZED);
    assert_eq!(looked_at.count(), 3);
}

#[tokio::test]
async fn an_address_is_closed_after_many_names() {
    let server = TestServer::start(|config| config.sessions.tries = 1).await;
    for name in 0..10 {
        assert_eq!(
            sign_in(&server, &format!("name{name}"), "guess").await.code(),
            "wrong_password"
        );
    }
    assert_eq!(sign_in(&server, "fresh-name", "guess").await.code(), "too_many");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_without_being_repeated() {
    let server = TestServer::start(|_| {}).await;
    let ask = || from_home(&server, reqwest::Method::POST, "/api/session", &By::Nobody);
    let plain = "application/json";
    let cases = [
        (
            ask().header("content-type", plain).body("{\"name\":\"canary-7"),
            400,
            "not_json",
        ),
        (
            ask()
                .header("content-type", plain)
                .body("{\"name\":\"canary-7\"}"),
            422,
            "wrong_body",
        ),
        (ask().body("{}"), 415, "not_json"),
        (
            json(ask(), &sign_in_body("a", &"canary-7".repeat(20_000))),
            413,
            "too_large",
        ),
    ];
    for (request, status, code) in cases {
        let answer = send(request).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (status, code.to_owned()));
        assert!(!answer.text.contains("canary-7"));
    }
}

#[tokio::test]
async fn an_account_that_changes_signs_out() {
    let server = TestServer::start(|_| {}).await;
    let asha = signed_in(&server, "asha", Role::Supervisor).await;
    assert!(who(&server, &asha).await.is_ok());
    add(&server, "asha", Role::Agent).await;
    assert_eq!(who(&server, &asha).await, Err("not_signed_in".to_owned()));
}
