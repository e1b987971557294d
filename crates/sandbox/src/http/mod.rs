//! Everything the sandbox answers over HTTP. All routes on one page, grouped by who calls them.

mod broken;
mod demo;
mod security;
mod widget;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{any, get};

use crate::engine::Engine;

/// The whole of it.
pub(crate) fn router(engine: Arc<Engine>, www: Option<PathBuf>) -> Router {
    Router::new()
        // For phones.
        .route("/demo.json", get(demo::agents))
        // For tests of bad servers.
        .route("/sip-close", any(broken::closes))
        .route("/sip-garbage", any(broken::garbage))
        .route("/sip-silent", any(broken::silent))
        .route("/sip-no-subprotocol", any(broken::no_subprotocol))
        .with_state(engine)
        // For browsers: whatever is left is a file of the widget.
        .fallback_service(widget::files(www))
        .layer(middleware::map_response(security::headers))
}
