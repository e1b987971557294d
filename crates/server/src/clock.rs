//! The one place that asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use protocol::Millis;

/// Unix milliseconds, now.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
    })
}
