//! What proves to the platform who is asking. One type per kind, so that the wrong one does not compile.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use crate::{Invalid, Secret};

/// Something that fills the `Authorization` header.
pub trait Credential {
    /// The header's value, marked sensitive; `None` for operations without one.
    ///
    /// # Errors
    /// [`Invalid`] when the credential is empty or cannot stand in a header.
    fn authorization(&self) -> Result<Option<HeaderValue>, Invalid>;
}

/// No credential: creating a token, and the notification trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anonymous;

impl Credential for Anonymous {
    fn authorization(&self) -> Result<Option<HeaderValue>, Invalid> {
        Ok(None)
    }
}

/// API key and API token of an account: Subscriber Management, and the voice APIs. Basic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The key, sent as user.
    pub key: Secret,
    /// The token, sent as password.
    pub token: Secret,
}

impl Credential for ApiKey {
    fn authorization(&self) -> Result<Option<HeaderValue>, Invalid> {
        basic(&self.key, &self.token).map(Some)
    }
}

/// User and password of GreenPin, which need not be the account's API key. Basic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GreenPinLogin {
    /// The user: in some accounts the account sid.
    pub user: Secret,
    /// The password: in some accounts a token of its own.
    pub password: Secret,
}

impl Credential for GreenPinLogin {
    fn authorization(&self) -> Result<Option<HeaderValue>, Invalid> {
        basic(&self.user, &self.password).map(Some)
    }
}

/// A token of the Integrations API made for a customer. Raw, without a scheme word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerToken(pub Secret);

impl Credential for CustomerToken {
    fn authorization(&self) -> Result<Option<HeaderValue>, Invalid> {
        raw(&self.0).map(Some)
    }
}

/// A token of the Integrations API made for an app. Raw, without a scheme word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppToken(pub Secret);

impl Credential for AppToken {
    fn authorization(&self) -> Result<Option<HeaderValue>, Invalid> {
        raw(&self.0).map(Some)
    }
}

fn basic(user: &Secret, password: &Secret) -> Result<HeaderValue, Invalid> {
    if user.is_empty() || password.is_empty() || user.reveal().contains(':') {
        return Err(Invalid::new(
            "Authorization",
            "The user and the password are both needed, and the user holds no colon.",
        ));
    }
    let pair = [user.reveal(), ":", password.reveal()].concat();
    header(&["Basic ", &STANDARD.encode(pair)].concat())
}

fn raw(token: &Secret) -> Result<HeaderValue, Invalid> {
    if token.is_empty() {
        return Err(Invalid::new("Authorization", "A token is needed."));
    }
    header(token.reveal())
}

fn header(text: &str) -> Result<HeaderValue, Invalid> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        Invalid::new(
            "Authorization",
            "A credential holds no line breaks or control characters.",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_has_its_space_and_hides() {
        let value = ApiKey {
            key: "key".into(),
            token: "token".into(),
        }
        .authorization()
        .unwrap()
        .unwrap();
        assert_eq!(value.to_str().unwrap(), "Basic a2V5OnRva2Vu");
        assert_eq!(format!("{value:?}"), "Sensitive");
    }

    #[test]
    fn what_cannot_be_a_header_is_refused() {
        assert!(AppToken("a\r\nX: 1".into()).authorization().is_err());
        assert!(AppToken(Secret::default()).authorization().is_err());
        assert!(
            GreenPinLogin {
                user: "a:b".into(),
                password: "c".into()
            }
            .authorization()
            .is_err()
        );
    }
}
