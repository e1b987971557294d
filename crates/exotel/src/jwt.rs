//! The one thing read from a token: when it ends. Tokens are opaque otherwise, and need not be JWTs at all.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The `exp` of a JWT, in seconds since 1970; `None` for any other text. The signature is not checked.
pub(crate) fn expiry(token: &str) -> Option<i64> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    claims.get("exp")?.as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_jwt_has_an_expiry() {
        let payload = URL_SAFE_NO_PAD.encode(br#"{"iss":"exotel","exp":1576747999}"#);
        assert_eq!(expiry(&format!("x.{payload}.y")), Some(1_576_747_999));
        for text in ["", "a.b", "x.e30.y", "x.!!!.y", "OTlmYTk4YTEtMmNlMC00NTdj"] {
            assert_eq!(expiry(text), None, "{text}");
        }
    }
}
