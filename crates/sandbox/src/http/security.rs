//! The headers a browser enforces: the same strict policy as in production, so that the demo proves it.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use super::companion::Forwarded;

/// What the page may load, run and reach. `wasm-unsafe-eval` compiles WebAssembly and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; media-src 'self' mediastream:; font-src 'self'; connect-src 'self' ws: wss:; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'; trusted-types phone";

/// Adds them to every answer of ours.
pub(super) async fn headers(mut response: Response) -> Response {
    if response.extensions().get::<Forwarded>().is_some() {
        return response;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("microphone=(self), camera=(), geolocation=()"),
    );
    response
}
