//! `/healthz`, `/readyz` and `/metrics`.

use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::Mutex;

use super::ClientAddr;
use crate::store::Store;
use crate::{Answer, App, Refused};

/// A store that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an answer of the store holds.
const HOLDS: Duration = Duration::from_secs(1);

/// `GET /healthz`: the process lives. Restart it when this fails.
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// What the store said last. Anybody may ask, so it is asked at most once at a time, and its word holds for a second.
#[derive(Debug, Default)]
pub struct Pulse(Mutex<Option<(Instant, Health)>>);

/// Whether the store does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Good,
    Failing,
    Slow,
}

impl Pulse {
    async fn take(&self, store: &dyn Store) -> Health {
        let mut last = self.0.lock().await;
        if let Some((at, health)) = *last
            && at.elapsed() < HOLDS
        {
            return health;
        }
        let health = match tokio::time::timeout(PATIENCE, store.ping()).await {
            Ok(Ok(())) => Health::Good,
            Ok(Err(error)) => {
                tracing::error!(%error, "not ready: the store does not answer");
                Health::Failing
            }
            Err(_) => Health::Slow,
        };
        *last = Some((Instant::now(), health));
        health
    }
}

/// `GET /readyz`: send requests here, or not.
pub async fn readyz(State(app): State<App>) -> Response {
    let no = |why: &'static str| (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    if app.drain.is_draining() {
        return no("going down\n");
    }
    match app.pulse.take(app.store.as_ref()).await {
        Health::Good => "ready\n".into_response(),
        Health::Failing => no("the store does not answer\n"),
        Health::Slow => no("the store is too slow\n"),
    }
}

/// `GET /metrics`: Prometheus text, for the addresses of `metrics.allow`. Figures are no secret worth a password that
/// would be one.
///
/// # Errors
/// The request comes from elsewhere.
pub async fn figures(
    State(app): State<App>,
    client: Option<Extension<ClientAddr>>,
    headers: HeaderMap,
) -> Answer<Response> {
    // A proxy among them is not whoever stands behind it.
    let forwarded = ["x-forwarded-for", "forwarded", "via", "x-real-ip"];
    let forwarded = forwarded.into_iter().any(|name| headers.contains_key(name));
    let may = client.is_some_and(|client| app.config.metrics.allow.contains(&client.0.0));
    if !may || forwarded {
        return Err(Refused::not_found("page"));
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], app.metrics.text()).into_response())
}
