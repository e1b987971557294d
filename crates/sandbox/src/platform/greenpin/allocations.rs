//! The allocations there are, and when they end.

use exotel::greenpin::{Allocation, AllocationState, GreenPinCode};
use exotel::{IST, Timestamp};
use serde_json::{Value, json};
use sip::Instant;

use super::super::records::Held;
use super::super::{Consequence, No, Platform, Quirk};
use super::refuse;

impl Platform {
    /// Allocations of a tenant that are in use.
    pub(crate) fn allocated<'a>(&'a self, tenant: &'a str) -> impl Iterator<Item = &'a Held> {
        let all = self.records.allocations.values();
        all.filter(move |held| held.tenant == tenant && !held.deleted)
    }

    /// Gives back what has come to its end.
    pub(crate) fn timeout(&mut self, now: Instant) {
        let wall = self.wall(now);
        while self.records.ending.first().is_some_and(|(ends, _)| *ends <= wall) {
            // Taken out first: an entry without its allocation must not come up again.
            if let Some((_, id)) = self.records.ending.pop_first() {
                self.give_back(&id);
            }
        }
    }

    /// When [`Self::timeout`] wants to be called next.
    pub(crate) fn next_timeout(&self) -> Option<Instant> {
        let (ends, _) = self.records.ending.first()?;
        let since = ends.saturating_sub(self.epoch).saturating_sub(self.ahead);
        Some(Instant(u64::try_from(since).unwrap_or(0)))
    }

    /// Ends an allocation.
    pub(super) fn give_back(&mut self, id: &str) {
        let records = &mut *self.records;
        if let Some(held) = records.allocations.get_mut(id) {
            held.deleted = true;
            held.allocation.state = AllocationState::Vault;
            records.ending.remove(&(held.ends, id.to_owned()));
            let greenpin_id = id.to_owned();
            self.out.push_back(Consequence::Deallocated { greenpin_id });
        }
    }

    /// Writes an allocation, new or changed.
    pub(super) fn hold(&mut self, mut held: Held) {
        let id = held.allocation.greenpin_id.clone();
        held.allocation.deallocation_time = end(&self.quirks, held.ends);
        let records = &mut *self.records;
        if let Some(old) = records.allocations.get(&id) {
            records.ending.remove(&(old.ends, id.clone()));
        }
        records.ending.insert((held.ends, id.clone()));
        records.allocations.insert(id.clone(), held);
        self.out.push_back(Consequence::Allocated { greenpin_id: id });
    }
}

/// The allocation with this id, given back or not.
pub(super) fn find<'a>(platform: &'a Platform, tenant: &str, id: &str) -> Result<&'a Held, No> {
    let held = platform.records.allocations.get(id);
    let held = held.filter(|held| held.tenant == tenant);
    held.ok_or_else(|| refuse(GreenPinCode::NotFound))
}

/// An allocation as an answer shows it.
pub(super) fn describe(quirks: &super::super::Quirks, allocation: &Allocation) -> Value {
    let mut shown = allocation.clone();
    if quirks.has(Quirk::HidePins) {
        shown.b.pin = None;
    }
    json!(shown)
}

/// `YYYY-MM-DD HH:MM:SS`, without a zone.
fn end(quirks: &super::super::Quirks, ends: i64) -> Timestamp {
    let zone = if quirks.has(Quirk::DeallocationInUtc) {
        0
    } else {
        IST
    };
    let time = Timestamp::at(ends, zone);
    Timestamp::as_given(time.as_str().get(..19).unwrap_or_default().replace('T', " "))
}
