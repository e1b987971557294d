//! A vendor that talks too much: the sandbox, or an answer that repeats all of the request.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// How it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// As the sandbox does.
    Calm,
    /// With this status, and the request in the documented place of the error's words.
    Repeating(u16),
    /// With this status, and the request as plain text.
    Shouting(u16),
    /// Not at all.
    Silent,
}

#[derive(Clone)]
pub(crate) struct Loud(Arc<Parts>);

struct Parts {
    sandbox: SocketAddr,
    /// What the server shows to GreenPin, and what the sandbox wants there.
    greenpin: (String, String),
    http: reqwest::Client,
    mood: Mutex<Mood>,
    /// Tokens and SIP secrets that it gave.
    gave: Mutex<Vec<String>>,
}

impl Loud {
    /// Starts one; gives its origin too.
    pub(crate) async fn start(sandbox: SocketAddr, greenpin: (String, String)) -> (Self, String) {
        let loud = Self(Arc::new(Parts {
            sandbox,
            greenpin,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            mood: Mutex::new(Mood::Calm),
            gave: Mutex::default(),
        }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(loud.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (loud, origin)
    }

    pub(crate) fn be(&self, mood: Mood) {
        *self.0.mood.lock().unwrap() = mood;
    }

    /// The secrets that it has given so far.
    pub(crate) fn gave(&self) -> Vec<String> {
        self.0.gave.lock().unwrap().clone()
    }

    fn remember(&self, secret: &str) {
        let mut gave = self.0.gave.lock().unwrap();
        if !secret.is_empty() && !gave.iter().any(|known| known == secret) {
            gave.push(secret.to_owned());
        }
    }

    /// Looks for secrets in an answer of the sandbox.
    fn listen(&self, path: &str, answer: &Value) {
        match answer {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let secret = name == "SipSecret" || (name == "Data" && path.ends_with("/token"));
                    match value.as_str().filter(|_| secret) {
                        Some(text) => self.remember(text),
                        None => self.listen(path, value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.listen(path, item)),
            _ => {}
        }
    }
}

async fn answer(State(loud): State<Loud>, request: Request) -> Response {
    let mood = *loud.0.mood.lock().unwrap();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let said = || {
        let text = String::from_utf8_lossy(&body).into_owned();
        format!("{} {text} {}", authorization(&parts.headers), parts.uri)
    };
    match mood {
        Mood::Silent => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        Mood::Repeating(status) => {
            let error = json!({ "code": status, "description": said(), "message": said() });
            let body = json!({ "Status": "Failed", "Code": status, "Error": said(), "error_data": error });
            (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response()
        }
        Mood::Shouting(status) => (StatusCode::from_u16(status).unwrap(), said()).into_response(),
        Mood::Calm => {
            let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            let url = format!("http://{}{path}", loud.0.sandbox);
            let mut headers = parts.headers.clone();
            headers.remove(header::HOST);
            let (ours, theirs) = &loud.0.greenpin;
            if authorization(&headers) == *ours {
                headers.insert(header::AUTHORIZATION, theirs.parse().unwrap());
            }
            let request = loud.0.http.request(parts.method, url).headers(headers).body(body);
            let answer = request.send().await.unwrap();
            let (status, kind) = (
                answer.status(),
                answer.headers().get(header::CONTENT_TYPE).cloned(),
            );
            let bytes = answer.bytes().await.unwrap();
            loud.listen(
                parts.uri.path(),
                &serde_json::from_slice(&bytes).unwrap_or_default(),
            );
            let mut response = (status, Body::from(bytes)).into_response();
            if let Some(kind) = kind {
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            response
        }
    }
}

fn authorization(headers: &HeaderMap) -> String {
    let value = headers.get(header::AUTHORIZATION);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}
