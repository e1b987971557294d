//! How many requests a minute may bring, per credential and class.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::operation::Class;

const MINUTE: i64 = 60_000;
/// How many windows are kept before those that ended are thrown away.
const KEPT: usize = 1_000;

/// Requests a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rates {
    pub(crate) read: u32,
    pub(crate) manage: u32,
    pub(crate) voice: u32,
}

impl Rates {
    /// The vendor's page on rate limits.
    pub(crate) const DOCUMENTED: Self = Self {
        read: 300,
        manage: 50,
        voice: 200,
    };

    fn of(&self, class: Class) -> u32 {
        match class {
            Class::Read => self.read,
            Class::Manage => self.manage,
            Class::Voice => self.voice,
        }
    }
}

/// The limits, if there are any, and what has been used of them.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    pub(crate) rates: Option<Rates>,
    windows: BTreeMap<(Class, String), Window>,
}

#[derive(Debug)]
struct Window {
    ends: i64,
    used: u32,
}

/// What is left after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    limit: u32,
    used: u32,
    ends: i64,
}

impl Limits {
    /// Counts a request at `now`; `None` where nothing is limited.
    pub(crate) fn take(&mut self, now: i64, class: Class, who: &str) -> Option<Allowance> {
        let limit = self.rates?.of(class);
        if self.windows.len() >= KEPT {
            self.windows.retain(|_, window| window.ends > now);
        }
        let fresh = Window {
            ends: now + MINUTE,
            used: 0,
        };
        let window = self.windows.entry((class, who.to_owned())).or_insert(fresh);
        if window.ends <= now {
            *window = Window {
                ends: now + MINUTE,
                used: 0,
            };
        }
        window.used = window.used.saturating_add(1);
        Some(Allowance {
            limit,
            used: window.used,
            ends: window.ends,
        })
    }
}

impl Allowance {
    /// Whether this request was one too many.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.used > self.limit
    }

    /// The headers that say so, `Retry-After` only where it helps.
    pub(crate) fn headers(&self, now: i64) -> Vec<(&'static str, String)> {
        let mut headers = vec![
            ("x-ratelimit-limit", self.limit.to_string()),
            (
                "x-ratelimit-remaining",
                self.limit.saturating_sub(self.used).to_string(),
            ),
            ("x-ratelimit-reset", (self.ends / 1000).to_string()),
        ];
        if self.is_exceeded() {
            let seconds = (self.ends - now + 999) / 1000;
            headers.push(("retry-after", seconds.max(1).to_string()));
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_begins_with_its_first_request() {
        let mut limits = Limits::default();
        assert_eq!(limits.take(0, Class::Read, "a"), None);
        limits.rates = Some(Rates {
            read: 2,
            ..Rates::DOCUMENTED
        });
        let mut exceeded = |now, who| limits.take(now, Class::Read, who).unwrap().is_exceeded();
        assert!(!exceeded(1_000, "a") && !exceeded(2_000, "a") && exceeded(3_000, "a"));
        assert!(!exceeded(3_000, "b"));
        assert!(!exceeded(61_000, "a"));
    }

    #[test]
    fn the_headers_say_how_long_to_wait() {
        let allowance = Allowance {
            limit: 2,
            used: 3,
            ends: 61_000,
        };
        let headers = allowance.headers(1_500);
        assert!(headers.contains(&("retry-after", String::from("60"))));
        assert!(headers.contains(&("x-ratelimit-remaining", String::from("0"))));
    }
}
