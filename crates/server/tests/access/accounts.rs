//! Accounts, for admins.

use protocol::people::Person;
use protocol::session::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::ask::{Answered, By, PASSWORD, from_home, json, send, sign_in, signed_in, who};
use crate::support::server::TestServer;

async fn put(server: &TestServer, by: &By, name: &str, change: &Value) -> Answered {
    send(json(
        from_home(server, Method::PUT, &format!("/api/people/{name}"), by),
        change,
    ))
    .await
}

async fn remove(server: &TestServer, by: &By, name: &str) -> Answered {
    send(from_home(
        server,
        Method::DELETE,
        &format!("/api/people/{name}"),
        by,
    ))
    .await
}

#[tokio::test]
async fn an_admin_adds_changes_and_removes_people() {
    let server = TestServer::start(|_| {}).await;
    let admin = signed_in(&server, "root", Role::Admin).await;
    let change = json!({ "role": "agent", "agent": "a1", "subscriber": "", "password": PASSWORD });
    let asha: Person = put(&server, &admin, "Asha", &change).await.read();
    assert_eq!(
        (asha.name.as_str(), asha.subscriber, asha.has_password),
        ("asha", None, true)
    );
    let inside = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());

    // Nothing changed: nobody is signed out. No password given: the old one stays.
    let same = json!({ "role": "agent", "agent": "a1" });
    assert_eq!(put(&server, &admin, "asha", &same).await.status, StatusCode::OK);
    assert!(who(&server, &inside).await.is_ok());
    let more = json!({ "role": "supervisor", "agent": "a1" });
    assert_eq!(put(&server, &admin, "asha", &more).await.status, StatusCode::OK);
    assert!(who(&server, &inside).await.is_err());
    let inside = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    assert_eq!(who(&server, &inside).await.unwrap().role, Role::Supervisor);

    let list = send(from_home(&server, Method::GET, "/api/people", &admin)).await;
    assert!(!list.text.contains("argon2"), "no hash leaves the server");
    let names: Vec<String> = list
        .read::<Vec<Person>>()
        .into_iter()
        .map(|person| person.name)
        .collect();
    assert_eq!(names, ["asha", "root"]);

    assert_eq!(
        remove(&server, &admin, "asha").await.status,
        StatusCode::NO_CONTENT
    );
    assert!(who(&server, &inside).await.is_err());
    assert_eq!(sign_in(&server, "asha", PASSWORD).await.code(), "wrong_password");
    assert_eq!(remove(&server, &admin, "asha").await.code(), "not_found");

    let audit = server.app.store.audit(None, 10).await.unwrap();
    let told: Vec<_> = audit
        .iter()
        .rev()
        .filter(|kept| kept.record.what != "sign_in")
        .map(|kept| (&*kept.record.who, &*kept.record.what, &*kept.record.target))
        .collect();
    let change = ("root", "put_person", "asha");
    assert_eq!(told, [change, change, change, ("root", "remove_person", "asha")]);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_changes_nothing() {
    let server = TestServer::start(|_| {}).await;
    let admin = signed_in(&server, "root", Role::Admin).await;
    put(
        &server,
        &admin,
        "asha",
        &json!({ "role": "agent", "agent": "a1" }),
    )
    .await;
    let cases = [
        ("ravi", json!({ "role": "agent", "agent": "a1" }), "invalid"),
        (
            "ravi",
            json!({ "role": "agent", "password": "too short" }),
            "invalid",
        ),
        ("a%20b", json!({ "role": "agent" }), "invalid"),
        ("ravi", json!({ "role": "king" }), "wrong_body"),
        ("root", json!({ "role": "agent" }), "own_account"),
        (
            "ROOT",
            json!({ "role": "admin", "disabled": true }),
            "own_account",
        ),
    ];
    for (name, change, code) in cases {
        assert_eq!(
            put(&server, &admin, name, &change).await.code(),
            code,
            "{name} {change}"
        );
    }
    assert_eq!(remove(&server, &admin, "Root").await.code(), "own_account");
    let people = server.app.store.people().await.unwrap();
    let names: Vec<_> = people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["asha", "root"]);
    assert!(who(&server, &admin).await.is_ok());
}
