//! Time is an argument: nothing in this crate reads a clock.

use std::ops::Add;

/// A moment, in milliseconds since whatever origin the host chose. Never runs backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub u64);

impl Instant {
    /// Milliseconds from `earlier` to this moment; zero when `earlier` is the later one.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The earlier of two moments that may not come.
#[inline(never)]
pub(crate) fn sooner(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl Add<u64> for Instant {
    type Output = Self;

    /// This moment plus `ms` milliseconds.
    fn add(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_end_overflows() {
        assert_eq!(Instant(5).since(Instant(9)), 0);
        assert_eq!(Instant(9).since(Instant(5)), 4);
        assert_eq!(Instant(u64::MAX) + 1, Instant(u64::MAX));
    }
}
