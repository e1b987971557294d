//! A companion server behind the sandbox: what the sandbox does not serve itself is forwarded there, so that both are one
//! address. Bodies stream both ways; an event stream stays open as long as both ends want it.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// Marks an answer that is the companion's: its headers are its own business.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forwarded;

/// Headers of one connection, not of the message (RFC 9110, 7.6.1).
const HOP_BY_HOP: [HeaderName; 6] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

#[derive(Clone)]
struct Companion {
    authority: Authority,
    client: Client<HttpConnector, Body>,
}

/// Forwards everything to the companion at `authority`.
pub(super) fn forward(authority: Authority) -> Router {
    let client = Client::builder(TokioExecutor::new()).build_http();
    Router::new()
        .fallback(pass_on)
        .with_state(Companion { authority, client })
}

async fn pass_on(
    State(companion): State<Companion>,
    ConnectInfo(visitor): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().cloned();
    let uri = Uri::builder()
        .scheme(Scheme::HTTP)
        .authority(companion.authority.clone())
        .path_and_query(path.unwrap_or(PathAndQuery::from_static("/")))
        .build();
    let Ok(uri) = uri else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    drop_hop_by_hop(&mut parts.headers);
    // The companion believes this machine, so whatever the visitor claims goes.
    let visitor = visitor.ip().to_canonical().to_string();
    if let Ok(value) = HeaderValue::from_str(&visitor) {
        parts.headers.insert("x-forwarded-for", value);
    }
    let mut request = Request::new(body);
    *request.method_mut() = parts.method;
    *request.uri_mut() = uri;
    *request.headers_mut() = parts.headers;
    let mut response = match companion.client.request(request).await {
        Ok(answer) => {
            let (mut parts, body) = answer.into_parts();
            drop_hop_by_hop(&mut parts.headers);
            Response::from_parts(parts, Body::new(body))
        }
        Err(_) => absent(&companion.authority),
    };
    response.extensions_mut().insert(Forwarded);
    response
}

fn absent(authority: &Authority) -> Response {
    let words =
        format!("The companion server at {authority} does not answer. The control page is at /control/.\n");
    (StatusCode::BAD_GATEWAY, words).into_response()
}

fn drop_hop_by_hop(headers: &mut HeaderMap) {
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
}
