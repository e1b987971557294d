//! Text that cannot be printed by accident.

use std::fmt;

use serde::{Deserialize, Deserializer, Serializer};

/// A password, a token, or a URL that is as good as one. `Debug` shows no character of it; there is no `Display` and
/// no plain `Serialize`: a field that must be written says so with [`reveal`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Named so that every use stands out in review.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Reads a string or a number; `null` becomes the empty secret.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::lenient::text(deserializer).map(Self)
    }
}

/// Reads a secret as [`lenient::text_option`](crate::lenient::text_option) reads text: null and empty are none.
///
/// # Errors
/// Only when the input is no JSON at all.
pub fn option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    Ok(crate::lenient::text_option(deserializer)?.map(Secret))
}

/// Writes the secret out, for `#[serde(serialize_with = "secret::reveal")]` on one field of a wire type.
///
/// # Errors
/// Only the serializer's own.
pub fn reveal<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.reveal())
}

/// [`reveal`] for a secret that may be absent.
///
/// # Errors
/// Only the serializer's own.
pub fn reveal_option<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => serializer.serialize_some(secret.reveal()),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(secret.reveal(), "hunter2");
    }

    #[test]
    fn numbers_and_null_are_read() {
        assert_eq!(serde_json::from_str::<Secret>("7").unwrap().reveal(), "7");
        assert!(serde_json::from_str::<Secret>("null").unwrap().is_empty());
    }
}
