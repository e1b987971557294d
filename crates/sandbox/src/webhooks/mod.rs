//! Webhooks on their way: queued, sent, retried, spoilt on demand, and kept for whoever wants to look.
//!
//! ```text
//! courier.post(now, letter);                          // mutate once
//! while let Some(sending) = courier.poll() { … }      // then drain: each is one HTTP request
//! courier.answered(now, sending.ticket, result);      // what came of it
//! ```
//!
//! The courier has no clock and no socket. It holds the platform's rules: 15 seconds for an answer of 200, two retries,
//! and webhooks about one call in the order they happened, unless a [`FaultPlan`] says otherwise.

mod courier;
mod delivery;
mod endpoints;
mod faults;
mod letter;
mod log;
#[cfg(test)]
mod tests;

pub(crate) use courier::{Courier, Ticket};
pub(crate) use endpoints::{EndpointError, Endpoints, KINDS};
pub(crate) use faults::{FaultError, FaultPlan};
pub(crate) use letter::{Letter, Shape, with_query};
