//! `/healthz`, `/readyz` and `/metrics`.

use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::ClientAddr;
use crate::{Answer, App, Refused};

/// A store that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process lives. Restart it when this fails.
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: send requests here, or not.
pub async fn readyz(State(app): State<App>) -> Response {
    if app.drain.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "going down\n").into_response();
    }
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(error)) => {
            tracing::error!(%error, "not ready: the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store is too slow\n").into_response(),
    }
}

/// `GET /metrics`: Prometheus text, for whoever asks from this machine. A scraper elsewhere goes through a proxy's own
/// port or an SSH tunnel: figures are no secret worth a password that would be one.
///
/// # Errors
/// The request comes from elsewhere.
pub async fn figures(
    State(app): State<App>,
    client: Option<Extension<ClientAddr>>,
    headers: HeaderMap,
) -> Answer<Response> {
    // A proxy on this machine that is not among the trusted ones still says that it forwards.
    let forwarded = ["x-forwarded-for", "forwarded", "via", "x-real-ip"];
    let forwarded = forwarded.into_iter().any(|name| headers.contains_key(name));
    let near = client.is_some_and(|client| client.0.0.is_loopback());
    if !near || forwarded {
        return Err(Refused::not_found("page"));
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], app.metrics.text()).into_response())
}
