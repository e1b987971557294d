//! The token with which a phone enters the platform.

use std::fmt;

use serde_json::Value;

use crate::jwt;

/// How long an access token lives, in seconds, where the token itself does not say (§3).
const ACCESS_SECONDS: i64 = 30 * 60;
/// How long a refresh token lives, likewise.
const REFRESH_SECONDS: i64 = 24 * 60 * 60;

/// What came as `subscriber_token`: documented as a string, sampled as an object of two tokens. It is passed on to
/// the phone unchanged, whatever it is. There is no refresh operation: a new one comes from
/// [`CreateToken`](super::CreateToken).
#[derive(Clone, PartialEq)]
pub struct SubscriberToken(Value);

impl SubscriberToken {
    /// Keeps `token`.
    pub fn new(token: Value) -> Self {
        Self(token)
    }

    /// The token itself, for the phone it was made for. Named so that every use stands out in review.
    pub fn reveal(&self) -> &Value {
        &self.0
    }

    /// When access ends, in seconds since 1970, for a token issued at `issued` (same unit).
    pub fn access_ends(&self, issued: i64) -> i64 {
        self.ends("access_token")
            .unwrap_or_else(|| issued.saturating_add(ACCESS_SECONDS))
    }

    /// When the refresh token ends, in seconds since 1970, for a token issued at `issued` (same unit).
    pub fn refresh_ends(&self, issued: i64) -> i64 {
        self.ends("refresh_token")
            .unwrap_or_else(|| issued.saturating_add(REFRESH_SECONDS))
    }

    fn ends(&self, which: &str) -> Option<i64> {
        jwt::expiry(self.0.get(which)?.as_str()?)
    }
}

impl fmt::Debug for SubscriberToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubscriberToken(..)")
    }
}
