//! The vendor: the sandbox for whole stories, and call details that say what a test wants.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use exotel::Secret;
use serde_json::{Value, json};

use super::support::server::TestServer;
use super::vendor::Vendor;

/// A server that its vendor can reach.
pub(super) async fn reachable(vendor: &Vendor) -> TestServer {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = free.local_addr().unwrap();
    drop(free);
    TestServer::start(|config| {
        vendor.configure(config);
        config.listen = addr;
        config.public_origin = format!("http://{addr}");
        config
            .hooks
            .secrets
            .push(Secret::from("the-older-secret-of-the-path"));
    })
    .await
}

/// Version 1 of the voice API, for lists of calls.
#[derive(Clone, Default)]
pub(super) struct Voice(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    /// By CallSid, what each further question is answered with; the last answer stays.
    calls: BTreeMap<String, Vec<Value>>,
    /// Lists with this id are refused.
    spoilt: Option<String>,
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

    pub(super) fn spoil(&self, sid: &str) {
        self.0.lock().unwrap().spoilt = Some(sid.to_owned());
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
    if script.spoilt.as_ref().is_some_and(|sid| sids.contains(sid)) {
        script.asked.push(sids);
        let refusal = json!({"RestException": {"Status": 400, "Message": "Invalid Sid"}});
        return (StatusCode::BAD_REQUEST, Json(refusal)).into_response();
    }
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
