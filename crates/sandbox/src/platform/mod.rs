//! The platform behind its REST APIs, still: accounts, apps, users, subscribers, pins and the call table.
//!
//! ```text
//! let reply = platform.answer(now, operation, &ask);          // mutate once
//! while let Some(consequence) = platform.consequence() { … }  // then drain
//! ```
//!
//! Each API is a table of [`Operation`]s. What a request causes beyond its answer is a [`Consequence`], which the
//! world of calls carries out. REST and SIP share one call table, in [`Records`].

mod accounts;
mod answer;
mod arrange;
mod ask;
mod call_table;
mod consequence;
mod demo;
mod device;
mod faults;
mod greenpin;
mod integrations;
mod limits;
mod mint;
mod operation;
mod quirks;
mod records;
mod saved;
mod subscribers;
#[cfg(test)]
mod tests;
mod view;
mod voice;
mod watched;
mod wrapping;

use std::collections::VecDeque;

use sip::Instant;

use crate::account::Account;

pub(crate) use answer::{No, Reply, Yes};
pub(crate) use ask::Ask;
pub(crate) use call_table::{CallRecord, Direction};
pub(crate) use consequence::{Consequence, FirstLeg, FlowCall, Outbound};
pub(crate) use device::Device;
pub(crate) use faults::Fault;
pub(crate) use limits::Rates;
pub(crate) use operation::Operation;
pub use quirks::Quirk;
pub(crate) use quirks::Quirks;
pub(crate) use records::{Held, Records};
pub(crate) use watched::Watched;

use faults::Faults;
use limits::Limits;
use mint::Mint;

/// Every operation of every API.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    let all = [
        integrations::OPERATIONS,
        subscribers::OPERATIONS,
        greenpin::OPERATIONS,
        voice::OPERATIONS,
    ];
    all.into_iter().flatten()
}

/// All there is behind the REST APIs.
#[derive(Debug)]
pub(crate) struct Platform {
    pub(crate) records: Watched<Records>,
    pub(crate) quirks: Quirks,
    pub(crate) limits: Limits,
    pub(crate) faults: Faults,
    mint: Mint,
    /// Milliseconds since 1970 at [`Instant`] 0, and how far a test has moved the clock ahead.
    epoch: i64,
    ahead: i64,
    out: VecDeque<Consequence>,
}

impl Platform {
    /// A platform with the demo's data around these agents. `epoch` is the time of day at [`Instant`] 0.
    pub(crate) fn demo(accounts: &[Account], seed: [u8; 32], epoch: i64) -> Self {
        let mut mint = Mint::new(seed);
        let records = demo::records(accounts, &mut mint, epoch);
        Self::with(records, mint, epoch)
    }

    fn with(records: Records, mint: Mint, epoch: i64) -> Self {
        Self {
            records: Watched::new(records),
            quirks: Quirks::default(),
            limits: Limits::default(),
            faults: Faults::default(),
            mint,
            epoch,
            ahead: 0,
            out: VecDeque::new(),
        }
    }

    /// The time of day, in milliseconds since 1970.
    pub(crate) fn wall(&self, now: Instant) -> i64 {
        let since = i64::try_from(now.0).unwrap_or(i64::MAX);
        self.epoch.saturating_add(self.ahead).saturating_add(since)
    }

    /// Moves the time of day ahead, so that tokens and allocations end.
    pub(crate) fn move_clock(&mut self, seconds: u32) {
        self.ahead = self.ahead.saturating_add(i64::from(seconds) * 1000);
    }

    /// An id for a new call, the `CallSid`.
    pub(crate) fn new_call_sid(&mut self) -> String {
        self.mint.hex()
    }

    /// The next thing to carry out; `None` once there is nothing.
    pub(crate) fn consequence(&mut self) -> Option<Consequence> {
        self.out.pop_front()
    }
}
