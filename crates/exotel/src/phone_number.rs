//! Telephone numbers, which are personal data.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::Invalid;

/// A number as the platform or a person wrote it: `+91...`, `0...`, ten digits, masked, or even a `sip:` address.
/// `Debug` shows at most its last two digits; there is no `Display`.
/// Unlike a [`Secret`](crate::Secret) it serialises plainly: a number is of use only where it travels, and every place
/// it travels to is meant to have it.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Keeps `text` as it is, for what comes from the platform.
    pub fn as_given(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Takes only E.164: `+`, then 7 to 15 digits, the first of which is not 0.
    ///
    /// # Errors
    /// [`Invalid`] names the rule.
    pub fn e164(text: &str) -> Result<Self, Invalid> {
        let number = Self(text.to_owned());
        number.must_be_e164("number")?;
        Ok(number)
    }

    /// The number itself. Named so that every use stands out in review.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this is `+` and 7 to 15 digits.
    pub fn is_e164(&self) -> bool {
        self.0.strip_prefix('+').is_some_and(|digits| {
            (7..=15).contains(&digits.len()) && !digits.starts_with('0') && all_digits(digits)
        })
    }

    /// The rule of [`Self::e164`], for a request's `field`.
    ///
    /// # Errors
    /// [`Invalid`] when the number is in another form.
    pub fn must_be_e164(&self, field: &'static str) -> Result<(), Invalid> {
        if self.is_e164() {
            return Ok(());
        }
        Err(Invalid::new(
            field,
            "A number is written in E.164: a plus sign and 7 to 15 digits, such as +918040408080.",
        ))
    }

    /// The looser rule of the Integrations API, whose samples hold local numbers: 3 to 15 digits, perhaps a plus.
    ///
    /// # Errors
    /// [`Invalid`] when anything else is in it.
    pub fn must_be_dialable(&self, field: &'static str) -> Result<(), Invalid> {
        let digits = self.0.strip_prefix('+').unwrap_or(&self.0);
        if (3..=15).contains(&digits.len()) && all_digits(digits) {
            return Ok(());
        }
        Err(Invalid::new(
            field,
            "A number is 3 to 15 digits without spaces, with an optional leading plus sign.",
        ))
    }

    /// Whether both mean the same subscriber: equal digits, or equal last ten digits where one side is Indian
    /// (`+91`, `91`, `0` or nothing before them).
    pub fn same_as(&self, other: &Self) -> bool {
        if self.0 == other.0 {
            return !self.0.is_empty();
        }
        match (national(&self.0), national(&other.0)) {
            (Some(one), Some(two)) => one == two,
            _ => false,
        }
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The ten digits of an Indian number, however it is prefixed.
fn national(text: &str) -> Option<&str> {
    let start = text.len().checked_sub(10)?;
    let (prefix, digits) = text.split_at_checked(start)?;
    (matches!(prefix, "" | "0" | "91" | "+91" | "0091") && all_digits(digits)).then_some(digits)
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len().checked_sub(2).filter(|start| *start >= 5);
        match last.and_then(|start| self.0.get(start..)) {
            Some(digits) if all_digits(digits) => write!(f, "PhoneNumber(..{digits})"),
            _ => f.write_str("PhoneNumber(..)"),
        }
    }
}

impl From<&str> for PhoneNumber {
    fn from(text: &str) -> Self {
        Self::as_given(text)
    }
}

/// Reads a string or a number; `null` becomes the empty number.
impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::lenient::text(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_keeps_the_number_to_itself() {
        assert_eq!(
            format!("{:?}", PhoneNumber::from("+918040408080")),
            "PhoneNumber(..80)"
        );
        assert_eq!(format!("{:?}", PhoneNumber::from("911")), "PhoneNumber(..)");
        assert_eq!(format!("{:?}", PhoneNumber::from("sip:asha")), "PhoneNumber(..)");
        assert_eq!(format!("{:?}", PhoneNumber::from("éééééé")), "PhoneNumber(..)");
    }

    #[test]
    fn e164_is_strict() {
        assert!(PhoneNumber::e164("+918040408080").is_ok());
        for text in [
            "",
            "+",
            "918040408080",
            "+0804040808",
            "+91 8040408080",
            "+1234567890123456",
            "+९१८०४०४०",
        ] {
            assert!(PhoneNumber::e164(text).is_err(), "{text}");
        }
    }

    #[test]
    fn indian_numbers_are_equal_in_every_prefix() {
        let number = PhoneNumber::from("+918040408080");
        for text in ["08040408080", "8040408080", "918040408080", "+918040408080"] {
            assert!(number.same_as(&PhoneNumber::from(text)), "{text}");
        }
        for text in ["", "+18040408080", "8040408081", "sip:8040408080"] {
            assert!(!number.same_as(&PhoneNumber::from(text)), "{text}");
        }
    }
}
