//! The stream of events.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;

use crate::ask::{Ask, ask};
use crate::book::Book;
use crate::support::server::{Signed, TestServer};
use crate::{SID, hook, popup};

fn stream(query: &str, who: &Signed) -> Ask {
    ask(Method::GET, format!("/events{query}")).by(who)
}

#[tokio::test]
async fn a_stream_begins_replays_and_says_what_is_lost() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("events", "The stream of events.");
    let epoch = server.app.store.log_bounds().await.unwrap().epoch;
    book.hide(&epoch, "<epoch>");
    let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
    let lead = server.signed_in("lead", Role::Supervisor, None).await;
    let nobody = server.signed_in("nobody", Role::Agent, None).await;
    book.tell_stream(&server, "from now on", stream("", &asha), 0)
        .await;
    ask(Method::POST, hook("popup"))
        .json(&popup(SID))
        .send(&server)
        .await;
    let verified = json!({ "greenpin_id": "g1", "transaction_id": "order-1", "pin": "12", "call_sid": SID });
    ask(Method::POST, hook("greenpin-verified"))
        .json(&verified)
        .send(&server)
        .await;
    let first = format!("{epoch}-0");
    let again = stream("", &asha).header("last-event-id", &first);
    book.tell_stream(&server, "what an agent missed", again, 1).await;
    let all = stream(&format!("?after={first}"), &lead);
    book.tell_stream(&server, "what a supervisor missed", all, 2)
        .await;
    book.tell_stream(&server, "a place that is not held", stream("?after=x", &asha), 1)
        .await;
    book.tell(&server, "an agent without a phone", stream("", &nobody))
        .await;
    let crowd = server
        .session_of("asha", Role::Agent, Some("asha"), 3_600_000)
        .await;
    let mut open = Vec::new();
    for _ in 0..100 {
        open.push(stream("", &crowd).send(&server).await);
    }
    book.tell(&server, "a hundred are open in this session", stream("", &crowd))
        .await;
    drop(open);
    server.app.drain.begin();
    book.tell(&server, "the server goes down", stream("", &asha))
        .await;
    book.close();
}
