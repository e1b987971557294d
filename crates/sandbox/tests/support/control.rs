//! The control API and plain HTTP, without a client crate.

use std::time::Duration;

use sandbox::Running;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends a request as written; returns head and body.
pub async fn http(running: &Running, method: &str, path: &str, extra: &str, body: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(running.addr).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{extra}Content-Length: {}\r\n\r\n{body}",
        running.addr,
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await.unwrap();
    let split = reply.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    (
        String::from_utf8(reply[..split].to_vec()).unwrap().to_lowercase(),
        reply[split + 4..].to_vec(),
    )
}

pub async fn get(running: &Running, path: &str) -> Value {
    serde_json::from_slice(&http(running, "GET", path, "", "").await.1).unwrap()
}

pub async fn post(running: &Running, path: &str, body: Value) -> Value {
    serde_json::from_slice(&http(running, "POST", path, "", &body.to_string()).await.1).unwrap()
}

/// The calls, oldest first.
pub async fn calls(running: &Running) -> Vec<Value> {
    get(running, "/control/state").await["calls"]
        .as_array()
        .unwrap()
        .clone()
}

/// Waits until the newest call fits.
pub async fn call_until(running: &Running, fits: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..400 {
        if let Some(call) = calls(running).await.pop().filter(&fits) {
            return call;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no such call: {:?}", calls(running).await);
}
