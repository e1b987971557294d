//! `GET /demo.json`: ready-made accounts, so that the demo is registered without typing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use serde::Serialize;

use crate::engine::Engine;

#[derive(Serialize)]
pub(super) struct Demo {
    agents: Vec<Account>,
    control: &'static str,
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
) -> impl axum::response::IntoResponse {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    let host = text(header::HOST).unwrap_or("127.0.0.1");
    let secure = text(header::HeaderName::from_static("x-forwarded-proto")) == Some("https");
    let server = format!("{}://{host}/sip", if secure { "wss" } else { "ws" });
    let agents = engine.accounts().iter().map(|account| Account {
        name: account.display.clone(),
        server: server.clone(),
        address: format!("sip:{}@{}", account.user, crate::DOMAIN),
        password: account.password.clone(),
    });
    let demo = Demo {
        agents: agents.collect(),
        control: "/control",
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(demo))
}
