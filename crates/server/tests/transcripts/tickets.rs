//! Tickets: how a phone in a CRM's page signs in.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::auth::token;
use server::clock::now;
use server::store::{Carrier, StoredSession};

use crate::ask::{Ask, ask};
use crate::book::Book;
use crate::support::server::TestServer;

const CRM: &str = "https://crm.test";

fn mint(key: &str, name: &str, origin: &str) -> Ask {
    let body = json!({ "name": name, "origin": origin });
    ask(Method::POST, "/api/tickets").with_key(key).json(&body)
}

fn exchange(ticket: &str, embedded_in: &str) -> Ask {
    let body = json!({ "ticket": ticket, "embedded_in": embedded_in });
    ask(Method::POST, "/api/session/ticket").at_our_page().json(&body)
}

#[tokio::test]
async fn a_ticket_is_made_and_shown_once() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("tickets", "Tickets: how a phone in a CRM's page signs in.");
    server.add("asha", Role::Agent, Some("asha")).await;
    server.add("boss", Role::Admin, None).await;
    let key = server.app.auth.add_key("crm", now()).await.unwrap().unwrap();
    let key = key.reveal();
    let made = book
        .tell(&server, "for an agent", mint(key, "asha", CRM))
        .await
        .json();
    let ticket = made["ticket"].as_str().unwrap();
    let elsewhere = mint(key, "asha", "https://elsewhere.test");
    book.tell(&server, "for a page that may not embed the phone", elsewhere)
        .await;
    book.tell(&server, "for nobody", mint(key, "nobody", CRM)).await;
    book.tell(&server, "for an admin", mint(key, "boss", CRM)).await;
    book.tell(&server, "in that page", exchange(ticket, CRM)).await;
    book.tell(&server, "once more", exchange(ticket, CRM)).await;
    let (secret, hash) = token::fresh().unwrap();
    let session = StoredSession {
        hash,
        name: "asha".to_owned(),
        role: Role::Agent,
        agent: Some("asha".to_owned()),
        carrier: Carrier::Cookie,
        created_at: now(),
        expires_at: now() + 3_600_000,
    };
    server.app.store.put_session(&session).await.unwrap();
    let own = |origin: &str| {
        let asked = ask(Method::POST, "/api/tickets/own").at_our_page();
        let asked = asked.with_cookie(secret.reveal());
        asked.json(&json!({ "origin": origin }))
    };
    book.tell(&server, "for oneself", own(CRM)).await;
    let elsewhere = own("https://elsewhere.test");
    book.tell(&server, "for oneself, for a page that may not", elsewhere)
        .await;
    let framed = server
        .session_of("asha", Role::Agent, Some("asha"), 3_600_000)
        .await;
    let framed = ask(Method::POST, "/api/tickets/own").by(&framed);
    let framed = framed.json(&json!({ "origin": CRM }));
    book.tell(&server, "for oneself, in a frame", framed).await;
    book.close();
}
