//! What supervisors watch.

use protocol::session::Role;
use reqwest::Method;

use crate::Desk;
use crate::ask::ask;
use crate::book::Book;
use crate::{SID, hook, popup};

#[tokio::test]
async fn the_floor_and_its_reports() {
    let desk = Desk::new(|_| {}).await;
    let server = &desk.server;
    let sue = server.signed_in("sue", Role::Supervisor, None).await;
    let mut book = Book::new("admin_floor", "What supervisors watch.");
    let get = |path: &str| ask(Method::GET, format!("/api/admin/{path}")).by(&sue);
    ask(Method::POST, hook("popup"))
        .json(&popup(SID))
        .send(server)
        .await;
    book.tell(server, "a call rings", get("floor")).await;
    book.tell(server, "the call log", get("calls?direction=inbound&limit=1"))
        .await;
    book.tell(
        server,
        "as a file, with nobody's calls",
        get("calls.csv?agent=nobody"),
    )
    .await;
    book.tell(server, "a place that is none", get("calls?before=x"))
        .await;
    book.tell(server, "missed calls", get("missed?zone=0")).await;
    book.tell(server, "of too long a time", get("missed?from=1&to=9999999999"))
        .await;
    book.tell(server, "what agents said", get("quality")).await;
    book.close();
}
