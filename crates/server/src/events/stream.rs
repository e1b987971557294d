//! `GET /events`: server-sent events, a cursor over the log.

use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Caller;
use crate::{Answer, App, Refused};

/// The stream of who is asking.
pub async fn stream(State(app): State<App>, caller: Caller) -> Answer<()> {
    let _ = (app.hub.store(), caller);
    Err(Refused::new(
        StatusCode::NOT_IMPLEMENTED,
        "not_built",
        "Not built yet.",
    ))
}
