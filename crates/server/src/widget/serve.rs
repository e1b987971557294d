//! A request for a file, and its answer.

use std::fmt::Write;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::files::{File, Files};
use super::headers::{Entrance, ForHosts, Page};
use super::names;
use crate::Refused;

/// What a page without a build says.
const ABSENT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Softphone</title>\
<h1>The phone is not in this server</h1>\
<p>The server runs, but it was built without the page. In the source tree run <code>cargo xtask build</code>, then build and \
start the server again; or name the built folder in its configuration: <code>www = \"dist\"</code>.</p></html>\n";

/// Answers whatever no route takes.
pub(super) async fn serve(
    State(files): State<Files>,
    method: Method,
    uri: Uri,
    asked: HeaderMap,
) -> Response {
    let path = uri.path();
    // A wrong path of ours is answered in our own shape; under /hooks it is answered like a wrong secret.
    if ["/api/", "/hooks/"].iter().any(|room| path.starts_with(room)) {
        return Refused::not_found("address").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        let message = "Files are read with GET or HEAD.";
        let mut response =
            Refused::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", message).into_response();
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allow);
        return response;
    }
    match file(&files, path, &asked).await {
        Some(response) => response,
        None if path == "/" || names::is_admins(path) => {
            let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
            page((StatusCode::SERVICE_UNAVAILABLE, [kind], ABSENT).into_response())
        }
        None => Refused::not_found("file").into_response(),
    }
}

async fn file(files: &Files, path: &str, asked: &HeaderMap) -> Option<Response> {
    let name = names::checked(path)?;
    // A shrunken sibling is no file of its own: it would be taken for its own type.
    if name.ends_with(".br") {
        return None;
    }
    let shrunken = match takes_brotli(asked) {
        true => files.find(&format!("{name}.br")).await,
        false => None,
    };
    let is_shrunken = shrunken.is_some();
    let file = match shrunken {
        Some(file) => file,
        None => files.find(name).await?,
    };
    let etag = etag(&file);
    let is_known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|tags| matches(tags, &etag));
    let (status, body) = match is_known {
        true => (StatusCode::NOT_MODIFIED, Bytes::new()),
        // The server drops the body of an answer to HEAD, and keeps its length.
        false => (StatusCode::OK, file.bytes),
    };
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    let keep = match names::is_hashed(name) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    if status == StatusCode::OK {
        if let Ok(value) = HeaderValue::from_str(&names::media_type(name)) {
            headers.insert(header::CONTENT_TYPE, value);
        }
        if is_shrunken {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
    }
    if name.starts_with("embed-") {
        response.extensions_mut().insert(ForHosts);
    }
    if names::is_entrance(path) {
        response.extensions_mut().insert(Entrance);
    }
    Some(page(response))
}

/// Marks an answer as part of the page, for the policy around it.
fn page(mut response: Response) -> Response {
    response.extensions_mut().insert(Page);
    response
}

/// A strong tag: equal bytes, equal tag. The brotli sibling has other bytes, so another tag.
fn etag(file: &File) -> String {
    let mut tag = String::from("\"");
    for byte in file.sha256.iter().take(16) {
        // Writing into a String does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// RFC 9110, If-None-Match: `*`, or a list in which weak tags count too.
fn matches(tags: &str, etag: &str) -> bool {
    let one = |tag: &str| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    };
    tags.split(',').any(one)
}

/// Whether `br` is among the encodings, and not with a weight of zero.
fn takes_brotli(asked: &HeaderMap) -> bool {
    let values = asked.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let zero = weight
            .split_once('=')
            .and_then(|(_, weight)| weight.trim().parse::<f32>().ok())
            .is_some_and(|weight| weight <= 0.0);
        name.trim().eq_ignore_ascii_case("br") && !zero
    })
}
