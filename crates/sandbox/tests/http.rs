//! What browsers and tests get over plain HTTP, and servers that misbehave.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use sandbox::{Options, Running, Sandbox};
use serde_json::json;
use support::control::{get, http, post};
use support::{PATIENCE, Phone, sandbox, socket};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

#[tokio::test]
async fn the_widget_is_served_compressed_typed_and_under_the_policy() {
    let folder = std::env::temp_dir().join(format!("sandbox-www-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html>"),
        ("app-0123456789abcdef_bg.wasm", "plain"),
        ("app-0123456789abcdef_bg.wasm.br", "small"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let running = Sandbox::spawn(Options {
        www: Some(folder.clone()),
        ..Options::default()
    })
    .await
    .unwrap();
    let (head, body) = http(&running, "GET", "/", "", "").await;
    assert!(
        head.contains("content-type: text/html") && head.contains("cache-control: no-cache"),
        "{head}"
    );
    assert!(
        head.contains("content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
    );
    assert!(head.contains("require-trusted-types-for 'script'; trusted-types phone"));
    assert!(head.contains("x-content-type-options: nosniff") && head.contains("microphone=(self)"));
    assert_eq!(body, b"<!doctype html>");
    let wasm = "/app-0123456789abcdef_bg.wasm";
    let (head, body) = http(&running, "GET", wasm, "Accept-Encoding: br\r\n", "").await;
    assert!(
        head.contains("content-type: application/wasm") && head.contains("content-encoding: br"),
        "{head}"
    );
    assert!(head.contains("immutable"));
    assert_eq!(body, b"small");
    assert_eq!(http(&running, "GET", wasm, "", "").await.1, b"plain");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn demo_accounts_name_the_server_they_came_from() {
    let running = sandbox().await;
    let demo = get(&running, "/demo.json").await;
    assert_eq!(demo["agents"][0]["server"], format!("ws://{}/sip", running.addr));
    assert_eq!(demo["agents"][0]["address"], "sip:asha@sandbox.test");
    assert_eq!(
        demo["agents"][0]["password"],
        running.accounts[0].password.as_str()
    );
    assert_eq!(demo["control"], "/control");
}

#[tokio::test]
async fn demo_accounts_are_for_no_name_that_was_made_to_point_here() {
    let running = sandbox().await;
    for (host, status) in [("evil.example", "403"), ("localhost", "200")] {
        let mut stream = tokio::net::TcpStream::connect(running.addr).await.unwrap();
        let asked = format!("GET /demo.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {said}");
    }
}

#[tokio::test]
async fn the_control_api_explains_itself_and_keeps_strangers_out() {
    let running = sandbox().await;
    for (body, words) in [
        (
            json!({"agent": "zoe", "from": "1"}),
            "There is no agent called zoe.",
        ),
        (
            json!({"agent": "asha", "from": "1"}),
            "asha is not registered on any phone now.",
        ),
    ] {
        assert_eq!(post(&running, "/control/ring", body).await["error"], words);
    }
    let (head, _) = http(
        &running,
        "POST",
        "/control/drop_sockets",
        "Origin: http://evil.example\r\n",
        "",
    )
    .await;
    assert!(head.starts_with("http/1.1 403"), "{head}");
    let (head, page) = http(&running, "GET", "/control/", "", "").await;
    assert!(head.contains("text/html") && !String::from_utf8(page).unwrap().contains("<script>"));
    let numbers = get(&running, "/control/numbers").await;
    assert!(
        numbers
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["number"] == "1001")
    );
}

#[tokio::test]
async fn garbage_in_is_counted_and_the_phone_still_registers() {
    let running = sandbox().await;
    let mut phone = Phone::new(&running, "asha", "01").await;
    phone.send_raw(Message::text("not SIP")).await;
    phone.send_raw(Message::binary(vec![0, 159, 146, 150])).await;
    phone
        .send_raw(Message::text("INVITE sip:a@b SIP/2.0\r\nVia: half"))
        .await;
    phone.register().await;
    let state = get(&running, "/control/state").await;
    assert_eq!(state["sockets"][0]["bad_frames"], 3, "{state}");
    assert_eq!(state["agents"][0]["registered"], true);
}

#[tokio::test]
async fn garbage_out_is_what_was_asked_for() {
    let running = sandbox().await;
    let mut phone = socket(&running, "/sip").await;
    until_sockets(&running, 1).await;
    for (kind, fits) in [
        ("binary", (|m| m.is_binary()) as fn(&Message) -> bool),
        ("text", |m| m.is_text()),
        ("half", |m| m.to_text().unwrap().starts_with("INVITE")),
        ("huge", |m| m.len() > 200 * 1024),
    ] {
        assert_eq!(
            post(&running, "/control/garbage", json!({"kind": kind})).await["sent"],
            1
        );
        let frame = tokio::time::timeout(PATIENCE, phone.next())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        assert!(fits(&frame), "{kind}");
    }
}

/// Waits until the platform knows so many sockets: the handshake is over a moment before.
async fn until_sockets(running: &Running, count: usize) {
    for _ in 0..400 {
        let state = get(running, "/control/state").await;
        if state["sockets"].as_array().unwrap().len() == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never {count} sockets");
}

#[tokio::test]
async fn a_platform_that_is_dropped_cuts_its_sockets() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    drop(running);
    phone.cut().await;
}

#[tokio::test]
async fn bad_servers_are_bad() {
    let running = sandbox().await;
    let mut closes = socket(&running, "/sip-close").await;
    assert!(matches!(
        closes.next().await,
        Some(Ok(Message::Close(_))) | Some(Err(_)) | None
    ));
    let mut garbage = socket(&running, "/sip-garbage").await;
    garbage.send(Message::text("REGISTER")).await.unwrap();
    assert!(garbage.next().await.unwrap().unwrap().is_binary());
    let mut silent = socket(&running, "/sip-silent").await;
    silent.send(Message::text("REGISTER")).await.unwrap();
    assert!(
        tokio::time::timeout(Duration::from_millis(300), silent.next())
            .await
            .is_err()
    );
    let mut request = format!("ws://{}/sip-no-subprotocol", running.addr)
        .into_client_request()
        .unwrap();
    let (_, reply) = connect_async(request.clone()).await.unwrap();
    assert!(reply.headers().get("sec-websocket-protocol").is_none());
    request
        .headers_mut()
        .insert("Sec-WebSocket-Protocol", "sip".parse().unwrap());
    assert!(
        connect_async(request).await.is_err(),
        "a client that asked for sip must refuse"
    );
}
