//! The policy, for admins.

use reqwest::Method;
use serde_json::json;

use crate::Desk;
use crate::ask::ask;
use crate::book::Book;

#[tokio::test]
async fn the_policy() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("admin_policy", "The policy, for admins.");
    let path = "/api/admin/policy";
    let get = |more: &str| ask(Method::GET, format!("{path}{more}")).by(boss);
    let mut policy = book.tell(server, "as configured", get("")).await.json()["policy"].clone();
    policy["features"] = json!([{ "feature": "device_switch", "role": "agent", "rule": "forbidden" }]);
    let change = json!({ "version": 0, "policy": policy });
    let preview = ask(Method::POST, format!("{path}/preview"))
        .by(boss)
        .json(&change);
    book.tell(server, "what would change for whom", preview).await;
    let put = |change: &serde_json::Value| ask(Method::PUT, path).by(boss).json(change);
    book.tell(server, "from now on", put(&change)).await;
    book.tell(server, "by somebody who did not see that", put(&change))
        .await;
    let mut wrong = change.clone();
    wrong["policy"]["ring"]["volume"] = json!(101);
    book.tell(server, "one that cannot be", put(&wrong)).await;
    book.tell(server, "all that are kept", get("/versions")).await;
    let device = ask(Method::PUT, "/api/device")
        .by(&desk.asha)
        .json(&json!({ "active": "phone" }));
    book.tell(server, "what the policy forbids", device).await;
    book.close();
}
