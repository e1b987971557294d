//! Calls on their way into a CRM.

use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;
use crate::{SID, hook, popup};

#[tokio::test]
async fn a_call_is_written_into_a_crm() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("crm_log", "Calls on their way into a CRM.");
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let boss = server.signed_in("boss", Role::Admin, None).await;
    let by = |path: &str, body: &Value| ask(Method::POST, path).json(body).by(&asha);
    let send = |kind: &str, body: Value| ask(Method::POST, hook(kind)).json(&body);
    send("popup", popup(SID)).send(&server).await;
    by(&format!("/api/calls/{SID}/leg"), &json!("declined"))
        .send(&server)
        .await;
    let note = json!({ "text": "Wants a refund", "disposition": "" });
    let put = ask(Method::PUT, format!("/api/calls/{SID}/note")).json(&note);
    put.by(&asha).send(&server).await;
    let lease = |holder: &str| by("/api/log/lease", &json!({ "holder": holder }));
    book.tell(&server, "no name of a page", lease("x")).await;
    book.tell(
        &server,
        "an admin without a phone",
        ask(Method::POST, "/api/log/lease")
            .json(&json!({ "holder": "page-one" }))
            .by(&boss),
    )
    .await;
    let told = book.tell(&server, "one call is due", lease("page-one")).await;
    let answer: Value = serde_json::from_str(&told.text).unwrap();
    let held = answer["entries"][0]["lease"].clone();
    book.tell(&server, "it is page one's", lease("page-two")).await;
    let failed = format!("/api/log/{SID}/failed");
    let done = format!("/api/log/{SID}/done");
    let long = json!({ "lease": held, "words": "x".repeat(501) });
    book.tell(&server, "too many words", by(&failed, &long)).await;
    let words = json!({ "lease": held, "words": "503 from the CRM" });
    book.tell(&server, "it failed", by(&failed, &words)).await;
    book.tell(&server, "said again", by(&failed, &words)).await;
    book.tell(
        &server,
        "what an admin sees",
        ask(Method::GET, "/api/admin/log").by(&boss),
    )
    .await;
    let word = |reference: &str| json!({ "lease": held, "reference": reference });
    book.tell(&server, "no reference", by(&done, &word(" "))).await;
    book.tell(&server, "it was written after all", by(&done, &word("crm-1")))
        .await;
    book.tell(&server, "by another page as well", by(&done, &word("crm-2")))
        .await;
    let unknown = "/api/log/x/done";
    book.tell(&server, "a call that was never due", by(unknown, &word("crm-3")))
        .await;
    let unknown = "/api/log/x/failed";
    book.tell(&server, "nor this", by(unknown, &words)).await;
    book.close();
}
