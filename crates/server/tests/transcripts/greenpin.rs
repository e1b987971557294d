//! GreenPin allocations, for admins.

use reqwest::Method;
use serde_json::json;

use crate::Desk;
use crate::ask::ask;
use crate::book::Book;

const PATH: &str = "/api/greenpin/allocations";

#[tokio::test]
async fn allocations_are_made_changed_and_given_back() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("greenpin", "GreenPin allocations, for admins.");
    let new = json!({ "transaction_id": "order-1", "terms": {
        "a": { "vns": ["+916292134471"], "numbers": ["+917987686144"] },
        "b": { "numbers": ["+919956555625"], "pin_length": 6 },
    }});
    let create = |body| ask(Method::POST, PATH).by(boss).json(body);
    let made = book
        .tell(server, "a new one, with its pins this once", create(&new))
        .await
        .json();
    let id = made["allocation"]["greenpin_id"].as_str().unwrap();
    book.tell(server, "an id that is in use", create(&new)).await;
    let wrong = json!({ "transaction_id": "order-2", "terms": { "a": { "numbers": ["12"] } } });
    book.tell(server, "terms that break a rule", create(&wrong)).await;
    let one = |method, id: &str| ask(method, format!("{PATH}/{id}")).by(boss);
    let terms = json!({ "usage": "oneway", "duration": "20m" });
    book.tell(server, "other terms", one(Method::PUT, id).json(&terms))
        .await;
    book.tell(server, "no terms", one(Method::PUT, id).json(&json!({})))
        .await;
    book.tell(server, "as the vendor has it", one(Method::GET, id))
        .await;
    book.tell(
        server,
        "all that we know of",
        ask(Method::GET, format!("{PATH}?limit=10")).by(boss),
    )
    .await;
    book.tell(server, "given back", one(Method::DELETE, id)).await;
    book.tell(server, "given back twice", one(Method::DELETE, id))
        .await;
    let nobodys = "0c1d2e3f-0000-4000-8000-000000000000";
    book.tell(server, "one that never was", one(Method::GET, nobodys))
        .await;
    book.tell(
        server,
        "one that never was",
        one(Method::PUT, nobodys).json(&terms),
    )
    .await;
    book.close();
}
