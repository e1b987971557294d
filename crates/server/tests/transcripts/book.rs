//! A room's transcripts: gathered while a test talks to a server, and compared with the file in `snapshots/`.
//!
//! `UPDATE=1 cargo test -p server --test transcripts` writes the files anew; read the difference, then run it once
//! more without.

use std::path::PathBuf;

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;
use server::routes::routes;
use tokio::time::timeout;

use crate::ask::Ask;
use crate::plain::Plain;
use crate::support::server::{PATIENCE, TestServer};

/// The headers of an answer that callers act on.
const HEADERS: [&str; 11] = [
    "content-type",
    "content-encoding",
    "cache-control",
    "etag",
    "vary",
    "allow",
    "location",
    "retry-after",
    "set-cookie",
    "www-authenticate",
    "x-accel-buffering",
];
/// Longer bodies are shown by their length.
const LONGEST: usize = 2_000;

/// The transcripts of a room.
pub(crate) struct Book {
    room: &'static str,
    text: String,
    plain: Plain,
}

/// An answer that was written down.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Told {
    /// Sends, without writing it down.
    pub(crate) async fn to(server: &TestServer, ask: &Ask) -> Self {
        let answer = ask.send(server).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        Self {
            status: status.as_u16(),
            headers,
            text: answer.text().await.unwrap(),
        }
    }

    /// Its JSON, or null.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Its status and, of a refusal, its code.
    pub(crate) fn word(&self) -> String {
        let problem = self.json();
        let code = problem["code"].as_str().unwrap_or("(no problem)");
        format!("{} {code}", self.status)
    }
}

impl Book {
    /// An empty one for `snapshots/<room>.http`.
    pub(crate) fn new(room: &'static str, about: &str) -> Self {
        Self {
            room,
            text: format!("# {about}\n"),
            plain: Plain::default(),
        }
    }

    /// From now on shows `name` for `text`.
    pub(crate) fn hide(&mut self, text: &str, name: &str) {
        self.plain.hide(text, name);
    }

    /// Sends, and writes down what was asked and what came back.
    pub(crate) async fn tell(&mut self, server: &TestServer, what: &str, ask: Ask) -> Told {
        let told = Told::to(server, &ask).await;
        self.write(server, what, &ask, &told);
        told
    }

    /// The same for a stream, which is left after so many events.
    pub(crate) async fn tell_stream(&mut self, server: &TestServer, what: &str, ask: Ask, events: usize) {
        let mut answer = ask.send(server).await;
        let text = read_events(&mut answer, events).await;
        let told = Told {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            text,
        };
        self.write(server, what, &ask, &told);
    }

    /// Adds lines that are no transcript.
    pub(crate) fn add(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// Writes down what was asked and what came back.
    pub(crate) fn write(&mut self, server: &TestServer, what: &str, ask: &Ask, told: &Told) {
        let plain = &mut self.plain;
        for (secret, name) in &ask.secrets {
            plain.hide(secret, name);
        }
        plain.hide(&server.addr.to_string(), "<server>");
        plain.wait = told
            .headers
            .get("retry-after")
            .map(|value| value.to_str().unwrap().to_owned());
        let path = ask.path.split('?').next().unwrap_or_default();
        let mut lines = vec![
            String::new(),
            format!(
                "### {} {}: {what}",
                ask.method,
                template(ask.method.as_str(), path)
            ),
            String::new(),
            format!("{} {}", ask.method, plain.text(&ask.path)),
        ];
        lines.extend(
            ask.headers
                .iter()
                .map(|(name, value)| format!("{name}: {}", plain.text(value))),
        );
        lines.extend(body(plain, "", &String::from_utf8_lossy(&ask.body)));
        let reason = reqwest::StatusCode::from_u16(told.status).unwrap();
        lines.extend([String::new(), reason.to_string()]);
        for name in HEADERS {
            let values = told.headers.get_all(name).iter();
            lines.extend(values.map(|value| format!("{name}: {}", plain.text(value.to_str().unwrap()))));
        }
        let kind = told
            .headers
            .get("content-type")
            .map_or("", |kind| kind.to_str().unwrap());
        lines.extend(body(plain, kind, &told.text));
        lines.push(String::new());
        self.text.push_str(&lines.join("\n"));
    }

    /// Compares with the file, or writes it.
    pub(crate) fn close(self) {
        let file = folder().join(format!("{}.http", self.room));
        if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&file, self.text).unwrap();
            return;
        }
        let known = std::fs::read_to_string(&file).unwrap_or_default();
        let first = known
            .lines()
            .zip(self.text.lines())
            .position(|(known, now)| known != now);
        let first = first.unwrap_or_else(|| known.lines().count().min(self.text.lines().count()));
        let near = |text: &str| {
            let lines = text.lines().skip(first.saturating_sub(12)).take(20);
            lines.collect::<Vec<_>>().join("\n")
        };
        assert!(
            known == self.text,
            "{} differs at line {}. If it should, UPDATE=1 writes it anew.\n--- in the file\n{}\n--- now\n{}",
            file.display(),
            first + 1,
            near(&known),
            near(&self.text)
        );
    }
}

/// Where the transcripts are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/transcripts/snapshots"
    ))
}

/// The path of the route that takes this, as it stands in the table; of a file, its own.
fn template(method: &str, path: &str) -> String {
    let takes = |template: &str| {
        let (theirs, ours) = (template.split('/'), path.split('/'));
        let same = template.split('/').count() == path.split('/').count();
        same && theirs
            .zip(ours)
            .all(|(part, given)| part.starts_with('{') || part == given)
    };
    let table = routes();
    let found = table
        .iter()
        .filter(|route| route.method.as_str() == method && takes(route.path));
    let found = found.min_by_key(|route| route.path.matches('{').count());
    found.map_or(path, |route| route.path).to_owned()
}

/// A body with the empty line before it; nothing if there is none.
fn body(plain: &mut Plain, kind: &str, text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    if text.len() > LONGEST && !kind.contains("openmetrics") {
        return vec![String::new(), format!("<{} bytes>", text.len())];
    }
    // Of figures, what they are; their values differ.
    let names = |line: &&str| line.starts_with("# ");
    let shown = match serde_json::from_str(text) {
        Ok(json) => plain.json(&json),
        Err(_) if kind.contains("openmetrics") => text.lines().filter(names).collect::<Vec<_>>().join("\n"),
        Err(_) if kind == "text/event-stream" => plain.stream(text),
        Err(_) => plain.text(text),
    };
    vec![String::new(), shown.trim_end().to_owned()]
}

/// Reads until so many events are there, and the word that opens the stream.
async fn read_events(answer: &mut Response, events: usize) -> String {
    let mut text = String::new();
    while text.matches("\nevent: ").count() < events || !text.ends_with("\n\n") {
        let piece = timeout(PATIENCE, answer.chunk()).await;
        let piece = piece.expect("the stream is silent").unwrap();
        text.push_str(std::str::from_utf8(&piece.expect("the stream ended")).unwrap());
    }
    text
}
