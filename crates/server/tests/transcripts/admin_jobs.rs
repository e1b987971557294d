//! Jobs: many additions at once.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::Desk;
use crate::ask::{Ask, ask};
use crate::book::{Book, Told};

fn row(id: &str, name: &str) -> Value {
    json!({
        "id": id, "name": name, "email": format!("{id}@example.test"), "number": "+919811111007",
        "virtual_number": "+918040408080",
    })
}

/// Tells of a job that is made, under `name`. Its id.
async fn named(book: &mut Book, desk: &Desk, what: &str, ask: Ask, name: &str) -> String {
    let told = Told::to(&desk.server, &ask).await;
    let id = told.json()["id"].as_str().unwrap().to_owned();
    book.hide(&id, name);
    book.write(&desk.server, what, &ask, &told);
    id
}

#[tokio::test]
async fn jobs_are_made_run_and_removed() {
    let desk = Desk::new(|_| {}).await;
    let (server, boss) = (&desk.server, &desk.boss);
    let mut book = Book::new("admin_jobs", "Many additions at once, for admins.");
    let make = |kind: &str, body: &Value| {
        ask(Method::POST, format!("/api/admin/jobs/{kind}"))
            .by(boss)
            .json(body)
    };
    let rows = json!({ "rows": [row("ravi7", "Ravi Kumar"), row("ravi8", "Ravi")] });
    let id = named(
        &mut book,
        &desk,
        "checked, and nothing sent",
        make("users", &rows),
        "<job>",
    )
    .await;
    let csv = json!({ "csv": "name,note\nbrowser1,north\nbrowser 2,\n" });
    let ask_of = make("subscribers", &csv);
    let pasted = named(&mut book, &desk, "pasted from a sheet", ask_of, "<other job>").await;
    let wrong = json!({ "csv": "ravi,kumar" });
    book.tell(server, "a text without names of columns", make("users", &wrong))
        .await;
    let none = json!({ "rows": [] });
    book.tell(server, "nothing", make("users", &none)).await;
    let on = |method, id: &str, what: &str| ask(method, format!("/api/admin/jobs/{id}{what}")).by(boss);
    book.tell(server, "one that never was", on(Method::GET, "none", ""))
        .await;
    // The first request is refused for a minute, and the job waits.
    desk.fault("integrations", "add_users", 429, 1).await;
    book.tell(server, "from now on", on(Method::POST, &id, "/start"))
        .await;
    book.tell(server, "while it runs", on(Method::DELETE, &id, ""))
        .await;
    on(Method::POST, &id, "/stop").send(server).await;
    book.tell(
        server,
        "one that does not run",
        on(Method::POST, &pasted, "/stop"),
    )
    .await;
    book.tell(
        server,
        "its rows",
        on(Method::GET, &pasted, "/rows?state=invalid"),
    )
    .await;
    let failures = on(Method::GET, &pasted, "/failures.csv");
    book.tell(server, "what was not added", failures).await;
    on(Method::POST, &pasted, "/start").send(server).await;
    loop {
        let job = on(Method::GET, &pasted, "")
            .send(server)
            .await
            .text()
            .await
            .unwrap();
        if job.contains("\"done\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    book.tell(server, "when all is done", on(Method::GET, &pasted, ""))
        .await;
    book.tell(server, "once more", on(Method::POST, &pasted, "/start"))
        .await;
    book.tell(server, "removed", on(Method::DELETE, &id, "")).await;
    book.tell(
        server,
        "those that are left",
        ask(Method::GET, "/api/admin/jobs").by(boss),
    )
    .await;
    book.close();
}
