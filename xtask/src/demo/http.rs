//! Requests to our own programs on this machine: as much HTTP as that takes.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::failure::Failure;

/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(30);

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// The body as JSON; null if it is none.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// The first value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The answer, or a failure that names what was asked.
    pub(super) fn good(self, what: &str) -> Result<Self, Failure> {
        match self.status {
            200..=299 => Ok(self),
            status => Err(Failure::new(format!(
                "{what}: HTTP {status} {}",
                self.body.trim()
            ))),
        }
    }
}

/// Sends a request to `port` of this machine. Version 1.0, so that no answer comes in chunks.
pub(super) fn ask(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> Result<Answer, Failure> {
    let exchange = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(LIMIT))?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut request = format!("{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = body.len();
        request.push_str(&format!(
            "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        ));
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    // The path may hold a secret: the method says enough.
    let failed = |why: String| {
        Failure::new(format!(
            "port {port} of this machine did not answer {method}: {why}"
        ))
    };
    let bytes = exchange().map_err(|e| failed(e.to_string()))?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok(Answer {
        status: status.ok_or_else(|| failed("no HTTP".to_owned()))?,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}
