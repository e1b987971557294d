//! A person who uses the app, as the platform keeps them.

use serde::{Deserialize, Serialize};

use crate::lenient::{self, More};
use crate::word::words;
use crate::{Invalid, Secret, Timestamp, secret};

words! {
    /// Whether a subscriber may call.
    pub enum SubscriberStatus {
        /// May call.
        Active = "active",
        /// Suspended for now.
        Inactive = "inactive",
    }
}

impl SubscriberStatus {
    /// Words of our own making are not sent.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        match self {
            Self::Active | Self::Inactive => Ok(()),
            Self::Other(_) => Err(Invalid::new("status", "The status is active or inactive.")),
        }
    }
}

/// The subscriber object (Subscriber Management API §2).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Subscriber {
    /// Unique in the account, and taken as case-sensitive.
    #[serde(deserialize_with = "lenient::text")]
    pub subscriber_name: String,
    /// Whether they may call.
    #[serde(default)]
    pub status: SubscriberStatus,
    /// The customer's own note. Hidden: it is about a person.
    #[serde(
        default,
        serialize_with = "secret::reveal_option",
        deserialize_with = "secret::option"
    )]
    pub custom_field: Option<Secret>,
    /// When it was created.
    #[serde(default)]
    pub date_created: Timestamp,
    /// When it was last changed.
    #[serde(default)]
    pub date_updated: Timestamp,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

/// The documented limit (§2). Another page of the vendor's says "less than 16".
const LONGEST_NAME: usize = 16;

/// Whether `name` is as long as one page allows and another forbids: worth a warning before it is created.
pub fn is_longest_name(name: &str) -> bool {
    name.len() == LONGEST_NAME
}

pub(super) fn check_name(name: &str) -> Result<(), Invalid> {
    let fits = (1..=LONGEST_NAME).contains(&name.len());
    if fits && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(Invalid::new(
        "subscriber_name",
        "A subscriber name is 1 to 16 letters and digits, without spaces.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alphanumeric_and_short() {
        for name in ["a", "AlexBourton", "Alex123bourt45on"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "Alex123bourt45onX", "a b", "a_b", "zoë", "a/b"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(is_longest_name("Alex123bourt45on") && !is_longest_name("Alex"));
    }
}
