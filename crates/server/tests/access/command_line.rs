//! `softphone-server user` and `key`, as an operator types them, beside a running server.

use std::process::{Command, Output, Stdio};

use protocol::session::Role;
use reqwest::StatusCode;
use serde_json::json;

use crate::ask::{By, CRM, PASSWORD, json, send, sign_in, signed_in, who};
use crate::support::server::TestServer;

/// Runs the program over the server's own store.
fn run(server: &TestServer, arguments: &[&str], typed: &str) -> Output {
    let folder = server.dir.path();
    let config = folder.join("softphone.toml");
    let text = format!(
        "public_origin = \"https://phone.test\"\n[store]\nsqlite = {:?}\n[vendor]\naccount_sid = \"x\"\napp_id = \"x\"\n\
         app_secret = \"x\"\n[hooks]\nsecrets = [\"hooks-secret-hooks-secret-hooks-secret\"]\n",
        folder.join("softphone.sqlite")
    );
    std::fs::write(&config, text).unwrap();
    std::fs::write(folder.join("typed"), typed).unwrap();
    Command::new(env!("CARGO_BIN_EXE_softphone-server"))
        .arg("--config")
        .arg(&config)
        .args(arguments)
        .stdin(Stdio::from(std::fs::File::open(folder.join("typed")).unwrap()))
        .output()
        .unwrap()
}

/// Its words, or the reason it gives.
fn said(output: &Output) -> Result<String, String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_added_shown_changed_and_removed() {
    let server = TestServer::start(|_| {}).await;
    let add = ["user", "add", "Asha", "--role", "agent", "--agent", "a1"];
    let short = said(&run(&server, &add, "short\n")).unwrap_err();
    assert!(short.contains("10 to 1024 characters"), "{short}");
    said(&run(&server, &add, &format!("{PASSWORD}\n"))).unwrap();
    let twice = said(&run(&server, &add, PASSWORD)).unwrap_err();
    assert!(twice.contains("already"), "{twice}");
    let inside = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    assert_eq!(who(&server, &inside).await.unwrap().agent.as_deref(), Some("a1"));

    let file = server.dir.path().join("password");
    std::fs::write(&file, "another good one\n").unwrap();
    let change = [
        "user",
        "password",
        "asha",
        "--password-file",
        file.to_str().unwrap(),
    ];
    said(&run(&server, &change, "")).unwrap();
    assert!(
        who(&server, &inside).await.is_err(),
        "signed out by the new password"
    );
    assert_eq!(sign_in(&server, "asha", PASSWORD).await.code(), "wrong_password");
    let inside = By::Cookie(sign_in(&server, "asha", "another good one").await.cookie());

    assert!(
        said(&run(&server, &["user", "sign-out", "asha"], ""))
            .unwrap()
            .contains("Sessions ended: 1.")
    );
    assert!(who(&server, &inside).await.is_err());
    let list = said(&run(&server, &["user", "list"], "")).unwrap();
    assert_eq!(
        list.split_whitespace().collect::<Vec<_>>(),
        ["asha", "agent", "a1", "password"]
    );
    said(&run(&server, &["user", "remove", "asha"], "")).unwrap();
    let gone = said(&run(&server, &["user", "remove", "asha"], "")).unwrap_err();
    assert!(gone.contains("no account \"asha\""), "{gone}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_shown_once_and_ends_when_revoked() {
    let server = TestServer::start(|_| {}).await;
    signed_in(&server, "asha", Role::Agent).await;
    let key = said(&run(&server, &["key", "add", "crm"], "")).unwrap();
    assert!(key.starts_with("softphone_key_"), "{key}");
    let mint = async || {
        let request = server
            .http
            .post(server.url("/api/tickets"))
            .bearer_auth(key.trim());
        send(json(request, &json!({ "name": "asha", "origin": CRM }))).await
    };
    assert_eq!(mint().await.status, StatusCode::OK);
    assert!(
        said(&run(&server, &["key", "add", "crm"], ""))
            .unwrap_err()
            .contains("already")
    );
    let list = said(&run(&server, &["key", "list"], "")).unwrap();
    assert_eq!(list.split_whitespace().collect::<Vec<_>>(), ["crm", "good"]);
    said(&run(&server, &["key", "revoke", "crm"], "")).unwrap();
    assert_eq!(mint().await.code(), "key_refused");
    assert!(said(&run(&server, &["key", "revoke", "crm"], "")).is_err());
}
