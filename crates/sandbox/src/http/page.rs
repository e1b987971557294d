//! The control page: three static files inside the binary.

use axum::http::header;
use axum::response::{IntoResponse, Redirect};

pub(super) async fn moved() -> Redirect {
    Redirect::permanent("/control/")
}

pub(super) async fn html() -> impl IntoResponse {
    file("text/html; charset=utf-8", include_str!("../../www/control.html"))
}

pub(super) async fn css() -> impl IntoResponse {
    file("text/css; charset=utf-8", include_str!("../../www/control.css"))
}

pub(super) async fn js() -> impl IntoResponse {
    file(
        "text/javascript; charset=utf-8",
        include_str!("../../www/control.js"),
    )
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")],
        text,
    )
}
