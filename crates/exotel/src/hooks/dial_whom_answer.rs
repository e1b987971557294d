//! The customer's answer to dial-whom, in its two forms.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::payload;
use crate::lenient::{self, More};
use crate::{Invalid, PhoneNumber};

/// Whom to connect, and how (seed: voice-client-sdk-guide §5.1.1).
///
/// The seed's text wants a bare `sip:` address, its example is this JSON: choose by route, with
/// [`to_text`](Self::to_text) or [`to_json`](Self::to_json). The HTTP status must be 200; any other fails the call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DialWhomAnswer {
    /// Whether to ask again once every number was tried.
    #[serde(deserialize_with = "flag")]
    pub fetch_after_attempt: bool,
    /// Whom to ring.
    pub destination: Destination,
    /// The number the destination sees.
    #[serde(
        deserialize_with = "payload::number",
        skip_serializing_if = "PhoneNumber::is_empty"
    )]
    pub outgoing_phone_number: PhoneNumber,
    /// Whether to record.
    #[serde(deserialize_with = "flag")]
    pub record: bool,
    /// `single` or `dual`.
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub recording_channels: String,
    /// Seconds to ring; the platform's default if none.
    #[serde(
        deserialize_with = "payload::seconds",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_ringing_duration: Option<u32>,
    /// Seconds to talk; the platform's default if none.
    #[serde(
        deserialize_with = "payload::seconds",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_conversation_duration: Option<u32>,
    /// The envelope of the example (`request_id`, `method`, `http_code`, ...), of no effect.
    #[serde(flatten)]
    pub more: More,
}

/// Whom to ring.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Destination {
    /// `sip:` addresses; telephone numbers cannot be mixed in on this path.
    #[serde(deserialize_with = "payload::numbers")]
    pub numbers: Vec<PhoneNumber>,
}

impl DialWhomAnswer {
    /// Connects to the subscriber called `remote_id`.
    ///
    /// # Errors
    /// [`Invalid`] unless `remote_id` is 1 to 64 of the characters a SIP user may have unescaped.
    pub fn subscriber(remote_id: &str) -> Result<Self, Invalid> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&byte);
        if !(1..=64).contains(&remote_id.len()) || !remote_id.bytes().all(plain) {
            return Err(Invalid::new(
                "destination",
                "A destination is a subscriber's name: 1 to 64 letters, digits or marks that a SIP user may have.",
            ));
        }
        let numbers = vec![PhoneNumber::as_given(format!("sip:{remote_id}"))];
        Ok(Self {
            destination: Destination { numbers },
            ..Self::default()
        })
    }

    /// The bare address; none if nobody is to be rung.
    pub fn to_text(&self) -> Option<&str> {
        self.destination.numbers.first().map(PhoneNumber::reveal)
    }

    /// The JSON form.
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads an answer as the platform does: status 200, and either form with at least one `sip:` address.
    ///
    /// # Errors
    /// [`DialWhomFailure`]; the call is not connected.
    pub fn parse(status: u16, body: &[u8]) -> Result<Self, DialWhomFailure> {
        if status != 200 {
            return Err(DialWhomFailure::Status(status));
        }
        if body.len() > super::MAX_BYTES {
            return Err(DialWhomFailure::Unreadable);
        }
        let text = String::from_utf8_lossy(body);
        let text = text.trim();
        let answer = match text.starts_with('{') {
            true => serde_json::from_str(text).map_err(|_| DialWhomFailure::Unreadable)?,
            false => {
                let numbers = vec![PhoneNumber::as_given(text.trim_matches('"'))];
                Self {
                    destination: Destination { numbers },
                    ..Self::default()
                }
            }
        };
        let is_sip = |number: &PhoneNumber| {
            number
                .reveal()
                .strip_prefix("sip:")
                .is_some_and(|user| !user.is_empty() && !user.contains(char::is_whitespace))
        };
        let numbers = &answer.destination.numbers;
        match !numbers.is_empty() && numbers.iter().all(is_sip) {
            true => Ok(answer),
            false => Err(DialWhomFailure::NoDestination),
        }
    }
}

fn flag<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(lenient::boolean(deserializer)?.unwrap_or_default())
}

/// Why the platform cannot connect a call by an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialWhomFailure {
    /// The HTTP status was another than 200.
    Status(u16),
    /// The body starts like JSON and is not of the documented shape, or is longer than 64 KiB.
    Unreadable,
    /// No `sip:` address, or something else among them.
    NoDestination,
}

impl fmt::Display for DialWhomFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "dial-whom answered HTTP {status}; only 200 connects the call"),
            Self::Unreadable => f.write_str("dial-whom answered JSON that is not of the documented shape"),
            Self::NoDestination => f.write_str("dial-whom named no sip: address to connect to"),
        }
    }
}

impl std::error::Error for DialWhomFailure {}
