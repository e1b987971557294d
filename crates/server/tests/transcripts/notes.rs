//! What agents say of their calls, and logs for support.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;

use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;
use crate::{SID, hook, popup};

#[tokio::test]
async fn calls_are_noted_and_rated() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("notes", "What agents say of their calls, and logs for support.");
    ask(Method::POST, hook("popup"))
        .json(&popup(SID))
        .send(&server)
        .await;
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let ravi = server.signed_in("ravi", Role::Agent, Some("ravi")).await;
    let nobody = server.signed_in("nobody", Role::Agent, None).await;
    let note = format!("/api/calls/{SID}/note");
    let put = |body| ask(Method::PUT, &note).json(&body);
    let good = json!({ "text": "Wants a refund", "disposition": "Call again" });
    book.tell(&server, "a note", put(good.clone()).by(&asha)).await;
    let long = json!({ "text": "x".repeat(10_001) });
    book.tell(&server, "a note that is too long", put(long).by(&asha))
        .await;
    let word = json!({ "text": "", "disposition": "Refund" });
    book.tell(&server, "a word that is not on the list", put(word).by(&asha))
        .await;
    book.tell(&server, "another's call", put(good.clone()).by(&ravi))
        .await;
    book.tell(&server, "somebody without a phone", put(good).by(&nobody))
        .await;

    let rate = |rating| {
        let body = json!({ "rating": rating, "issue": "ECHO", "statistics": "{\"loss\":3}" });
        ask(Method::POST, format!("/api/calls/{SID}/feedback")).json(&body)
    };
    book.tell(&server, "rated", rate(4).by(&asha)).await;
    book.tell(&server, "out of range", rate(6).by(&asha)).await;
    let words = json!({ "rating": 1, "issue": "NO_AUDIO", "statistics": "no JSON" });
    let words = ask(Method::POST, format!("/api/calls/{SID}/feedback")).json(&words);
    book.tell(&server, "statistics that are none", words.by(&asha))
        .await;
    book.tell(&server, "another's call", rate(1).by(&ravi)).await;
    book.tell(&server, "somebody without a phone", rate(1).by(&nobody))
        .await;

    let upload = |from: i64, description: &str| {
        let lines = ["INVITE to +919811111003", "488 after 20 ms"];
        let body = json!({ "from": from, "to": 2_000, "description": description, "lines": lines });
        ask(Method::POST, "/api/logs").by(&asha).json(&body)
    };
    book.tell(&server, "a log for support", upload(1_000, "No sound"))
        .await;
    book.tell(&server, "from later to sooner", upload(3_000, "No sound"))
        .await;
    book.tell(&server, "too much to say", upload(1_000, &"x".repeat(2_001)))
        .await;
    book.close();
}
