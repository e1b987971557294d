//! Bodies and parameters that cannot be read.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::clock::now;
use server::routes::routes;

use crate::SID;
use crate::ask::{Ask, ask};
use crate::book::Book;
use crate::support::server::{Signed, TestServer};
use crate::table::Table;

/// Changes without a body.
const WITHOUT: [&str; 7] = [
    "/api/admin/outgoing/{id}/again",
    "/api/admin/outgoing/endpoints/{name}/on",
    "/api/shift",
    "/api/webhooks/install",
    "/api/webhooks/deliveries/{id}/replay",
    "/api/admin/jobs/{id}/start",
    "/api/admin/jobs/{id}/stop",
];
/// What takes more than 64 KiB.
const LARGER: [(&str, usize); 4] = [
    ("/api/logs", 1024 * 1024),
    ("/api/dial-contexts", 1024 * 1024),
    ("/api/admin/jobs/users", 4 * 1024 * 1024),
    ("/api/admin/jobs/subscribers", 4 * 1024 * 1024),
];
/// Routes with a query, and a query of each that cannot be read.
const QUERIES: [(&str, &str, &str); 16] = [
    ("GET", "/api/admin/outgoing", "limit=-1"),
    ("GET", "/api/sessions", "name=a&name=b"),
    ("DELETE", "/api/sessions", "name=a&name=b"),
    ("GET", "/events", "after=a&after=b"),
    ("GET", "/api/numbers", "text=1&text=2"),
    ("GET", "/api/calls", "limit=many"),
    ("GET", "/api/audit", "before=now"),
    ("GET", "/api/webhooks/deliveries", "whole=perhaps"),
    ("GET", "/api/greenpin/allocations", "limit=-1"),
    ("GET", "/api/admin/users", "limit=-1"),
    ("GET", "/api/admin/subscribers", "status=asleep"),
    ("GET", "/api/admin/jobs/{id}/rows", "state=lost"),
    ("GET", "/api/admin/calls", "outcome=lost"),
    ("GET", "/api/admin/calls.csv", "direction=up"),
    ("GET", "/api/admin/missed", "zone=ist"),
    ("GET", "/api/admin/quality", "from=now"),
];

fn asked(template: &str, method: &Method, boss: &Signed, key: &str) -> Ask {
    let path = template
        .replace("{sid}", SID)
        .replace("{name}", "asha")
        .replace("{key}", "popup")
        .replace("{id}", "1");
    let bare = ask(method.clone(), path);
    match template {
        "/api/session" | "/api/session/ticket" => bare.at_our_page(),
        "/api/tickets" | "/api/dial-contexts" => bare.with_key(key),
        _ => bare.by(boss),
    }
}

#[tokio::test]
async fn each_refusal_of_what_cannot_be_read_and_who_gives_it() {
    let server = TestServer::start(|_| {}).await;
    let boss = server.signed_in("boss", Role::Admin, Some("boss")).await;
    let key = server.app.auth.add_key("crm", now()).await.unwrap().unwrap();
    let mut book = Book::new(
        "unread",
        "What cannot be read: each refusal in full once, then every route that gives it.",
    );
    let mut table = Table::default();
    let changes = [Method::POST, Method::PUT];
    for route in routes() {
        let takes = changes.contains(&route.method) && route.path.starts_with("/api/");
        if !takes || WITHOUT.contains(&route.path) {
            continue;
        }
        let name = format!("{:<6} {}", route.method.as_str(), route.path);
        let ask = || asked(route.path, &route.method, &boss, key.reveal());
        let limit = LARGER.iter().find(|(path, _)| *path == route.path);
        let limit = limit.map_or(64 * 1024, |(_, limit)| *limit);
        for (why, ask) in [
            (
                "a body that does not say what it is",
                ask().text("text/plain", "{}"),
            ),
            (
                "a body that is no JSON",
                ask().text("application/json", "{\"a\":"),
            ),
            ("JSON of the wrong shape", ask().json(&json!("wrong"))),
            (
                "more than fits",
                ask().text("application/json", &" ".repeat(limit + 1)),
            ),
        ] {
            table.tell(&mut book, &server, &name, why, ask).await;
        }
    }
    for (method, path, query) in QUERIES {
        let method: Method = method.parse().unwrap();
        let ask = asked(&format!("{path}?{query}"), &method, &boss, key.reveal());
        let name = format!("{:<6} {path}", method.as_str());
        table
            .tell(&mut book, &server, &name, "a parameter that cannot be read", ask)
            .await;
    }
    book.add(&table.text());
    book.close();
}
