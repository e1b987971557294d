//! Calls the platform itself makes and takes: an agent's device on one side, a customer's scripted phone on the other.
//!
//! ```text
//! exchange.dial(now, dial);  exchange.leg(now, sid, news);     // mutate once
//! while let Some(said) = exchange.poll() { … }                 // then drain
//! ```
//!
//! The exchange knows when what happens, and nothing else: no SIP, no media, no webhook. The world of calls rings
//! browsers for it and tells it what they did; each [`Moment`] it says becomes a row in the call table and webhooks.

mod board;
mod call;
mod device;
mod far_end;
mod habits;
mod moment;
#[cfg(test)]
mod tests;

pub(crate) use board::{Dial, Exchange, Incoming, Said};
pub(crate) use call::LegNews;
pub(crate) use device::AgentDevice;
pub(crate) use far_end::{Verdict, called, of_number};
#[cfg(test)]
pub(crate) use habits::Invite;
pub(crate) use habits::{Habits, HabitsError, Times};
pub(crate) use moment::{Ending, Moment};
