//! JSON bodies: what cannot be read is refused in our own shape.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::Refused;

/// The body of a request, read as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(unread(&rejection)),
        }
    }
}

/// The body itself is not shown again: it may hold a password.
fn unread(rejection: &JsonRejection) -> Refused {
    let (code, message) = match rejection {
        JsonRejection::MissingJsonContentType(_) => (
            "not_json",
            "Send JSON, with the header \"content-type: application/json\".",
        ),
        JsonRejection::JsonSyntaxError(_) => ("not_json", "The body is no JSON. Send one JSON object."),
        JsonRejection::JsonDataError(_) => ("wrong_body", "A field is missing or of the wrong type."),
        other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "The body is too large."),
        _ => ("unread_body", "The body did not arrive whole. Send it again."),
    };
    Refused::new(rejection.status(), code, message)
}
