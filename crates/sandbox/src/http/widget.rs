//! The built widget's files.

use std::convert::Infallible;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get_service};
use tower_http::services::ServeDir;

/// Serves the folder, `.br` siblings where the browser takes them; without a folder, says how to get one.
pub(super) fn files(www: Option<PathBuf>) -> Router {
    match www {
        Some(folder) => Router::new()
            .fallback_service(get_service(ServeDir::new(folder).precompressed_br()))
            .layer(middleware::from_fn(caching)),
        None => Router::new().fallback(|| async { absent() }),
    }
}

fn absent() -> Response {
    (
        StatusCode::NOT_FOUND,
        "No widget is served here: start the sandbox with --www dist. The control page is at /control/.\n",
    )
        .into_response()
}

/// A name with a content hash never changes its content; every other must be asked for again.
async fn caching(request: Request<Body>, next: Next) -> Result<Response, Infallible> {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let rule = if hashed && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    Ok(response)
}

/// Trunk's mark: `name-0123456789abcdef.js`, `name-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '.', '_']).skip(1).any(|part| {
        part.len() >= 8
            && part.bytes().all(|b| b.is_ascii_hexdigit())
            && part.bytes().any(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn hashes_are_told_from_words() {
        assert!(is_hashed("/softphone-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(is_hashed("/assets/style-1a2b3c4d5e6f7a8b.css"));
        assert!(!is_hashed("/index.html"));
        assert!(!is_hashed("/worker_bg.wasm"));
        assert!(!is_hashed("/deadbeef.js"), "a whole name is not a mark in it");
        assert!(!is_hashed("/"));
    }
}
