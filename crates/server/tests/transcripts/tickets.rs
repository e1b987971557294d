//! Tickets: how a phone in a CRM's page signs in.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::clock::now;

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
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let own = |origin: &str| {
        let asked = ask(Method::POST, "/api/tickets/own");
        asked.by(&asha).json(&json!({ "origin": origin }))
    };
    book.tell(&server, "for oneself", own(CRM)).await;
    book.tell(&server, "for oneself, for a page that may not", own("https://elsewhere.test"))
        .await;
    book.close();
}
