//! Short-lived TURN credentials from a secret that the TURN server knows too (coturn's `use-auth-secret`;
//! draft-uberti-behave-turn-rest). The server keeps nothing: the name says when it ends, the password proves it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::phone::IceServer;
use protocol::{Millis, Secret};
use sha1::Sha1;

use crate::config::TurnConfig;

/// The entry for `agent`'s phone, good from `now` for the configured time.
pub fn server(config: &TurnConfig, agent: &str, now: Millis) -> IceServer {
    let ttl = i64::try_from(config.ttl.as_secs()).unwrap_or(i64::MAX);
    let ends = (now / 1000).saturating_add(ttl);
    // coturn reads digits up to the first colon; the rest is for its log.
    let username = format!("{ends}:{agent}");
    let credential = password(config.secret.reveal(), &username);
    IceServer {
        urls: config.urls.clone(),
        username: Some(username),
        credential: Some(Secret::new(credential)),
        expires_at: Some(ends.saturating_mul(1000)),
    }
}

/// Base64 of the HMAC-SHA1 of the name.
fn password(secret: &str, username: &str) -> String {
    // HMAC takes a key of any length; the other branch is never reached.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(username.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_what_openssl_makes_of_it() {
        // printf '1700003600:asha' | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(
            password("north", "1700003600:asha"),
            "6GpXjLGI9HFxwWDi3riZX4SNatA="
        );
        let config = TurnConfig {
            urls: vec!["turn:turn.example:3478".to_owned()],
            secret: exotel::Secret::from("north"),
            ttl: std::time::Duration::from_secs(3600),
        };
        let server = server(&config, "asha", 1_700_000_000_999);
        assert_eq!(server.username.as_deref(), Some("1700003600:asha"));
        assert_eq!(
            server.credential,
            Some(Secret::from("6GpXjLGI9HFxwWDi3riZX4SNatA="))
        );
        assert_eq!(server.expires_at, Some(1_700_003_600_000));
    }
}
