//! The vendor's no, and everything else that kept an answer away, as a refusal of ours: a sentence with a next step. (GreenPin's
//! own codes have sentences of their own: [`crate::api::greenpin::codes`].)

use axum::http::StatusCode;
use exotel::ApiError;
use exotel::error::Kind;

use super::VendorError;
use crate::Refused;

impl From<VendorError> for Refused {
    /// A status that says whose fault it is, and a sentence that says whether something may have changed.
    fn from(error: VendorError) -> Self {
        let (status, code, message) = match &error {
            VendorError::Invalid(invalid) => return Self::field(&invalid.field, invalid.rule.clone()),
            VendorError::Unreachable { sent: false, .. } => (
                StatusCode::BAD_GATEWAY,
                "vendor_unreachable",
                "The calling platform cannot be reached. Nothing was changed; try again in a moment.",
            ),
            VendorError::Busy { .. } => (
                StatusCode::SERVICE_UNAVAILABLE,
                "vendor_busy",
                "The calling platform takes no more requests this minute. Nothing was changed; try again shortly.",
            ),
            VendorError::NoCredential(_) => (
                StatusCode::BAD_GATEWAY,
                "vendor_credentials",
                "The server cannot sign in to the calling platform. Ask an admin to check its credentials.",
            ),
            VendorError::Api(ApiError::Refused(refusal)) => refused(refusal.kind),
            VendorError::Unreachable { sent: true, .. } | VendorError::Api(ApiError::Unreadable(_)) => {
                unknown()
            }
        };
        let mut refused = Self::new(status, code, message);
        refused.problem.vendor = error.words().map(str::to_owned);
        refused.problem.retry_after = error.retry_after();
        refused
    }
}

fn unknown() -> (StatusCode, &'static str, &'static str) {
    (
        StatusCode::GATEWAY_TIMEOUT,
        "outcome_unknown",
        "The calling platform gave no readable answer. It may have done it all the same: look before you try again.",
    )
}

fn refused(kind: Kind) -> (StatusCode, &'static str, &'static str) {
    let (status, message) = match kind {
        Kind::Server => return unknown(),
        Kind::Unauthorized => {
            return (
                StatusCode::BAD_GATEWAY,
                "vendor_credentials",
                "The calling platform does not accept this server's credentials. Ask an admin to check them.",
            );
        }
        Kind::Forbidden => (
            StatusCode::BAD_GATEWAY,
            "The account may not do this. Ask the vendor to enable it.",
        ),
        Kind::NotFound => (
            StatusCode::NOT_FOUND,
            "The calling platform does not know it. Check the id; it may have been deleted meanwhile.",
        ),
        Kind::Gone => (
            StatusCode::GONE,
            "It has been deleted at the calling platform. Nothing is left to do; make a new one if you need it.",
        ),
        Kind::Conflict => (
            StatusCode::CONFLICT,
            "It clashes with something that exists at the calling platform. Look for that, and change it instead.",
        ),
        Kind::AgentBusy => (
            StatusCode::CONFLICT,
            "The device is on a call. End that one first.",
        ),
        Kind::RateLimited => (
            StatusCode::TOO_MANY_REQUESTS,
            "The calling platform takes no more requests now. Try again shortly.",
        ),
        Kind::TooLarge => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "This is too much at once for the calling platform. Send it in smaller parts.",
        ),
        Kind::BadRequest => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "The calling platform does not take one of the values. Compare them with its own words, and correct it.",
        ),
        Kind::Other => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "The calling platform refused. Its own words may say why; else ask the vendor's support, with the time.",
        ),
    };
    (status, "vendor_refused", message)
}
