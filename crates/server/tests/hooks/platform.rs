//! The vendor: the sandbox for whole stories, and call details that say what a test wants.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use exotel::{ApiKey, Secret};
use sandbox::{Options, Running, Sandbox};
use serde_json::{Value, json};
use server::config::{Config, sandbox_hosts};

/// A sandbox and its credentials.
pub(super) struct Vendor {
    pub(super) running: Running,
    http: reqwest::Client,
    records: Value,
}

impl Vendor {
    pub(super) async fn start() -> Self {
        let options = Options {
            port: 0,
            ..Options::default()
        };
        let running = Sandbox::spawn(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("http://{}/control/platform", running.addr);
        let text = http.get(url).send().await.unwrap().text().await.unwrap();
        let records = serde_json::from_str(&text).unwrap();
        Self {
            running,
            http,
            records,
        }
    }

    /// Puts addresses and credentials into a configuration.
    pub(super) fn configure(&self, config: &mut Config) {
        let text = |path: &str| self.records.pointer(path).unwrap().as_str().unwrap().to_owned();
        let vendor = &mut config.vendor;
        vendor.hosts = sandbox_hosts(&format!("http://{}", self.running.addr));
        vendor.account_sid = text("/accounts/0/sid");
        vendor.app = (text("/apps/0/AppID"), Secret::new(text("/apps/0/AppSecret")));
        vendor.api_key = Some(ApiKey {
            key: Secret::new(text("/accounts/0/api_key")),
            token: Secret::new(text("/accounts/0/api_token")),
        });
    }

    /// A request to the control API.
    pub(super) async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("http://{}/control/{path}", self.running.addr);
        let answer = self.http.post(url).body(body.to_string()).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }
}

/// Version 1 of the voice API, for lists of calls.
#[derive(Clone, Default)]
pub(super) struct Voice(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    /// By CallSid, what each further question is answered with; the last answer stays.
    calls: BTreeMap<String, Vec<Value>>,
    /// Answer so many requests with 429 first.
    limited: usize,
    /// Ids of each request.
    asked: Vec<Vec<String>>,
}

impl Voice {
    /// Starts it; gives its origin.
    pub(super) async fn start(&self) -> SocketAddr {
        let router = Router::new().fallback(list).with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        addr
    }

    pub(super) fn say(&self, sid: &str, answers: Vec<Value>) {
        self.0.lock().unwrap().calls.insert(sid.to_owned(), answers);
    }

    pub(super) fn limit(&self, times: usize) {
        self.0.lock().unwrap().limited = times;
    }

    pub(super) fn asked(&self) -> Vec<Vec<String>> {
        self.0.lock().unwrap().asked.clone()
    }
}

async fn list(State(voice): State<Voice>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let mut script = voice.0.lock().unwrap();
    if script.limited > 0 {
        script.limited -= 1;
        let refusal = json!({"RestException": {"Status": 429, "Message": "Too many requests"}});
        return (
            StatusCode::TOO_MANY_REQUESTS,
            [("retry-after", "1")],
            Json(refusal),
        )
            .into_response();
    }
    let sids: Vec<String> = query
        .get("Sid")
        .map(|sids| sids.split(',').map(str::to_owned).collect())
        .unwrap_or_default();
    let mut calls = Vec::new();
    for sid in &sids {
        if let Some(answers) = script.calls.get_mut(sid) {
            calls.push(match answers.len() {
                1 => answers[0].clone(),
                _ => answers.remove(0),
            });
        }
    }
    script.asked.push(sids);
    Json(json!({"Metadata": {"Total": calls.len(), "NextPageUri": null}, "Calls": calls})).into_response()
}

/// Settled call details, with the words of both legs.
pub(super) fn details(sid: &str, direction: &str, legs: (&str, &str), talk: u32) -> Value {
    json!({
        "Sid": sid, "Status": "completed", "Direction": direction, "EndTime": "2026-09-28 14:31:30",
        "From": "08789489697", "To": "02235511457", "Duration": "22", "RecordingUrl": null,
        "Details": { "ConversationDuration": talk, "Leg1Status": legs.0, "Leg2Status": legs.1 },
    })
}

/// The same in the first two minutes after the call.
pub(super) fn unsettled(sid: &str, direction: &str) -> Value {
    json!({
        "Sid": sid, "Status": "completed", "Direction": direction, "EndTime": "1970-01-01 05:30:00",
        "Details": { "ConversationDuration": 0, "Leg1Status": null, "Leg2Status": null },
    })
}
