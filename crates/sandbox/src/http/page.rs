//! The control page: a few static files inside the binary.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use crate::engine::Engine;

const CSS: &str = "text/css; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// Path below `/control/`, type, text.
const FILES: [(&str, &str, &str); 9] = [
    ("", HTML, include_str!("../../www/page.html")),
    ("page.css", CSS, include_str!("../../www/page.css")),
    ("page.js", JS, include_str!("../../www/page.js")),
    ("dom.js", JS, include_str!("../../www/dom.js")),
    ("api.js", JS, include_str!("../../www/api.js")),
    ("calls.js", JS, include_str!("../../www/calls.js")),
    ("webhooks.js", JS, include_str!("../../www/webhooks.js")),
    ("records.js", JS, include_str!("../../www/records.js")),
    ("manners.js", JS, include_str!("../../www/manners.js")),
];

/// All of them.
pub(super) fn routes() -> Router<Arc<Engine>> {
    let moved = || async { Redirect::permanent("/control/") };
    FILES.into_iter().fold(
        Router::new().route("/control", get(moved)),
        |router, (name, kind, text)| {
            router.route(
                &format!("/control/{name}"),
                get(move || async move { file(kind, text) }),
            )
        },
    )
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")],
        text,
    )
}
