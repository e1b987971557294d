//! An agent's SIP password, as `usermapping` gives it.

use std::fmt;

use aes::Aes256;
use aes::cipher::KeyIvInit;
use serde::{Deserialize, Serializer};

use crate::{Secret, secret};

/// The key that the vendor publishes in its web SDK: it hides the password from a glance and from nothing else.
const PUBLISHED_KEY: &[u8; 32] = b"change this password to a secret";
/// Hex digits of the initialisation vector in front of the cipher text.
const IV_DIGITS: usize = 32;

/// The `SipSecret` of a user, in one of three forms: hex of an initialisation vector and AES-256-CFB cipher text
/// (live), asterisks (in some samples), or the password itself (in others). Like a [`Secret`] it has no plain `Serialize`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SipSecret(Secret);

/// Why a [`SipSecret`] holds no password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SipSecretError {
    /// Empty: the account is not enabled for VoIP.
    Absent,
    /// Asterisks: this answer hides it.
    Masked,
    /// Hex that decrypts to no text: another key, or a password that happens to be hex.
    Undecipherable,
}

impl SipSecret {
    /// Keeps `text` as the platform wrote it.
    pub fn as_given(text: impl Into<String>) -> Self {
        Self(Secret::new(text))
    }

    /// `password` in the live form, with `iv` in front, for a stand-in of the platform.
    pub fn encrypt(password: &Secret, iv: [u8; 16]) -> Self {
        let mut bytes = password.reveal().as_bytes().to_vec();
        cfb_mode::BufEncryptor::<Aes256>::new(PUBLISHED_KEY.into(), &iv.into()).encrypt(&mut bytes);
        Self::as_given(
            iv.iter()
                .chain(&bytes)
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>(),
        )
    }

    /// The password.
    ///
    /// # Errors
    /// [`SipSecretError`] says why there is none.
    pub fn password(&self) -> Result<Secret, SipSecretError> {
        let text = self.0.reveal();
        if text.is_empty() {
            return Err(SipSecretError::Absent);
        }
        if text.bytes().all(|byte| byte == b'*') {
            return Err(SipSecretError::Masked);
        }
        match text.len() > IV_DIGITS {
            true => unhex(text).map_or_else(|| Ok(self.0.clone()), |bytes| decrypt(&bytes)),
            false => Ok(self.0.clone()),
        }
    }
}

/// Writes it out as it came, for `#[serde(serialize_with = "sip_secret::reveal")]` on one field of a wire type.
pub(crate) fn reveal<S: Serializer>(secret: &SipSecret, serializer: S) -> Result<S::Ok, S::Error> {
    secret::reveal(&secret.0, serializer)
}

fn decrypt(bytes: &[u8]) -> Result<Secret, SipSecretError> {
    let (iv, cipher) = bytes
        .split_first_chunk::<16>()
        .ok_or(SipSecretError::Undecipherable)?;
    let mut text = cipher.to_vec();
    cfb_mode::BufDecryptor::<Aes256>::new(PUBLISHED_KEY.into(), iv.into()).decrypt(&mut text);
    match String::from_utf8(text) {
        Ok(text) if !text.contains(char::is_control) => Ok(Secret::new(text)),
        _ => Err(SipSecretError::Undecipherable),
    }
}

/// The bytes of an even number of hex digits and nothing else.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let bytes = pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect();
    if rest.is_empty() { bytes } else { None }
}

impl fmt::Display for SipSecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "The agent has no SIP password: ask Exotel to enable VoIP for the account.",
            Self::Masked => "The platform hid the SIP password: ask for this one user with an app token.",
            Self::Undecipherable => {
                "The SIP password cannot be decrypted with the published key: set it anew."
            }
        })
    }
}

impl std::error::Error for SipSecretError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn password(text: &str) -> Result<String, SipSecretError> {
        SipSecret::as_given(text)
            .password()
            .map(|secret| secret.reveal().to_owned())
    }

    #[test]
    fn the_live_form_is_decrypted() {
        // Made with `openssl enc -aes-256-cfb`, for a password longer than one block.
        let hex = "000102030405060708090a0b0c0d0e0f56a885c42eb48e9791cd9506db73cf7b49a2bace";
        assert_eq!(password(hex).as_deref(), Ok("b*5#TGC$2!r&s#X2H1Rt"));
        assert_eq!(
            password(&hex.to_uppercase()).as_deref(),
            Ok("b*5#TGC$2!r&s#X2H1Rt")
        );
        let iv = std::array::from_fn(|index| index as u8);
        assert_eq!(
            SipSecret::encrypt(&"b*5#TGC$2!r&s#X2H1Rt".into(), iv),
            SipSecret::as_given(hex)
        );
    }

    #[test]
    fn plain_text_is_used_as_it_is() {
        for text in [
            "werewrweff",
            "b*5#TGC$2!r&s#X2H1Rt",
            "00112233445566778899aabbccddeeff",
            "000102030405060708090a0b0c0d0e0f0",
        ] {
            assert_eq!(password(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn no_password_is_an_error_that_helps() {
        assert_eq!(password(""), Err(SipSecretError::Absent));
        assert_eq!(password("*****"), Err(SipSecretError::Masked));
        assert_eq!(password(&"f".repeat(96)), Err(SipSecretError::Undecipherable));
        assert_eq!(
            format!("{:?}", SipSecret::as_given("werewrweff")),
            "SipSecret(Secret(..))"
        );
    }

    proptest! {
        #[test]
        fn what_is_encrypted_is_decrypted(text in "[!-~é]{1,60}", iv in any::<[u8; 16]>()) {
            let secret = Secret::new(text);
            prop_assert_eq!(SipSecret::encrypt(&secret, iv).password(), Ok(secret));
        }

        #[test]
        fn no_text_panics(text in ".{0,80}", hex in "[0-9a-fA-F]{30,80}") {
            let _ = (password(&text), password(&hex));
        }
    }
}
