//! Text that does not show itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password or a token. `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// A telephone number or SIP address, perhaps masked for its reader. `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Named so that every use stands out in review.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl PhoneNumber {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The number itself. Named so that every use stands out in review.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with all but the last two digits hidden, for readers who may not see numbers. Five digits or fewer, and
    /// anything that is no number, are hidden whole.
    #[must_use]
    pub fn masked(&self) -> Self {
        let digits = self.0.chars().filter(char::is_ascii_digit).count();
        let shown = if digits > 5 { 2 } else { 0 };
        let mut left = digits;
        let mask = |c: char| {
            if !c.is_ascii_digit() {
                return if c == '+' { c } else { '•' };
            }
            left -= 1;
            if left < shown { c } else { '•' }
        };
        Self(self.0.chars().map(mask).collect())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(..)")
    }
}

impl From<&str> for PhoneNumber {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", PhoneNumber::from("+918040408080")),
            "PhoneNumber(..)"
        );
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "Secret(..)");
    }

    #[test]
    fn a_mask_keeps_two_digits_of_a_long_number() {
        let masked = |text: &str| PhoneNumber::from(text).masked().reveal().to_owned();
        assert_eq!(masked("+918040408012"), "+••••••••••12");
        assert_eq!(masked("0112"), "••••");
        assert_eq!(masked("sip:asha"), "••••••••");
        assert_eq!(masked(""), "");
    }
}
