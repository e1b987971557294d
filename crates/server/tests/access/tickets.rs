//! Phones inside a CRM's page.

use protocol::session::{Role, Session, Ticket};
use reqwest::StatusCode;
use serde_json::json;
use server::auth::token;
use server::clock::now;
use server::store::StoredTicket;

use crate::ask::{Answered, By, CRM, PASSWORD, add, json, post, send, sign_in, who};
use crate::support::server::TestServer;

const OTHER_CRM: &str = "https://other-crm.test";

async fn start() -> (TestServer, String) {
    let server = TestServer::start(|config| config.sessions.embed_origins.push(OTHER_CRM.to_owned())).await;
    add(&server, "asha", Role::Agent).await;
    let key = server.app.auth.add_key("crm", now()).await.unwrap().unwrap();
    (server, key.reveal().to_owned())
}

async fn mint(server: &TestServer, key: &str, name: &str, origin: &str) -> Answered {
    let request = server.http.post(server.url("/api/tickets")).bearer_auth(key);
    send(json(request, &json!({ "name": name, "origin": origin }))).await
}

async fn exchange(server: &TestServer, ticket: &str, embedded_in: &str) -> Answered {
    let shown = json!({ "ticket": ticket, "embedded_in": embedded_in });
    post(server, "/api/session/ticket", &By::Nobody, &shown).await
}

#[tokio::test]
async fn a_ticket_is_good_once() {
    let (server, key) = start().await;
    let ticket: Ticket = mint(&server, &key, "asha", CRM).await.read();
    assert!((ticket.expires_at - now() - 60_000).abs() < 20_000);
    let answer = exchange(&server, ticket.ticket.reveal(), CRM).await;
    assert!(
        answer.headers.get("set-cookie").is_none(),
        "a frame gets no cookie"
    );
    let session: Session = answer.read();
    let token = session.token.unwrap();
    let me = who(&server, &By::Bearer(token.reveal().to_owned()))
        .await
        .unwrap();
    assert_eq!((me.name.as_str(), me.role, me.token), ("asha", Role::Agent, None));
    let audit = server.app.store.audit(None, 2).await.unwrap();
    let told = |index: usize| {
        let record = &audit[index].record;
        (&*record.who, &*record.what, &*record.target)
    };
    assert_eq!(told(1), ("key crm", "mint_ticket", "asha"));
    assert_eq!(told(0), ("asha", "sign_in_by_ticket", CRM));
    let again = exchange(&server, ticket.ticket.reveal(), CRM).await;
    assert_eq!(
        (again.status, again.code()),
        (StatusCode::UNAUTHORIZED, "ticket_refused".to_owned())
    );
}

#[tokio::test]
async fn of_fifty_at_once_one_gets_in() {
    let (server, key) = start().await;
    let ticket: Ticket = mint(&server, &key, "asha", CRM).await.read();
    let racers = (0..50).map(|_| exchange(&server, ticket.ticket.reveal(), CRM));
    let answers = futures_util::future::join_all(racers).await;
    let inside = answers.iter().filter(|answer| answer.status == StatusCode::OK);
    assert_eq!(inside.count(), 1);
}

#[tokio::test]
async fn a_ticket_is_good_on_its_own_page_only_and_spent_by_trying() {
    let (server, key) = start().await;
    for elsewhere in [
        OTHER_CRM,
        "https://evil.test",
        "null",
        "",
        "https://crm.test.evil.test",
        "http://crm.test",
    ] {
        let ticket: Ticket = mint(&server, &key, "asha", CRM).await.read();
        for page in [elsewhere, CRM] {
            assert_eq!(
                exchange(&server, ticket.ticket.reveal(), page).await.code(),
                "ticket_refused",
                "{page}"
            );
        }
    }
    let ticket: Ticket = mint(&server, &key, "asha", "HTTPS://CRM.test:443").await.read();
    let same = exchange(&server, ticket.ticket.reveal(), "https://crm.test/").await;
    assert_eq!(same.status, StatusCode::OK, "one origin, written differently");
}

#[tokio::test]
async fn an_old_ticket_and_a_made_up_one_get_the_same_answer() {
    let (server, key) = start().await;
    let (secret, hash) = token::fresh().unwrap();
    let old = StoredTicket {
        hash,
        name: "asha".to_owned(),
        origin: CRM.to_owned(),
        expires_at: now() - 1,
    };
    server.app.store.put_ticket(&old).await.unwrap();
    let old = exchange(&server, secret.reveal(), CRM).await;
    let made_up = exchange(&server, &"x".repeat(43), CRM).await;
    assert_eq!(old.code(), "ticket_refused");
    assert_eq!((old.status, old.text), (made_up.status, made_up.text));
    let left: Ticket = mint(&server, &key, "asha", CRM).await.read();
    let mut asha = server.app.store.person("asha").await.unwrap().unwrap();
    asha.disabled = true;
    server.app.auth.put(&asha, now()).await.unwrap();
    assert_eq!(
        exchange(&server, left.ticket.reveal(), CRM).await.code(),
        "ticket_refused",
        "disabled since"
    );
}

#[tokio::test]
async fn a_key_makes_tickets_for_people_and_pages_that_may() {
    let (server, key) = start().await;
    add(&server, "root", Role::Admin).await;
    let cases = [
        ("asha", "https://evil.test", "origin"),
        ("asha", "https://crm.test.evil.test", "origin"),
        ("asha", "*", "origin"),
        ("asha", "null", "origin"),
        ("nobody", CRM, "name"),
        ("root", CRM, "name"),
        ("../root", CRM, "name"),
    ];
    for (name, origin, field) in cases {
        let answer = mint(&server, &key, name, origin).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {origin}");
        let problem: protocol::problem::Problem = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(problem.field.as_deref(), Some(field), "{name} {origin}");
    }
}

#[tokio::test]
async fn a_person_gets_a_ticket_of_their_own_for_pages_that_may() {
    let (server, key) = start().await;
    add(&server, "root", Role::Admin).await;
    let own = async |by: &By, origin: &str| {
        post(&server, "/api/tickets/own", by, &json!({ "origin": origin })).await
    };
    let at_home = async |name: &str| By::Cookie(sign_in(&server, name, PASSWORD).await.cookie());
    let asha = at_home("asha").await;
    let ticket: Ticket = own(&asha, CRM).await.read();
    let session: Session = exchange(&server, ticket.ticket.reveal(), CRM).await.read();
    assert_eq!(session.name, "asha");
    assert_eq!(
        exchange(&server, ticket.ticket.reveal(), CRM).await.code(),
        "ticket_refused",
        "good once"
    );
    for origin in ["https://evil.test", "https://crm.test.evil.test", "null", "*", ""] {
        let answer = own(&asha, origin).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{origin}");
    }
    // What a ticket has opened leads to no other page.
    let framed = By::Bearer(session.token.unwrap().reveal().to_owned());
    let answer = own(&framed, OTHER_CRM).await;
    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::FORBIDDEN, "in_a_frame".to_owned())
    );
    let root = at_home("root").await;
    assert_eq!(own(&root, CRM).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(own(&By::Nobody, CRM).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(own(&By::Bearer(key), CRM).await.status, StatusCode::UNAUTHORIZED);
}
