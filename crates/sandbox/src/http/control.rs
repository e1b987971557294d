//! The control API: what people and tests on this machine ask of the platform. Every error is a sentence.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::garbage::Garbage;
use crate::numbers::BEHAVIOURS;
use crate::world::{CallNo, ControlError, Ring};

pub(super) type Answer = Result<Json<Value>, Refusal>;

/// A status and a sentence.
pub(super) struct Refusal(pub(super) StatusCode, pub(super) String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<ControlError> for Refusal {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::NoAgent(_) | ControlError::NoCall(_) => StatusCode::NOT_FOUND,
            ControlError::NotRegistered(_) | ControlError::NoMachine(_) => StatusCode::CONFLICT,
            ControlError::NoBehaviour(_) | ControlError::BadNumber => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self(status, error.to_string())
    }
}

/// Lets in only this machine, and only pages of this server: another site's page, or a name made to point here, is not
/// one of them.
pub(super) async fn local_only(
    ConnectInfo(visitor): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    // Bound to `::`, this machine comes as ::ffff:127.0.0.1.
    let visitor = visitor.ip().to_canonical();
    if !visitor.is_loopback() || !names_loopback(headers) || !same_origin(headers) {
        let words = "The control API answers only to this machine.";
        return Refusal(StatusCode::FORBIDDEN, words.to_owned()).into_response();
    }
    next.run(request).await
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether the visitor calls this machine by an address or name that no other machine can have.
pub(super) fn names_loopback(headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, header::HOST) else {
        return true;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost"
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = text(headers, header::ORIGIN) else {
        return true;
    };
    let host = text(headers, header::HOST).unwrap_or_default();
    origin.split_once("://").is_some_and(|(_, site)| site == host)
}

/// `GET /control/numbers`
pub(super) async fn numbers() -> Json<Value> {
    let lines = BEHAVIOURS.iter().map(|one| {
        json!({
            "number": one.number,
            "behaviour": one.behaviour,
            "title": one.title,
            "what": one.what,
            "can_call": one.can_call(),
        })
    });
    Json(lines.collect())
}

/// `GET /control/state`
pub(super) async fn state(State(engine): State<Arc<Engine>>) -> Json<Value> {
    Json(json!(engine.snapshot()))
}

/// `POST /control/ring {"agent","from","name"?,"behaviour"?,"after_ms"?}`
pub(super) async fn ring(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let ring: Ring = read(&body)?;
    let (call, sid) = engine.with(|world, now| world.ring(now, ring))?;
    Ok(Json(json!({ "call": call, "sid": sid })))
}

#[derive(Deserialize)]
struct OneCall {
    call: CallNo,
}

/// `POST /control/hangup {"call"}`
pub(super) async fn hang_up(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let OneCall { call } = read(&body)?;
    engine.with(|world, now| world.hang_up(now, call))?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Hold {
    call: CallNo,
    #[serde(default = "yes")]
    hold: bool,
}

fn yes() -> bool {
    true
}

/// `POST /control/hold {"call","hold"?}`
pub(super) async fn hold(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let Hold { call, hold } = read(&body)?;
    engine.with(|world, now| world.hold(now, call, hold))?;
    Ok(Json(json!({})))
}

#[derive(Deserialize, Default)]
struct Whose {
    #[serde(default)]
    agent: Option<String>,
}

/// `POST /control/drop_sockets {"agent"?}`
pub(super) async fn drop_sockets(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let Whose { agent } = if body.is_empty() {
        Whose::default()
    } else {
        read(&body)?
    };
    let dropped = engine.with(|world, _| world.drop_sockets(agent.as_deref()));
    Ok(Json(json!({ "dropped": dropped })))
}

#[derive(Deserialize)]
struct Nonsense {
    #[serde(default)]
    agent: Option<String>,
    kind: Garbage,
}

/// `POST /control/garbage {"agent"?,"kind"}`
pub(super) async fn garbage(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let Nonsense { agent, kind } = read(&body)?;
    let sent = engine.with(|world, _| world.garbage(agent.as_deref(), kind));
    Ok(Json(json!({ "sent": sent })))
}

pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|why| {
        Refusal(
            StatusCode::BAD_REQUEST,
            format!("The request is not understood: {why}."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_name_that_points_here_is_not_here() {
        for host in ["127.0.0.1:8080", "localhost", "localhost:80", "[::1]:8080"] {
            assert!(names_loopback(&headers(host, None)), "{host}");
        }
        assert!(!names_loopback(&headers("evil.example:8080", None)));
        assert!(!names_loopback(&headers("192.0.2.2:8080", None)));
    }

    #[test]
    fn another_sites_page_is_kept_out() {
        assert!(same_origin(&headers("localhost:1", Some("http://localhost:1"))));
        assert!(!same_origin(&headers("localhost:1", Some("http://localhost:2"))));
        assert!(!same_origin(&headers("localhost:1", Some("null"))));
    }
}
