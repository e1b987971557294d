//! What the platform sends.

use exotel::Secret;
use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::store::Person;

use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;
use crate::{SID, hook, popup};

/// `platform:word`.
const BASIC: &str = "Basic cGxhdGZvcm06d29yZA==";

#[tokio::test]
async fn a_webhook_is_taken_in_by_each_method_or_refused() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("hooks", "What the platform sends.");
    let json = ask(Method::POST, hook("popup")).json(&popup(SID));
    book.tell(&server, "as JSON", json).await;
    let form = "CallSid=80bfbec2d78bbbf10fb851f4fa165211&EventType=terminal&Status=completed";
    let form = ask(Method::PUT, hook("status-callback")).text("application/x-www-form-urlencoded", form);
    book.tell(&server, "as a form", form).await;
    let query = format!(
        "{}?CallSid={SID}&CallType=call-attempt&digits=%2242%22",
        hook("passthru")
    );
    book.tell(&server, "in the query", ask(Method::GET, query)).await;
    let nonsense = ask(Method::POST, hook("popup")).text("application/json", "{\"CallSid\":");
    book.tell(&server, "what cannot be read is kept for people", nonsense)
        .await;
    let huge = ask(Method::POST, hook("popup")).text("text/plain", &"x".repeat(64 * 1024 + 1));
    book.tell(&server, "too long", huge).await;
    let wrong = ask(Method::POST, "/hooks/not-the-secret/popup").json(&popup(SID));
    book.tell(&server, "a wrong secret", wrong).await;
    let unknown = ask(Method::POST, hook("coffee")).json(&popup(SID));
    book.tell(&server, "an unknown webhook", unknown).await;
    let push = json!({ "subscriberName": "AshaBrowser", "payload": "opaque==" });
    let push = ask(Method::POST, hook("push")).json(&push);
    book.tell(&server, "a push notification by its path alone", push)
        .await;
    book.close();
}

#[tokio::test]
async fn with_credentials_push_notifications_are_handed_on() {
    let server = TestServer::start(|config| {
        config.hooks.basic = vec![("platform".to_owned(), Secret::from("word"))];
    })
    .await;
    let mut book = Book::new("push", "What the platform sends, with credentials.");
    book.hide(BASIC, "Basic <credentials>");
    let asha = Person {
        name: "asha".to_owned(),
        password_hash: String::new(),
        role: Role::Agent,
        agent: Some("asha".to_owned()),
        subscriber: Some("AshaBrowser".to_owned()),
        disabled: false,
        created_at: 0,
    };
    server.app.store.put_person(&asha).await.unwrap();
    let popup = ask(Method::POST, hook("popup")).json(&popup(SID));
    book.tell(&server, "without", popup).await;
    let push = |subscriber: &str| {
        let body = json!({ "subscriberName": subscriber, "payload": "opaque==", "payloadVersion": "2" });
        ask(Method::POST, hook("push"))
            .header("authorization", BASIC)
            .json(&body)
    };
    book.tell(&server, "for a subscriber of ours", push("AshaBrowser"))
        .await;
    book.tell(&server, "for nobody", push("RaviBrowser")).await;
    let nonsense = ask(Method::POST, hook("push")).header("authorization", BASIC);
    let nonsense = nonsense.text("application/json", "{\"payload\":");
    book.tell(&server, "what cannot be read", nonsense).await;
    let question = ask(Method::GET, hook("dial-whom?CallSid=1"));
    book.tell(&server, "a question without", question).await;
    let question = ask(Method::GET, hook("dial-whom/text?CallSid=1"));
    book.tell(&server, "a question without", question).await;
    book.close();
}
