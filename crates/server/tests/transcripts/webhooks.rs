//! Webhooks, for admins.

use reqwest::Method;

use crate::ask::ask;
use crate::book::Book;
use crate::{Desk, SID, hook, popup};

const PATH: &str = "/api/webhooks";

#[tokio::test]
async fn webhooks_are_installed_listed_and_taken_in_again() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("webhooks", "Webhooks, for admins.");
    let drift = || ask(Method::GET, format!("{PATH}/drift")).by(boss);
    book.tell(server, "nothing is set", drift()).await;
    let install = ask(Method::POST, format!("{PATH}/install")).by(boss);
    book.tell(server, "our addresses are written", install).await;
    ask(Method::POST, hook("popup"))
        .json(&popup(SID))
        .send(server)
        .await;
    ask(Method::POST, hook("popup"))
        .text("text/plain", "nonsense")
        .send(server)
        .await;
    let list = |query: &str| ask(Method::GET, format!("{PATH}/deliveries{query}")).by(boss);
    book.tell(server, "the newest, which could not be read", list("?limit=1"))
        .await;
    book.tell(
        server,
        "the one before, with whole numbers",
        list("?limit=1&before=2&whole=true"),
    )
    .await;
    book.tell(server, "the same, without", list("?limit=1&before=2"))
        .await;
    let again = |id: &str| ask(Method::POST, format!("{PATH}/deliveries/{id}/replay")).by(boss);
    book.tell(server, "taken in once more", again("1")).await;
    book.tell(server, "one that could not be read", again("2")).await;
    book.tell(server, "one that never came", again("3")).await;
    book.tell(server, "what is no id", again("x")).await;
    book.close();
}
