//! A vendor that says what a test wants, down to connections that break: HTTP by hand, one request each.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Method and path, such as `POST /v2/integrations/token`.
    pub(crate) line: String,
    /// The `Authorization` header, or nothing.
    pub(crate) authorization: String,
}

/// What is answered.
pub(crate) enum Say {
    /// Status and body.
    Json(u16, Value),
    /// The same with one more header.
    With(u16, &'static str, String, Value),
    /// The connection ends without a word.
    Cut,
    /// Nothing comes, ever.
    Silence,
    /// So many bytes that never end in sense.
    Long(usize),
}

pub(crate) struct Scripted {
    /// Its origin.
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Scripted {
    /// Starts one: `answer` is told the request and how many like it came before.
    pub(crate) async fn start(answer: impl Fn(&Seen, usize) -> Say + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (kept, answer) = (Arc::clone(&seen), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                tokio::spawn(async move {
                    let _ = serve(stream, |request| {
                        let mut kept = kept.lock().unwrap();
                        let before = kept.iter().filter(|other| other.line == request.line).count();
                        kept.push(request.clone());
                        answer(request, before)
                    })
                    .await;
                });
            }
        });
        Self { origin, seen, task }
    }

    /// How many requests with this line came.
    pub(crate) fn count(&self, line: &str) -> usize {
        self.seen
            .lock()
            .unwrap()
            .iter()
            .filter(|seen| seen.line == line)
            .count()
    }

    /// The credentials of requests with this line, in order.
    pub(crate) fn authorizations(&self, line: &str) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let with_line = seen.iter().filter(|seen| seen.line == line);
        with_line.map(|seen| seen.authorization.clone()).collect()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A success of the Integrations API.
pub(crate) fn success(data: Value) -> Say {
    Say::Json(
        200,
        json!({ "RequestId": "r1", "Status": "Success", "Code": 200, "Error": "", "Data": data }),
    )
}

/// A refusal of it.
pub(crate) fn no(status: u16, words: &str) -> Say {
    Say::Json(
        status,
        json!({ "RequestId": "r1", "Status": "Failed", "Code": status, "Error": words }),
    )
}

async fn serve(mut stream: TcpStream, answer: impl FnOnce(&Seen) -> Say) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let header = |name: &str| {
        let found = text.lines().filter_map(|line| line.split_once(": "));
        let mut found = found.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found
            .next()
            .map(|(_, value)| value.to_owned())
            .unwrap_or_default()
    };
    let length: usize = header("content-length").parse().unwrap_or(0);
    while bytes.len() < head + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    }
    let line = text.lines().next().unwrap_or_default().replace(" HTTP/1.1", "");
    let authorization = header("authorization");
    let (status, extra, body) = match answer(&Seen { line, authorization }) {
        Say::Json(status, body) => (status, String::new(), body.to_string().into_bytes()),
        Say::With(status, name, value, body) => (
            status,
            format!("{name}: {value}\r\n"),
            body.to_string().into_bytes(),
        ),
        Say::Long(length) => (200, String::new(), vec![b' '; length]),
        Say::Cut => return Ok(()),
        Say::Silence => {
            tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
            return Ok(());
        }
    };
    let head = format!(
        "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n{extra}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.shutdown().await
}
