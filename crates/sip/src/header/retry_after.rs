//! Retry-After (RFC 3261 §20.33).

use super::Header;
use crate::error::HeaderError;
use crate::scan::{Scan, number_into};

/// When to try again. Comment and duration are read over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAfter(pub u32);

impl Header for RetryAfter {
    const NAME: &'static str = "Retry-After";

    /// Seconds; a value past 32 bits counts as the largest one.
    fn parse(value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        let seconds = scan.number().ok_or_else(|| scan.fail(Self::NAME))?;
        scan.space();
        match scan.peek() {
            None | Some(b'(' | b';') => Ok(Self(u32::try_from(seconds).unwrap_or(u32::MAX))),
            Some(_) => Err(scan.fail(Self::NAME)),
        }
    }

    fn write(&self, out: &mut String) {
        number_into(out, u64::from(self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn only_the_seconds_count() {
        assert_eq!(read("18000;duration=3600"), Some(RetryAfter(18_000)));
        assert_eq!(read("120 (I'm in a meeting)"), Some(RetryAfter(120)));
        assert_eq!(read("949302838503028349304978"), Some(RetryAfter(u32::MAX)));
        assert_eq!(read::<RetryAfter>("later"), None);
    }
}
