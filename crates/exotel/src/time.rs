//! Moments as the platform writes them.

use serde::{Deserialize, Deserializer, Serialize};

/// India's offset from UTC in minutes; the platform's default zone where a text names none.
pub const IST: i16 = 330;

/// A timestamp, kept word for word and read on demand, so that no text is ever refused or lost.
///
/// Seen: `2019-11-19T23:14:17+05:30`, `2023-12-04T23:02:19Z`, `2026-01-31 18:30:00` (no zone), the placeholders
/// `0001-01-01T00:00:00Z`, `1970-01-01+05:30:00` and the empty string, and offsets that do not exist (`+50:30`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// Keeps `text`.
    pub fn as_given(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// `unix_ms` milliseconds after 1970 in UTC, written to the second in RFC 3339 at `offset` minutes east.
    /// Years before 0 or after 9999 become the unset timestamp.
    pub fn at(unix_ms: i64, offset: i16) -> Self {
        let local = unix_ms.div_euclid(1000).saturating_add(i64::from(offset) * 60);
        let (year, month, day) = civil(local.div_euclid(86_400));
        if !(0..=9999).contains(&year) {
            return Self::default();
        }
        let second = local.rem_euclid(86_400);
        let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let zone = match offset {
            0 => "Z".to_owned(),
            _ => format!(
                "{}{:02}:{:02}",
                if offset < 0 { '-' } else { '+' },
                offset.unsigned_abs() / 60,
                offset.unsigned_abs() % 60
            ),
        };
        Self(format!("{year:04}-{month:02}-{day:02}T{clock}{zone}"))
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text stands for "not yet" or "never": empty, a day of the years 0 and 1, or the first day of 1970.
    pub fn is_unset(&self) -> bool {
        let text = self.0.trim();
        text.is_empty()
            || ["0001-", "0000-", "1970-01-01"]
                .iter()
                .any(|start| text.starts_with(start))
    }

    /// Milliseconds since 1970 in UTC; `None` if unset, unreadable, or without a zone.
    pub fn unix_ms(&self) -> Option<i64> {
        let (local, offset) = self.read()?;
        Some(local - i64::from(offset?) * 60_000)
    }

    /// Like [`Self::unix_ms`], with `offset` minutes east of UTC for a text without a zone.
    pub fn unix_ms_in(&self, offset: i16) -> Option<i64> {
        let (local, own) = self.read()?;
        Some(local - i64::from(own.unwrap_or(offset)) * 60_000)
    }

    /// Local milliseconds since 1970, and the offset in minutes if one is written.
    fn read(&self) -> Option<(i64, Option<i16>)> {
        if self.is_unset() {
            return None;
        }
        let text = self.0.trim();
        let (date, rest) = text.split_at_checked(10)?;
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, rest) = rest.split_at_checked(8)?;
        let (millis, zone) = fraction(rest)?;
        let seconds = day_number(date)? * 86_400 + second_of_day(clock)?;
        Some((seconds * 1000 + millis, offset(zone)?))
    }
}

/// Reads any JSON scalar; `null` is unset.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::lenient::text(deserializer).map(Self)
    }
}

/// `text` as digits only, `len` of them.
fn digits(text: &str, len: usize) -> Option<i64> {
    (text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let (year, month, day) = (
        digits(parts.next()?, 4)?,
        digits(parts.next()?, 2)?,
        digits(parts.next()?, 2)?,
    );
    let number = days(year, month, day);
    // A day that comes back as another one (30 February) does not exist.
    (parts.next().is_none() && (1..=12).contains(&month) && civil(number) == (year, month, day))
        .then_some(number)
}

fn second_of_day(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let (hour, minute, second) = (
        digits(parts.next()?, 2)?,
        digits(parts.next()?, 2)?,
        digits(parts.next()?, 2)?,
    );
    (hour < 24 && minute < 60 && second <= 60).then_some(hour * 3600 + minute * 60 + second)
}

/// The milliseconds of `.123456Z`, and what follows them.
fn fraction(text: &str) -> Option<(i64, &str)> {
    let Some(text) = text.strip_prefix('.') else {
        return Some((0, text));
    };
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, zone) = text.split_at_checked(end)?;
    let millis = digits
        .bytes()
        .chain(*b"00")
        .take(3)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    (!digits.is_empty()).then_some((millis, zone))
}

/// `Some(None)` is no zone, `None` an impossible one. A form decoder turns the `+` of `+05:30` into a space.
fn offset(zone: &str) -> Option<Option<i16>> {
    let (sign, size) = match zone.split_at_checked(1) {
        None => return Some(None),
        Some(("Z" | "z", "")) => return Some(Some(0)),
        Some(("+" | " ", size)) => (1, size),
        Some(("-", size)) => (-1, size),
        Some(_) => return None,
    };
    let (hours, minutes) = match size.split_once(':') {
        Some(parts) => parts,
        None => size.split_at_checked(2)?,
    };
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    // No place on earth is more than 14 hours from UTC.
    let total = i16::try_from(hours * 60 + minutes)
        .ok()
        .filter(|total| *total <= 14 * 60 && minutes < 60)?;
    Some(Some(sign * total))
}

/// Days from 1 January 1970 to a date of the Gregorian calendar, counted in 400-year eras that start in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days`]: year, month and day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let of_era = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * of_era + of_era / 4 - of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ms(text: &str) -> Option<i64> {
        Timestamp::as_given(text).unix_ms()
    }

    #[test]
    fn offsets_fractions_and_zones_are_read() {
        assert_eq!(ms("2019-11-19T23:14:17+05:30"), Some(1_574_185_457_000));
        assert_eq!(ms("2019-11-19T17:44:17Z"), Some(1_574_185_457_000));
        assert_eq!(ms("2019-11-19T17:44:17.25Z"), Some(1_574_185_457_250));
        // As a form decoder leaves it.
        assert_eq!(ms("2019-11-19T23:14:17 05:30"), Some(1_574_185_457_000));
        assert_eq!(ms("2019-11-19 23:14:17"), None);
        assert_eq!(
            Timestamp::as_given("2019-11-19 23:14:17").unix_ms_in(IST),
            Some(1_574_185_457_000)
        );
    }

    #[test]
    fn placeholders_are_unset() {
        for text in [
            "",
            "  ",
            "0001-01-01T00:00:00Z",
            // Year 1 in a zone of its own.
            "0001-01-02T00:00:00Z",
            "0001-12-31T23:59:59+05:30",
            "1970-01-01+05:30:00",
            "1970-01-01 05:30:00",
        ] {
            assert!(Timestamp::as_given(text).is_unset(), "{text}");
            assert_eq!(ms(text), None, "{text}");
        }
    }

    #[test]
    fn the_impossible_is_kept_as_words() {
        for text in [
            "2019-11-19T23:14:17+50:30",
            "2019-02-29T00:00:00Z",
            "2019-13-01T00:00:00Z",
            "2019-11-19T24:00:00Z",
            "Tue, 19 Nov 2019 23:14:17",
            "yesterday",
            "2019-11-19T23:14:17+",
            "éééééééééé",
        ] {
            let time = Timestamp::as_given(text);
            assert_eq!((time.unix_ms(), time.as_str()), (None, text));
            assert!(!time.is_unset());
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 86_400_i64..253_402_300_000, offset in -840_i16..=840) {
            let time = Timestamp::at(seconds * 1000, offset);
            // The first days of 1970 may be the placeholder in local time.
            prop_assume!(!time.is_unset());
            if !time.as_str().is_empty() {
                prop_assert_eq!(time.unix_ms(), Some(seconds * 1000));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,40}", near in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}[0-9:+.Z -]{0,9}", ms in any::<i64>(), offset in any::<i16>()) {
            for text in [text, near] {
                Timestamp::as_given(text).unix_ms_in(offset);
            }
            Timestamp::at(ms, offset);
        }
    }
}
