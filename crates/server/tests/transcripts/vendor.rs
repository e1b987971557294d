//! Refusals that come from behind the vendor's APIs, for every route that asks there.

use exotel::integrations::GetUser;
use reqwest::Method;
use serde_json::json;
use server::config::sandbox_hosts;

use crate::ask::{Ask, ask};
use crate::book::Book;
use crate::gate::Gate;
use crate::table::Table;
use crate::{Desk, Vendor};

/// A route that asks the vendor.
struct Asking {
    name: &'static str,
    api: &'static str,
    operation: &'static str,
    /// A reading request is sent three times.
    reads: bool,
    ask: Ask,
}

fn askings(desk: &Desk) -> Vec<Asking> {
    let asking = |name: &'static str, api, operation, body: Option<serde_json::Value>| {
        let (method, path) = name.split_once(' ').unwrap();
        let path = path
            .trim_start()
            .replace("{id}", "0c1d2e3f-0000-4000-8000-000000000000");
        let method: Method = method.parse().unwrap();
        let who = if path.starts_with("/api/phone") || path == "/api/device" {
            &desk.asha
        } else {
            &desk.boss
        };
        let reads = method == Method::GET;
        let ask = ask(method, path).by(who);
        Asking {
            name,
            api,
            operation,
            reads,
            ask: match body {
                Some(body) => ask.json(&body),
                None => ask,
            },
        }
    };
    let party = json!({ "vns": ["+916292134471"], "numbers": ["+917987686144"] });
    let other = json!({ "numbers": ["+919956555625"] });
    let new = json!({ "transaction_id": "order-1", "terms": { "a": party, "b": other } });
    let terms = json!({ "usage": "oneway" });
    let device = json!({ "active": "sip" });
    let (core, greenpin) = ("integrations", "greenpin");
    vec![
        asking("GET    /api/phone", core, "get_users", None),
        asking("PUT    /api/device", core, "set_device", Some(device)),
        asking("GET    /api/webhooks/drift", core, "get_setting", None),
        asking("POST   /api/webhooks/install", core, "add_setting", None),
        asking(
            "POST   /api/greenpin/allocations",
            greenpin,
            "create_allocation",
            Some(new),
        ),
        asking(
            "GET    /api/greenpin/allocations/{id}",
            greenpin,
            "get_allocation",
            None,
        ),
        asking(
            "PUT    /api/greenpin/allocations/{id}",
            greenpin,
            "update_allocation",
            Some(terms),
        ),
        asking(
            "DELETE /api/greenpin/allocations/{id}",
            greenpin,
            "delete_allocation",
            None,
        ),
    ]
}

#[tokio::test]
async fn each_refusal_of_the_vendors_and_who_gives_it() {
    let desk = Desk::new(|_| {}).await;
    let mut book = Book::new(
        "vendor",
        "Refusals from behind the vendor's APIs: each in full once, then every route that gives it.",
    );
    let mut table = Table::default();
    for asking in askings(&desk) {
        // After 401 a token is made anew and the request sent once more; GreenPin has no token.
        let twice = if asking.api == "integrations" { 2 } else { 1 };
        let thrice = if asking.reads { 3 } else { 1 };
        for (why, status, times) in [
            ("our credentials are not taken", 401, twice),
            ("the account may not", 403, 1),
            ("nothing is known of what was done", 503, thrice),
        ] {
            desk.fault(asking.api, asking.operation, status, times).await;
            table
                .tell(&mut book, &desk.server, asking.name, why, asking.ask.clone())
                .await;
        }
    }
    let get = GetUser {
        app_user_id: "asha".to_owned(),
    };
    for _ in 0..1_000 {
        if desk.server.app.vendor.call("asha", &get).await.is_err() {
            break;
        }
    }
    let why = "this minute's requests are used up";
    for asking in askings(&desk) {
        table
            .tell(&mut book, &desk.server, asking.name, why, asking.ask)
            .await;
    }

    let vendor = Vendor::start().await;
    let gate = Gate::open(vendor.running.addr).await;
    let desk = Desk::new(|config| {
        vendor.configure(config);
        config.vendor.hosts = sandbox_hosts(&gate.origin);
    })
    .await;
    // A token is had before.
    assert_eq!(askings(&desk)[0].ask.send(&desk.server).await.status(), 200);
    gate.shut().await;
    for asking in askings(&desk) {
        let why = "the vendor cannot be reached";
        table
            .tell(&mut book, &desk.server, asking.name, why, asking.ask)
            .await;
    }
    book.add(&table.text());
    book.close();
}
