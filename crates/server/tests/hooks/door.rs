//! Who may send webhooks, and how large they may be.

use exotel::Secret;
use server::config::HOOKS_SECRET;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::server::TestServer;

const POPUP: &str = r#"{"CallSid":"7b","AppUserID":"asha","CallStatus":"busy"}"#;

#[tokio::test]
async fn a_wrong_path_of_any_sort_is_one_and_the_same_404() {
    let server = TestServer::start(|_| ()).await;
    let mut bodies = Vec::new();
    for path in [
        "/hooks/wrong/popup".to_owned(),
        "/hooks/wrong/nonsense".to_owned(),
        format!("/hooks/{HOOKS_SECRET}/nonsense"),
        format!("/hooks/{HOOKS_SECRET}x/popup"),
        format!("/hooks/{}/popup", HOOKS_SECRET.to_uppercase()),
        "/hooks/%FF/popup".to_owned(),
    ] {
        let answer = server.http.post(server.url(&path)).body(POPUP).send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        bodies.push(answer.text().await.unwrap());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert!(!bodies[0].contains(HOOKS_SECRET));
    assert!(server.kept().await.is_empty());
}

#[tokio::test]
async fn two_secrets_are_live_while_one_replaces_the_other() {
    let server = TestServer::start(|config| {
        config
            .hooks
            .secrets
            .insert(0, Secret::from("the-newer-secret-of-the-path"));
    })
    .await;
    for (secret, status) in [
        (HOOKS_SECRET, 200),
        ("the-newer-secret-of-the-path", 200),
        ("the-newer-secret-of-the-pat", 404),
    ] {
        let url = server.url(&format!("/hooks/{secret}/popup"));
        let answer = server.http.post(url).body(POPUP).send().await.unwrap();
        assert_eq!(answer.status(), status, "{secret}");
    }
    assert_eq!(server.kept().await.len(), 1, "both are one event");
}

#[tokio::test]
async fn basic_is_asked_for_where_it_is_configured() {
    let server = TestServer::start(|config| {
        config.hooks.basic = vec![
            ("platform".to_owned(), Secret::from("new-word")),
            ("platform".to_owned(), Secret::from("old-word")),
        ];
    })
    .await;
    let send = |password: Option<&'static str>| {
        let request = server.http.post(server.hook("popup")).body(POPUP);
        match password {
            Some(password) => request.basic_auth("platform", Some(password)).send(),
            None => request.send(),
        }
    };
    for password in [None, Some("wrong"), Some("")] {
        let answer = send(password).await.unwrap();
        assert_eq!(answer.status(), 401);
        assert!(answer.headers().contains_key("www-authenticate"));
        assert!(!answer.text().await.unwrap().contains("-word"));
    }
    assert!(server.kept().await.is_empty());
    for password in ["new-word", "old-word"] {
        assert_eq!(send(Some(password)).await.unwrap().status(), 200);
    }
    // Without the path's secret, credentials are of no use and nobody is asked for them.
    let url = server.url("/hooks/wrong/popup");
    let request = server.http.post(url).basic_auth("platform", Some("new-word"));
    assert_eq!(request.body(POPUP).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn more_than_64_kib_are_not_read() {
    let server = TestServer::start(|_| ()).await;
    let padded = |bytes: usize| {
        let rest = POPUP.len() + r#","Pad":"""#.len();
        POPUP.replace('}', &format!(r#","Pad":"{}"}}"#, "x".repeat(bytes - rest)))
    };
    assert_eq!(server.post("popup", padded(64 * 1024 + 1)).await, 413);
    // The same without saying the length first.
    let mut socket = TcpStream::connect(server.addr).await.unwrap();
    let head = format!(
        "POST /hooks/{HOOKS_SECRET}/popup HTTP/1.1\r\nHost: phone.test\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let chunk = |body: &str| format!("{:x}\r\n{body}\r\n", body.len());
    let request = [head, chunk(&padded(64 * 1024)), chunk("x"), chunk("")].concat();
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    socket.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    assert!(server.kept().await.is_empty());
    assert_eq!(server.post("popup", padded(64 * 1024)).await, 200);
    assert_eq!(server.kept().await.len(), 1);
}
