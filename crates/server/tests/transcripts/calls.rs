//! Placing a call, and what the agent's own phone says of it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::ask::{Ask, ask};
use crate::book::Book;
use crate::support::server::Signed;
use crate::{Desk, SID};

fn click(who: &Signed, to: &str, key: &str) -> Ask {
    let body = json!({ "to": to, "key": key });
    ask(Method::POST, "/api/calls").by(who).json(&body)
}

fn leg(who: &Signed, sid: &str) -> Ask {
    let report = Value::from("answered");
    ask(Method::POST, format!("/api/calls/{sid}/leg"))
        .by(who)
        .json(&report)
}

#[tokio::test]
async fn calls_are_placed_refused_or_unknown() {
    let desk = Desk::new(|config| config.phone.calls_per_minute = 4).await;
    let server = &desk.server;
    let mut book = Book::new(
        "calls",
        "Placing a call, and what the agent's own phone says of it.",
    );
    const TO: &str = "098111 11003";
    let placed = book
        .tell(server, "placed", click(&desk.asha, TO, "click-0001"))
        .await
        .json();
    let sid = placed["placed"]["sid"].as_str().unwrap();
    book.tell(
        server,
        "the same click again",
        click(&desk.asha, TO, "click-0001"),
    )
    .await;
    book.tell(
        server,
        "its key for another number",
        click(&desk.asha, "098111 11004", "click-0001"),
    )
    .await;
    desk.fault("integrations", "outbound_call", 400, 1).await;
    book.tell(
        server,
        "refused by the vendor",
        click(&desk.asha, TO, "click-0002"),
    )
    .await;
    desk.fault("integrations", "outbound_call", 503, 1).await;
    book.tell(server, "no clear answer", click(&desk.asha, TO, "click-0003"))
        .await;
    click(&desk.asha, TO, "click-0004").send(server).await;
    book.tell(
        server,
        "too many in a minute",
        click(&desk.asha, TO, "click-0005"),
    )
    .await;
    book.tell(server, "no number", click(&desk.asha, "sip:asha", "click-0006"))
        .await;
    book.tell(server, "no key", click(&desk.asha, TO, "no key")).await;
    book.tell(
        server,
        "somebody without a phone",
        click(&desk.boss, TO, "click-0007"),
    )
    .await;

    book.tell(server, "answered here", leg(&desk.asha, sid)).await;
    let ravi = server
        .signed_in("ravi", protocol::session::Role::Agent, Some("ravi"))
        .await;
    book.tell(server, "another's call", leg(&ravi, sid)).await;
    book.tell(server, "what is no id", leg(&ravi, "a%20b")).await;
    book.tell(server, "somebody without a phone", leg(&desk.boss, SID))
        .await;
    book.close();
}
