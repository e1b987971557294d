//! Just enough HTTP to talk to the sandbox's control API.

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// `GET` a JSON document from `host:port`.
pub(crate) async fn get(host: &str, path: &str) -> Value {
    call(
        host,
        &format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
    )
    .await
}

/// `POST` a JSON document; the answer's document, or null where it has none.
pub(crate) async fn post(host: &str, path: &str, body: &Value) -> Value {
    post_as(host, path, &[], body).await
}

/// The same with headers of its own.
pub(crate) async fn post_as(host: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Value {
    let body = body.to_string();
    let mut head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json"
    );
    for (name, value) in headers {
        head.push_str(&format!("\r\n{name}: {value}"));
    }
    call(
        host,
        &format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()),
    )
    .await
}

async fn call(host: &str, request: &str) -> Value {
    let mut socket = TcpStream::connect(host).await.expect("a listening server");
    socket
        .write_all(request.as_bytes())
        .await
        .expect("a written request");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.expect("a whole answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    let status = head.split(' ').nth(1).unwrap_or_default();
    assert!(status.starts_with('2'), "{request}\n\n{answer}");
    serde_json::from_str(body).unwrap_or(Value::Null)
}
