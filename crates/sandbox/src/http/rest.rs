//! The vendor's REST paths: every row of the platform's tables becomes a route.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodFilter, on};

use crate::engine::Engine;
use crate::platform::{self, Ask, Operation, Reply};

/// How long an answer is held back at most for its INVITE.
const HOLD_LIMIT: Duration = Duration::from_secs(5);
/// How often the INVITE is looked for meanwhile.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// The INVITE's lead over the answer, which travels over another connection.
const LEAD: Duration = Duration::from_millis(250);

/// What a page may read of an answer beside its body.
const EXPOSED: &str = "retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset";

/// All of them.
pub(super) fn routes() -> Router<Arc<Engine>> {
    platform::operations()
        .fold(Router::new(), |router, operation| {
            let answer = move |State(engine): State<Arc<Engine>>, path, uri, headers, body| async move {
                answer(&engine, operation, &ask(&path, &uri, &headers, &body)).await
            };
            router.route(operation.path, on(method(operation), answer))
        })
        .layer(middleware::from_fn(cross_origin))
}

fn method(operation: &Operation) -> MethodFilter {
    match operation.method {
        "POST" => MethodFilter::POST,
        "PUT" => MethodFilter::PUT,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}

async fn answer(engine: &Arc<Engine>, operation: &'static Operation, ask: &Ask) -> Response {
    let (reply, hold) = engine.with(|world, now| world.rest(now, operation, ask));
    if let Some(sid) = hold {
        invite_first(engine, &sid).await;
    }
    respond(reply)
}

/// Waits until a call's INVITE has left or its leg has failed, but not for ever.
async fn invite_first(engine: &Arc<Engine>, sid: &str) {
    let out = async {
        while !engine.read(|world| world.invite_is_out(sid)) {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        tokio::time::sleep(LEAD).await;
    };
    let _ = tokio::time::timeout(HOLD_LIMIT, out).await;
}

/// What the platform wants to know of a request.
fn ask(path: &RawPathParams, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Ask {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let host = text(header::HOST).unwrap_or_default();
    Ask {
        authorization: text(header::AUTHORIZATION),
        version: text(header::HeaderName::from_static("exotel-version")),
        origin: ["http://", &host].concat(),
        path: path
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        query: query.into_owned().collect(),
        body: body.to_vec(),
    }
}

fn respond(reply: Reply) -> Response {
    let body = reply.body.map(|body| body.to_string());
    let mut response = Response::new(Body::from(body.clone().unwrap_or_default()));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if body.is_some() {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// The Integrations API is asked by browsers too, as the official SDK does; the others are for servers only.
async fn cross_origin(request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map(PathAndQuery::path);
    if !path.is_some_and(|path| path.starts_with("/v2/integrations/")) {
        return next.run(request).await;
    }
    let mut response = match request.method() {
        &Method::OPTIONS => {
            let mut allowed = respond(Reply {
                status: 204,
                headers: Vec::new(),
                body: None,
            });
            for (name, value) in [
                (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
                (
                    header::ACCESS_CONTROL_ALLOW_HEADERS,
                    "authorization, content-type",
                ),
            ] {
                allowed
                    .headers_mut()
                    .insert(name, HeaderValue::from_static(value));
            }
            allowed
        }
        _ => next.run(request).await,
    };
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
