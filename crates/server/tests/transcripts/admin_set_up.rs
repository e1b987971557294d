//! Customer, apps and settings, for admins.

use reqwest::Method;
use serde_json::json;

use crate::Desk;
use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;
use protocol::session::Role;

#[tokio::test]
async fn customer_apps_and_settings() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("admin_set_up", "The customer, apps and settings, for admins.");
    let get = |path: &str| ask(Method::GET, format!("/api/admin/{path}")).by(boss);
    let put = |path: &str, body| {
        ask(Method::PUT, format!("/api/admin/{path}"))
            .by(boss)
            .json(&body)
    };
    let remove = |path: &str, typed: &str| {
        ask(Method::DELETE, format!("/api/admin/{path}"))
            .by(boss)
            .json(&json!({ "typed": typed }))
    };
    book.tell(server, "the customer", get("customer")).await;
    let apps = book.tell(server, "its apps", get("apps")).await.json();
    let first = apps["apps"][0]["id"].as_str().unwrap().to_owned();
    let name = apps["apps"][0]["name"].as_str().unwrap().to_owned();
    let new = json!({ "name": "Night shift", "active": true });
    let create = ask(Method::POST, "/api/admin/apps").by(boss).json(&new);
    let made = book.tell(server, "a new one", create).await.json();
    let made = made["id"].as_str().unwrap().to_owned();
    book.tell(server, "one of them", get(&format!("apps/{made}")))
        .await;
    book.tell(server, "none of them", get("apps/none")).await;
    let wrong = put(&format!("apps/{made}/use"), json!({ "secret": "not-its-secret" }));
    book.tell(server, "with a wrong secret", wrong).await;
    let none = put("apps/none/use", json!({}));
    book.tell(server, "one whose secret is not known", none).await;
    book.tell(
        server,
        "not confirmed",
        remove(&format!("apps/{made}"), "night shift"),
    )
    .await;
    book.tell(server, "the one in use", remove(&format!("apps/{first}"), &name))
        .await;
    book.tell(server, "from now on", put(&format!("apps/{made}/use"), json!({})))
        .await;
    book.tell(server, "the one before", remove(&format!("apps/{first}"), &name))
        .await;

    let popup = || "settings/popup";
    let list = book.tell(server, "nothing is set", get("settings")).await.json();
    let seen = list["settings"][0]["tag"].clone();
    let ours = put(popup(), json!({ "seen": seen }));
    book.tell(server, "this server's own address", ours).await;
    let late = put(
        popup(),
        json!({ "value": "https://crm.example/popup", "seen": seen }),
    );
    book.tell(server, "by somebody who did not see that", late).await;
    let record = json!({ "value": "yes" });
    book.tell(server, "a value that cannot be", put("settings/record", record))
        .await;
    book.tell(server, "one", get(popup())).await;
    let unset = || ask(Method::DELETE, "/api/admin/settings/popup").by(boss);
    book.tell(server, "unset", unset()).await;
    book.tell(server, "unset twice", unset()).await;
    book.tell(server, "not confirmed", remove("customer", "me")).await;

    let poor = TestServer::start(|config| {
        desk.vendor.configure(config);
        config.vendor.account_sid = "another".to_owned();
        config.vendor.api_key = None;
    })
    .await;
    let boss = poor.signed_in("boss", Role::Admin, None).await;
    let create = ask(Method::POST, "/api/admin/apps").by(&boss).json(&new);
    book.tell(&poor, "without an API key", create).await;
    let records = desk.vendor.see("platform").await;
    let secret = &records["apps"][0]["AppSecret"];
    let switch = ask(Method::PUT, format!("/api/admin/apps/{made}/use"))
        .by(&boss)
        .json(&json!({ "secret": secret }));
    let mut hidden = switch.clone();
    hidden.secrets.push((
        secret.as_str().unwrap().to_owned(),
        "<secret of the app>".to_owned(),
    ));
    book.tell(&poor, "of another account", hidden.clone()).await;
    let alone = TestServer::start(|config| {
        desk.vendor.configure(config);
        config.vendor.customer = None;
    })
    .await;
    let alone_boss = alone.signed_in("boss", Role::Admin, None).await;
    let switch = ask(Method::PUT, format!("/api/admin/apps/{made}/use"))
        .by(&alone_boss)
        .json(&json!({ "secret": secret }));
    let mut hidden = switch;
    hidden.secrets.push((
        secret.as_str().unwrap().to_owned(),
        "<secret of the app>".to_owned(),
    ));
    book.tell(&alone, "nowhere to keep its secret", hidden).await;

    let customer = desk.vendor.see("platform").await;
    let name = customer["customers"][0]["CustomerName"]
        .as_str()
        .unwrap()
        .to_owned();
    book.tell(server, "for good", remove("customer", &name)).await;
    book.close();
}
