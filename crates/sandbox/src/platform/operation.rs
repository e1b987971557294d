//! One row of an API: where it is, how often it may be asked, and what it does.

use sip::Instant;

use super::faults::When;
use super::{Ask, No, Platform, Reply, Yes, wrapping};

/// Which API, and with it how answers are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Api {
    Subscribers,
    Integrations,
    Greenpin,
    VoiceV1,
    VoiceV3,
}

/// What a request counts as, for rate limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// It reads.
    Read,
    /// It changes what is managed: apps, users, subscribers, allocations.
    Manage,
    /// It places a call.
    Voice,
}

/// One method on one path.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) api: Api,
    /// A name for faults; unique in its API.
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// From the root, parameters in braces.
    pub(crate) path: &'static str,
    pub(crate) class: Class,
    pub(crate) run: fn(&mut Platform, Instant, &Ask) -> Result<Yes, No>,
}

/// A row; the class follows from the method unless it is [`Class::Voice`].
pub(super) const fn row(
    api: Api,
    name: &'static str,
    method: &'static str,
    path: &'static str,
    class: Class,
    run: fn(&mut Platform, Instant, &Ask) -> Result<Yes, No>,
) -> Operation {
    Operation {
        api,
        name,
        method,
        path,
        class,
        run,
    }
}

/// What a 429 on demand asks for.
const RETRY_AFTER_S: u32 = 60;

impl Platform {
    /// Answers a request: faults first, then the rate limit, then the operation itself.
    pub(crate) fn answer(&mut self, now: Instant, operation: &Operation, ask: &Ask) -> Reply {
        let fault = self.faults.next(operation);
        if let Some((When::Before, no)) = fault {
            let again = (no.status == 429).then(|| ("retry-after", RETRY_AFTER_S.to_string()));
            let mut reply = wrapping::wrap(self, operation, Err(no));
            reply.headers.extend(again);
            return reply;
        }
        let wall = self.wall(now);
        // Who asks is looked up only where somebody counts.
        let limited = self.limits.rates.is_some().then(|| self.account_behind(ask));
        let allowance = limited.and_then(|who| self.limits.take(wall, operation.class, &who));
        let outcome = match &allowance {
            Some(allowance) if allowance.is_exceeded() => Err(No::new(429, "Rate limit exceeded")),
            _ => (operation.run)(self, now, ask),
        };
        let outcome = match fault {
            Some((_, no)) => Err(no),
            None => outcome,
        };
        let mut reply = wrapping::wrap(self, operation, outcome);
        if let Some(allowance) = allowance {
            reply.headers = allowance.headers(self.wall(now));
        }
        reply
    }
}
