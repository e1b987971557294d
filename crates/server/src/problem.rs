//! Refusals of our own API: one constructor for each sort, one shape on the wire.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::problem::Problem;

use crate::store::StoreError;

/// What a handler gives: its answer, or a refusal.
pub type Answer<T> = Result<T, Refused>;

/// A refusal on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The HTTP status.
    pub status: StatusCode,
    /// The body.
    pub problem: Box<Problem>,
}

impl Refused {
    /// A refusal with a code that never changes and a sentence that says what to do.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let problem = Problem {
            code: code.to_owned(),
            message: message.into(),
            field: None,
            vendor: None,
            retry_after: None,
            changed: None,
            stands: None,
        };
        Self {
            status,
            problem: Box::new(problem),
        }
    }

    /// 422: `field` breaks a rule, which is `message`.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        let mut refused = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message);
        refused.problem.field = Some(field.to_owned());
        refused
    }

    /// 404 for a thing of this name.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("There is no such {what}."),
        )
    }

    /// 429: come back in `seconds`.
    pub fn too_many(seconds: u32) -> Self {
        let message = format!("Too many tries. Wait {seconds} s, then try again.");
        let mut refused = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", message);
        refused.problem.retry_after = Some(seconds);
        refused
    }
}

impl From<StoreError> for Refused {
    /// The cause is for the log; outside it is only "not now".
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        let message = "The server cannot reach its records now. Try again in a moment, and look first whether it was done.";
        let mut refused = Self::new(StatusCode::SERVICE_UNAVAILABLE, "store_unavailable", message);
        refused.problem.retry_after = Some(2);
        refused
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let wait = self.problem.retry_after;
        let mut response = (self.status, Json(self.problem)).into_response();
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
