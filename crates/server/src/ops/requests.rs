//! One line and one figure for each request: method, route template, status, time. The path itself may hold a secret or a
//! number and is written nowhere.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use crate::App;

/// Around every route.
pub async fn request_line(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let route = route.as_ref().map_or("(file)", MatchedPath::as_str);
    app.metrics.request(route, status, took);
    write(&method, route, status, took);
    response
}

fn write(method: &Method, route: &str, status: u16, took: Duration) {
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::warn!(target: "request", %method, route, status, ms);
    } else {
        tracing::info!(target: "request", %method, route, status, ms);
    }
}
