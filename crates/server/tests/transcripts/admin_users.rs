//! Users, subscribers, and GreenPin beyond one allocation, for admins.

use reqwest::Method;
use serde_json::{Value, json};

use crate::Desk;
use crate::ask::{Ask, ask};
use crate::book::{Book, Told};
use crate::support::server::Signed;

fn one(boss: &Signed, method: Method, path: &str) -> Ask {
    ask(method, format!("/api/{path}")).by(boss)
}

#[tokio::test]
async fn users_one_by_one() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("admin_users", "Users of the app, for admins.");
    let new = json!({
        "id": "ravi7", "name": "Ravi Kumar", "email": "ravi7@example.test", "number": "+919811111007",
        "virtual_number": "+918040408080",
    });
    let add = |body: &Value| one(boss, Method::POST, "admin/users").json(body);
    let told = Told::to(server, &add(&new)).await;
    book.hide(
        told.json()["user"]["vendor_id"].as_str().unwrap(),
        "<vendor's id>",
    );
    book.write(server, "a new one", &add(&new), &told);
    book.tell(server, "the same once more", add(&new)).await;
    let mut other = new.clone();
    other["id"] = json!("ravi8");
    book.tell(server, "with somebody's mail address", add(&other))
        .await;
    other["name"] = json!("Ravi");
    book.tell(server, "with a name that cannot be", add(&other)).await;
    let found = one(boss, Method::GET, "admin/users?search=ravi7");
    book.tell(server, "looked for", found).await;
    book.tell(server, "one", one(boss, Method::GET, "admin/users/ravi7"))
        .await;
    let phone = one(boss, Method::PUT, "admin/users/ravi7/device").json(&json!({ "active": "phone" }));
    book.tell(server, "their telephone", phone).await;
    let long = format!("admin/users?search={}", "x".repeat(101));
    book.tell(server, "for too long a text", one(boss, Method::GET, &long))
        .await;
    let delete = || one(boss, Method::DELETE, "admin/users/ravi7");
    book.tell(server, "for good", delete()).await;
    book.tell(server, "nobody", delete()).await;
    let all = |typed: &str| one(boss, Method::DELETE, "admin/users").json(&json!({ "typed": typed }));
    book.tell(server, "not confirmed", all("all")).await;
    let app = server
        .app
        .vendor
        .call("boss", &exotel::integrations::GetApp)
        .await
        .unwrap();
    book.tell(server, "all of them", all(&app.app_name)).await;
    book.close();
}

#[tokio::test]
async fn subscribers_one_by_one() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("admin_subscribers", "Subscribers of the account, for admins.");
    let add = |name: &str| {
        one(boss, Method::POST, "admin/subscribers").json(&json!({ "name": name, "note": "north" }))
    };
    book.tell(server, "a new one", add("browser1")).await;
    book.tell(server, "the same once more", add("browser1")).await;
    book.tell(server, "a name that cannot be", add("a name")).await;
    let page = one(boss, Method::GET, "admin/subscribers?status=active&limit=1");
    book.tell(server, "a page", page).await;
    let wrong = one(boss, Method::GET, "admin/subscribers?page=L2V2aWw");
    book.tell(server, "a page that is none", wrong).await;
    let it = |method| one(boss, method, "admin/subscribers/browser1");
    book.tell(server, "one", it(Method::GET)).await;
    let token = |device: &str| {
        one(boss, Method::POST, "admin/subscribers/browser1/token").json(&json!({ "device": device }))
    };
    book.tell(server, "for one device", token("laptop-1")).await;
    book.tell(server, "for no device", token(" ")).await;
    let suspend = it(Method::PUT).json(&json!({ "status": "inactive", "note": "on leave" }));
    book.tell(server, "suspended", suspend).await;
    let late = it(Method::PUT).json(&json!({ "status": "active", "seen": 1 }));
    book.tell(server, "by somebody who did not see that", late).await;
    let other = it(Method::PUT).json(&json!({ "status": "other" }));
    book.tell(server, "a status that cannot be set", other).await;
    book.tell(server, "for good", it(Method::DELETE)).await;
    book.tell(server, "nobody", it(Method::DELETE)).await;
    book.close();
}

#[tokio::test]
async fn greenpin_beyond_one_allocation() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("admin_greenpin", "GreenPin beyond one allocation, for admins.");
    let new = json!({ "transaction_id": "order-1", "terms": {
        "a": { "vns": ["+916292134471"], "numbers": ["+917987686144"] },
        "b": { "numbers": ["+919956555625"], "pin_length": 6 },
    }});
    let create = one(boss, Method::POST, "greenpin/allocations").json(&new);
    let made = create.send(server).await.text().await.unwrap();
    let made: Value = serde_json::from_str(&made).unwrap();
    let id = made["allocation"]["greenpin_id"].as_str().unwrap();
    let nobodys = "0c1d2e3f-0000-4000-8000-000000000000";
    let change = |id: &str| json!({ "greenpin_id": id, "terms": { "usage": "oneway" } });
    let changes = |ids: &[&str]| {
        let changes: Vec<Value> = ids.iter().map(|id| change(id)).collect();
        one(boss, Method::PUT, "greenpin/allocations").json(&json!({ "changes": changes }))
    };
    book.tell(server, "one can be changed, one cannot", changes(&[id, nobodys]))
        .await;
    book.tell(server, "one of them twice", changes(&[id, id])).await;
    let reveal = |id: &str| {
        one(boss, Method::POST, &format!("greenpin/allocations/{id}/reveal")).json(&json!({ "party": "b" }))
    };
    book.tell(server, "a pin, for who asks", reveal(id)).await;
    book.tell(server, "of nobody's", reveal(nobodys)).await;
    book.tell(
        server,
        "what codes mean",
        one(boss, Method::GET, "admin/greenpin/codes"),
    )
    .await;
    book.close();
}
