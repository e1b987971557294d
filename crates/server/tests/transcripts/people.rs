//! Accounts and the record of changes, for admins.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;

use crate::PASSWORD;
use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;

#[tokio::test]
async fn accounts_are_made_changed_and_removed() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("people", "Accounts, and who changed what.");
    let boss = server.signed_in("boss", Role::Admin, None).await;
    let put = |name: &str, body| {
        ask(Method::PUT, format!("/api/people/{name}"))
            .by(&boss)
            .json(&body)
    };
    let remove = |name: &str| ask(Method::DELETE, format!("/api/people/{name}")).by(&boss);
    let agent =
        json!({ "role": "agent", "agent": "asha", "subscriber": "AshaBrowser", "password": PASSWORD });
    book.tell(&server, "somebody new", put("Asha", agent)).await;
    let a_blank = put("a%20b", json!({ "role": "agent" }));
    book.tell(&server, "a name that cannot be", a_blank).await;
    let short = put("ravi", json!({ "role": "agent", "password": "short" }));
    book.tell(&server, "a short password", short).await;
    let taken = put("ravi", json!({ "role": "agent", "agent": "asha" }));
    book.tell(&server, "an agent who has an account", taken).await;
    let demoted = put("boss", json!({ "role": "agent" }));
    book.tell(&server, "oneself, with less to say", demoted).await;
    book.tell(&server, "everybody", ask(Method::GET, "/api/people").by(&boss))
        .await;
    book.tell(&server, "somebody", remove("asha")).await;
    book.tell(&server, "nobody", remove("asha")).await;
    book.tell(&server, "bytes that are no text", remove("%ff")).await;
    book.tell(&server, "oneself", remove("boss")).await;
    book.tell(
        &server,
        "what was done",
        ask(Method::GET, "/api/audit?limit=1").by(&boss),
    )
    .await;
    book.close();
}
