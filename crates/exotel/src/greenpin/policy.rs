//! How long an allocation lasts.

use serde::{Deserialize, Serialize};

use crate::{Invalid, lenient};

/// When an allocation ends by itself (seed: greenpin-api, `Deallocation_policy`). Without one it lasts the account's
/// default, documented as 6 months in one place and 170 days in another; the answer tells the time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeallocationPolicy {
    /// A whole number and a unit: `d`, `h`, `m` or `s`.
    #[serde(deserialize_with = "lenient::text")]
    pub duration: String,
}

impl DeallocationPolicy {
    /// After this many seconds; seconds are the unit of every sample.
    pub fn after_seconds(seconds: u64) -> Self {
        Self {
            duration: format!("{seconds}s"),
        }
    }

    /// The duration in seconds; none if it is not a number and a unit, or beyond 64 bits.
    pub fn seconds(&self) -> Option<u64> {
        let text = self.duration.trim();
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let scale = match unit {
            "d" => 86_400,
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => return None,
        };
        // `parse` alone would take a plus sign.
        let number: u64 = number
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| number.parse().ok())??;
        number.checked_mul(scale)
    }

    pub(super) fn check(&self) -> Result<(), Invalid> {
        match self.seconds() {
            Some(1..) => Ok(()),
            _ => Err(Invalid::new(
                "deallocation_policy.duration",
                "A duration is a whole number above zero and a unit, d, h, m or s, such as 1200s.",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<u64> {
        DeallocationPolicy {
            duration: text.to_owned(),
        }
        .seconds()
    }

    #[test]
    fn every_unit_is_read() {
        assert_eq!(seconds("1200s"), Some(1200));
        assert_eq!(seconds("5m"), Some(300));
        assert_eq!(seconds("2h"), Some(7200));
        assert_eq!(seconds("170d"), Some(14_688_000));
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "s",
            "1200",
            "-1d",
            "+1d",
            "1.5h",
            "1w",
            "1 h",
            "é",
            "99999999999999999999d",
            "9999999999999999999d",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert!(DeallocationPolicy::after_seconds(0).check().is_err());
        assert_eq!(DeallocationPolicy::after_seconds(20).duration, "20s");
    }
}
