//! Whom to connect: what CRMs tell before, and the platform's question.

use reqwest::Method;
use serde_json::{Value, json};
use server::clock::now;

use crate::ask::{Ask, ask};
use crate::book::Book;
use crate::hook;
use crate::support::server::TestServer;

fn told(key: &str, contexts: &Value) -> Ask {
    ask(Method::PUT, "/api/dial-contexts")
        .with_key(key)
        .json(contexts)
}

fn question(form: &str, message: &str) -> Ask {
    let query = format!("?CallSid=1&CallFrom=09811111003&CallTo=08040408080&CustomField={message}");
    ask(Method::GET, format!("{}{form}{query}", hook("dial-whom")))
}

#[tokio::test]
async fn contexts_are_told_and_questions_answered() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new(
        "dial_whom",
        "Whom to connect: what CRMs tell before, and the platform's question.",
    );
    let key = server.app.auth.add_key("crm", now()).await.unwrap().unwrap();
    let key = key.reveal();
    let context = json!({
        "key": { "message": "order:42" }, "destination": "asha", "outgoing_number": "+918040408080", "record": true,
    });
    book.tell(&server, "for an order", told(key, &json!([context])))
        .await;
    for (what, field, value) in [
        (
            "a key that the platform never asks with",
            "key",
            json!({ "message": "order 42" }),
        ),
        ("a destination that is none", "destination", json!("sip:asha@x")),
        ("a number that is none", "outgoing_number", json!("12")),
        ("an end that has passed", "expires_at", json!(1)),
    ] {
        let mut wrong = context.clone();
        wrong[field] = value;
        book.tell(&server, what, told(key, &json!([context, wrong])))
            .await;
    }
    let many = vec![json!({ "key": { "message": "m" }, "destination": "asha" }); 1_001];
    book.tell(&server, "too many at once", told(key, &Value::Array(many)))
        .await;

    book.tell(&server, "as configured", question("", "order:42"))
        .await;
    book.tell(&server, "as bare text", question("/text", "order:42"))
        .await;
    book.tell(&server, "as JSON", question("/json", "order:42")).await;
    book.tell(&server, "the fallback", question("/json", "order:1"))
        .await;
    book.tell(&server, "an unknown form", question("/xml", "order:42"))
        .await;
    let wrong = ask(Method::GET, "/hooks/not-the-secret/dial-whom?CallSid=1");
    book.tell(&server, "a wrong secret", wrong).await;
    let wrong = ask(Method::GET, "/hooks/%ff/dial-whom/text?CallSid=1");
    book.tell(&server, "bytes that are no text", wrong).await;

    let without = TestServer::start(|config| config.dial_whom.fallback = None).await;
    book.tell(
        &without,
        "nobody was told and nobody is configured",
        question("", "order:1"),
    )
    .await;
    book.tell(
        &without,
        "nobody was told and nobody is configured",
        question("/json", "order:1"),
    )
    .await;
    book.close();
}
