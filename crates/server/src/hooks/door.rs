//! Whether a webhook comes from the platform: the secret in its path, and Basic credentials besides.
//!
//! Secrets are compared by their SHA-256 and without an early end, all of them each time, so that the time of the answer
//! tells neither which was tried nor how much of it was right.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use crate::config::HooksConfig;

/// Whether `given` is one of the live secrets of the path.
pub fn knows(hooks: &HooksConfig, given: &str) -> bool {
    let secrets = hooks.secrets.iter().map(|secret| secret.reveal().to_owned());
    any_equals(secrets, given)
}

/// Whether the request carries one of the configured Basic credentials.
pub fn has_basic(hooks: &HooksConfig, headers: &HeaderMap) -> bool {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, code)| STANDARD.decode(code.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let pairs = hooks
        .basic
        .iter()
        .map(|(user, password)| [user, ":", password.reveal()].concat());
    any_equals(pairs, given.as_deref().unwrap_or_default())
}

fn any_equals(secrets: impl Iterator<Item = String>, given: &str) -> bool {
    let given = Sha256::digest(given.as_bytes());
    let equals = |secret: String| Sha256::digest(secret.as_bytes()).ct_eq(&given);
    secrets
        .map(equals)
        .fold(Choice::from(0), |all, one| all | one)
        .into()
}

#[cfg(test)]
mod tests {
    use exotel::Secret;

    use super::*;

    fn hooks() -> HooksConfig {
        HooksConfig {
            secrets: vec![Secret::from("the-new-secret"), Secret::from("the-old-secret")],
            basic: vec![("platform".to_owned(), Secret::from("pass:word"))],
        }
    }

    fn basic(pair: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let value = format!("Basic {}", STANDARD.encode(pair));
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        headers
    }

    #[test]
    fn both_live_secrets_open_and_nothing_else_does() {
        let hooks = hooks();
        assert!(knows(&hooks, "the-new-secret") && knows(&hooks, "the-old-secret"));
        for wrong in ["", "the-new-secre", "the-new-secret ", "THE-NEW-SECRET"] {
            assert!(!knows(&hooks, wrong), "{wrong}");
        }
    }

    #[test]
    fn basic_is_the_whole_pair() {
        let mut hooks = hooks();
        assert!(has_basic(&hooks, &basic("platform:pass:word")));
        for wrong in ["platform:pass", ":", "", "platform"] {
            assert!(!has_basic(&hooks, &basic(wrong)), "{wrong}");
        }
        assert!(!has_basic(&hooks, &HeaderMap::new()));
        hooks.basic.clear();
        assert!(
            !has_basic(&hooks, &basic("")),
            "nothing is configured, so nothing is right"
        );
    }
}
