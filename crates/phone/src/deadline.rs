//! Deadlines that may not exist.

use crate::Millis;

/// The earlier of two.
#[inline(never)]
pub(crate) fn sooner(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
