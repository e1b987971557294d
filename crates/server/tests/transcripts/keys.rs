//! Keys of CRMs' backends, for admins.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;

use crate::ask::{Ask, ask};
use crate::book::{Book, Told};
use crate::support::server::TestServer;

const PATH: &str = "/api/admin/keys";

#[tokio::test]
async fn keys_are_made_listed_and_revoked() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("keys", "Keys of CRMs' backends, for admins.");
    let boss = server.signed_in("boss", Role::Admin, None).await;
    let make = |name: &str| -> Ask { ask(Method::POST, PATH).by(&boss).json(&json!({ "name": name })) };
    let revoke = |name: &str| ask(Method::DELETE, format!("{PATH}/{name}")).by(&boss);
    let asked = make("shop");
    let told = Told::to(&server, &asked).await;
    book.hide(told.json()["key"].as_str().unwrap(), "<API key>");
    book.write(&server, "a new one", &asked, &told);
    book.tell(&server, "a name that is in use", make("shop")).await;
    book.tell(&server, "a name that cannot be", make("a b")).await;
    book.tell(&server, "one", revoke("shop")).await;
    book.tell(&server, "one that is revoked", revoke("shop")).await;
    book.tell(&server, "all", ask(Method::GET, PATH).by(&boss)).await;
    book.close();
}
