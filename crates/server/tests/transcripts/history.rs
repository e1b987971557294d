//! Past calls.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;

use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;
use crate::{SID, hook, popup};

/// Another call.
const OTHER: &str = "80bfbec2d78bbbf10fb851f4fa165211";

#[tokio::test]
async fn past_calls_are_found_page_by_page() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("history", "Past calls.");
    for sid in [OTHER, SID] {
        let came = ask(Method::POST, hook("popup"))
            .json(&popup(sid))
            .send(&server)
            .await;
        assert_eq!(came.status(), 200);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let ravi = server.signed_in("ravi", Role::Agent, Some("ravi")).await;
    let nobody = server.signed_in("nobody", Role::Agent, None).await;
    let one = format!("/api/calls/{SID}");
    let note = json!({ "text": "Wants a refund" });
    let noted = ask(Method::PUT, format!("{one}/note")).by(&asha).json(&note);
    assert_eq!(noted.send(&server).await.status(), 200);
    let list = |query: &str| ask(Method::GET, format!("/api/calls{query}"));
    let page = book
        .tell(&server, "the newest", list("?limit=1").by(&asha))
        .await
        .json();
    let next = page["next"].as_str().unwrap();
    book.hide(next, "<next>");
    book.tell(
        &server,
        "the next page",
        list(&format!("?limit=1&before={next}")).by(&asha),
    )
    .await;
    book.tell(&server, "found by a note", list("?search=refund").by(&asha))
        .await;
    book.tell(&server, "no place of a page", list("?before=x").by(&asha))
        .await;
    let long = format!("?search={}", "x".repeat(101));
    book.tell(&server, "a search that is too long", list(&long).by(&asha))
        .await;
    book.tell(&server, "another's", list("?agent=asha").by(&ravi))
        .await;
    book.tell(&server, "somebody without a phone", list("").by(&nobody))
        .await;
    let caller = format!("{one}/caller");
    book.tell(&server, "who is calling", ask(Method::GET, &caller).by(&asha))
        .await;
    book.tell(&server, "another's", ask(Method::GET, &caller).by(&ravi))
        .await;
    book.tell(&server, "one", ask(Method::GET, &one).by(&asha)).await;
    book.tell(&server, "another's", ask(Method::GET, &one).by(&ravi))
        .await;
    book.tell(
        &server,
        "somebody without a phone",
        ask(Method::GET, &one).by(&nobody),
    )
    .await;
    book.close();
}

#[tokio::test]
async fn numbers_are_hidden_from_those_who_may_not_see_them() {
    let server = TestServer::start(|config| config.phone.whole_numbers_from = Role::Supervisor).await;
    let mut book = Book::new(
        "hidden_numbers",
        "Past calls, for an agent who may not see numbers.",
    );
    ask(Method::POST, hook("popup"))
        .json(&popup(SID))
        .send(&server)
        .await;
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let lead = server.signed_in("lead", Role::Supervisor, None).await;
    let list = |query: &str| ask(Method::GET, format!("/api/calls{query}"));
    book.tell(&server, "an agent", list("").by(&asha)).await;
    book.tell(&server, "an agent who guesses", list("?search=9811").by(&asha))
        .await;
    book.tell(&server, "a supervisor", list("?search=9811").by(&lead))
        .await;
    book.close();
}
