//! `GET /demo.json`: ready-made accounts, so that the demo is registered without typing.
//!
//! On loopback it answers only to a name of this machine: a page whose name was made to point here gets no password.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::control::Refusal;
use crate::engine::Engine;

#[derive(Serialize)]
pub(super) struct Demo {
    agents: Vec<Account>,
    control: &'static str,
    /// There is a companion server, and these may sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    companion: Option<Companion>,
}

#[derive(Serialize)]
struct Companion {
    people: Vec<Person>,
}

/// Somebody who may sign in at the companion.
#[derive(Serialize, Deserialize)]
struct Person {
    name: String,
    password: String,
    title: String,
}

#[derive(Serialize)]
struct Account {
    name: String,
    server: String,
    address: String,
    password: String,
}

/// The server's address is the one the page itself came from.
pub(super) async fn agents(
    State(engine): State<Arc<Engine>>,
    headers: HeaderMap,
    people: Option<PathBuf>,
) -> impl IntoResponse {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    let host = text(header::HOST).unwrap_or("127.0.0.1");
    let secure = text(header::HeaderName::from_static("x-forwarded-proto")) == Some("https");
    let server = format!("{}://{host}/sip", if secure { "wss" } else { "ws" });
    let ours = |account: &&crate::account::Account| crate::account::is_ready_made(&account.user);
    let agents = engine.accounts().iter().filter(ours).map(|account| Account {
        name: account.display.clone(),
        server: server.clone(),
        address: format!("sip:{}@{}", account.user, crate::DOMAIN),
        password: account.password.clone(),
    });
    let demo = Demo {
        agents: agents.collect(),
        control: "/control",
        companion: match people {
            Some(file) => read(&file).await.map(|people| Companion { people }),
            None => None,
        },
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(demo))
}

/// The file may be written after the start; until it can be read there is no companion to sign in at.
async fn read(file: &Path) -> Option<Vec<Person>> {
    let text = tokio::fs::read(file).await.ok()?;
    serde_json::from_slice(&text).ok()
}

/// Lets in only those who call this machine by a name of its own.
pub(super) async fn by_own_name(request: Request, next: Next) -> Response {
    if !super::control::names_loopback(request.headers()) {
        let words = "The demo's accounts are for this machine.";
        return Refusal(StatusCode::FORBIDDEN, words.to_owned()).into_response();
    }
    next.run(request).await
}
