//! The program as it is run: a process with a file, signals, and what it prints.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod process;

use process::Process;

/// What must stand in no line of the log.
const CANARIES: [&str; 5] = [
    "8040408012",
    "canary-hooks-secret-path",
    "canary-app-secret",
    "canary-password",
    "canary-token",
];

#[tokio::test]
async fn it_serves_until_it_is_told_to_stop_and_logs_nothing_personal() {
    let mut server = Process::start("json").await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let at = |path: &str| format!("{}{path}", server.address);
    assert_eq!(http.get(at("/readyz")).send().await.unwrap().status(), 200);
    let popup = "/hooks/canary-hooks-secret-path/popup?CallSid=c1&CallFrom=%2B918040408012";
    let wrong = "/hooks/wrong-canary-hooks-secret-path-too/popup?CallFrom=8040408012";
    let body = r#"{"CallSid":"c1","CallFrom":"+918040408012","AppUserID":"a1"}"#;
    for path in [popup, wrong] {
        let post = http
            .post(at(path))
            .header("content-type", "application/json")
            .body(body);
        post.send().await.unwrap();
    }
    let search = http.get(at("/api/calls?search=8040408012"));
    let search = search
        .header("authorization", "Bearer canary-token")
        .send()
        .await
        .unwrap();
    assert_eq!(search.status(), 401);
    let sign_in = http.post(at("/api/session")).header(protocol::CHANGE_HEADER, "1");
    let sign_in = sign_in
        .header("content-type", "application/json")
        .body(r#"{"name":"asha","password":"canary-password"}"#);
    sign_in.send().await.unwrap();
    http.get(at("/somewhere/8040408012")).send().await.unwrap();

    let (code, log) = server.terminate().await;
    assert_eq!(code, Some(0), "{log}");
    for canary in CANARIES {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
    assert!(log.contains(r#""route":"/hooks/{secret}/{kind}""#), "{log}");
    for line in log.lines() {
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(line);
        assert!(parsed.is_ok(), "not one JSON object a line: {line}");
    }
}

#[tokio::test]
async fn records_are_exported_and_copied_while_it_runs() {
    let mut server = Process::start("text").await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let hook = format!("{}/hooks/canary-hooks-secret-path/popup", server.address);
    let body = r#"{"CallSid":"c1","CallFrom":"+918040408012","AppUserID":"a1"}"#;
    let post = http
        .post(hook)
        .header("content-type", "application/json")
        .body(body);
    assert_eq!(post.send().await.unwrap().status(), 200);

    let (code, out, errors) = server.run(&["export", "--table", "deliveries"]).await;
    assert_eq!(code, Some(0), "{errors}");
    let rows: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 1, "{out}");
    assert_eq!(rows[0]["table"], "deliveries");
    assert_eq!(rows[0]["row"]["call_sid"], "c1");

    let (code, _, errors) = server.run(&["export", "--table", "sessions"]).await;
    assert_eq!(code, Some(2), "sessions are nobody's to export: {errors}");

    let copy = server.dir.path().join("copy.sqlite");
    let copy = copy.to_str().unwrap();
    let (code, _, errors) = server.run(&["backup", copy]).await;
    assert_eq!(code, Some(0), "{errors}");
    let (code, _, errors) = server.run(&["backup", copy]).await;
    assert_eq!(code, Some(1), "a copy is never written over");
    assert!(errors.contains("left alone"), "{errors}");
    server.terminate().await;

    // The copy is a store of its own: another server starts over it and exports the same.
    std::fs::rename(copy, server.dir.path().join("softphone.sqlite")).unwrap();
    let (_, again, _) = server.run(&["export", "--table", "deliveries"]).await;
    assert_eq!(again, out);
}

#[tokio::test]
async fn a_port_in_use_is_said_in_a_sentence() {
    let server = Process::start("text").await;
    let taken = server.address.trim_start_matches("http://").to_owned();
    let other = Process::write(&taken);
    let (code, _, errors) = other.output(&[]).await;
    assert_eq!(code, Some(1));
    assert!(errors.contains("cannot be listened on"), "{errors}");
}
