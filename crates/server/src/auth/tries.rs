//! How often somebody may be wrong.
//!
//! A try is counted before the password is looked at, so a hundred at once are a hundred. The right password gives its
//! try back. Counted in memory and on each server alone: a restart forgets, which is worth nothing to a guesser.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use protocol::Millis;

/// How long a try counts, from the first one on.
pub const WINDOW: Millis = 15 * 60 * 1_000;

/// A whole office stands behind one address: it may be wrong so many times as often as one name.
pub const PEOPLE_PER_ADDRESS: u32 = 10;

/// So many names and addresses are remembered; then the oldest are forgotten. To push a name out costs more addresses
/// than to guess from each of them.
const REMEMBERED: usize = 20_000;

/// The counts of names and of addresses.
pub(super) struct Tries {
    limit: u32,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    names: Table<String>,
    addresses: Table<IpAddr>,
}

/// Since when, and how many.
type Table<K> = HashMap<K, (Millis, u32)>;

impl Tries {
    /// At most `limit` wrong tries for a name, and [`PEOPLE_PER_ADDRESS`] as many from an address.
    pub(super) fn new(limit: u32) -> Self {
        let counts = Mutex::default();
        Self { limit, counts }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// It was one too many: the seconds until the next. Waiting is not made longer by asking.
    pub(super) fn begin(&self, name: &str, address: Option<IpAddr>, now: Millis) -> Result<(), u32> {
        let Counts { names, addresses } = &mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let address = address.map(household);
        let many = self.limit.saturating_mul(PEOPLE_PER_ADDRESS);
        wait(names, name, self.limit, now)?;
        if let Some(address) = &address {
            wait(addresses, address, many, now)?;
        }
        count(names, name.to_owned(), now);
        if let Some(address) = address {
            count(addresses, address, now);
        }
        Ok(())
    }

    /// No password was looked at: the try does not count.
    pub(super) fn give_back(&self, name: &str, address: Option<IpAddr>) {
        let Counts { names, addresses } = &mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let address = address.and_then(|address| addresses.get_mut(&household(address)));
        for (_, tries) in names.get_mut(name).into_iter().chain(address) {
            *tries = tries.saturating_sub(1);
        }
    }

    /// The try was right: the name begins anew, the address gets one back.
    pub(super) fn succeeded(&self, name: &str, address: Option<IpAddr>) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.names.remove(name);
        if let Some((_, tries)) = address.and_then(|address| counts.addresses.get_mut(&household(address))) {
            *tries = tries.saturating_sub(1);
        }
    }
}

/// Refuses when the count is full.
fn wait<K, Q>(table: &Table<K>, key: &Q, limit: u32, now: Millis) -> Result<(), u32>
where
    K: std::borrow::Borrow<Q> + Eq + Hash,
    Q: Eq + Hash + ?Sized,
{
    match table.get(key) {
        Some(&(since, tries)) if tries >= limit && now - since < WINDOW => {
            let seconds = (since + WINDOW - now + 999) / 1_000;
            Err(u32::try_from(seconds).unwrap_or(u32::MAX))
        }
        Some(_) | None => Ok(()),
    }
}

/// One more.
fn count<K: Clone + Eq + Hash>(table: &mut Table<K>, key: K, now: Millis) {
    if table.len() >= REMEMBERED && !table.contains_key(&key) {
        table.retain(|_, (since, _)| now - *since < WINDOW);
        let oldest = table.iter().min_by_key(|(_, (since, _))| *since);
        let oldest = oldest.map(|(key, _)| key.clone());
        if let Some(oldest) = oldest.filter(|_| table.len() >= REMEMBERED) {
            table.remove(&oldest);
        }
    }
    let entry = table.entry(key).or_insert((now, 0));
    if now - entry.0 >= WINDOW {
        *entry = (now, 0);
    }
    entry.1 += 1;
}

/// IPv6 gives every household 2^64 addresses; they count as one.
pub(crate) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << 64)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_name_is_stopped_wherever_it_is_tried_from() {
        let tries = Tries::new(2);
        assert_eq!(tries.begin("asha", at("10.0.0.1"), 0), Ok(()));
        assert_eq!(tries.begin("asha", at("10.0.0.2"), 1_000), Ok(()));
        assert_eq!(tries.begin("asha", at("10.0.0.3"), 2_000), Err(898));
        assert_eq!(tries.begin("ravi", at("10.0.0.3"), 2_000), Ok(()));
        assert_eq!(tries.begin("asha", at("10.0.0.3"), WINDOW - 1), Err(1));
        assert_eq!(tries.begin("asha", at("10.0.0.3"), WINDOW), Ok(()));
    }

    #[test]
    fn the_right_password_begins_anew() {
        let tries = Tries::new(1);
        for _ in 0..100 {
            assert_eq!(tries.begin("asha", at("10.0.0.1"), 0), Ok(()));
            tries.succeeded("asha", at("10.0.0.1"));
        }
    }

    #[test]
    fn a_try_that_was_given_back_does_not_count() {
        let tries = Tries::new(1);
        assert_eq!(tries.begin("asha", at("10.0.0.1"), 0), Ok(()));
        tries.give_back("asha", at("10.0.0.1"));
        assert_eq!(tries.begin("asha", at("10.0.0.1"), 0), Ok(()));
        assert!(tries.begin("asha", at("10.0.0.1"), 0).is_err());
        tries.give_back("nobody", None);
    }

    #[test]
    fn an_address_is_stopped_whatever_names_it_tries() {
        let tries = Tries::new(2);
        for name in 0..20 {
            assert_eq!(tries.begin(&name.to_string(), at("2001:db8::1"), 0), Ok(()));
        }
        assert_eq!(
            tries.begin("x", at("2001:db8::ffff:1"), 0),
            Err(900),
            "the same household"
        );
        assert_eq!(
            tries.begin("x", at("2001:db8:0:1::1"), 0),
            Ok(()),
            "the one next door"
        );
        assert_eq!(tries.begin("x", None, 0), Ok(()));
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_newest() {
        let tries = Tries::new(1);
        for name in 0..REMEMBERED + 10 {
            let now = Millis::try_from(name).unwrap();
            assert_eq!(tries.begin(&name.to_string(), None, now), Ok(()));
        }
        let now = Millis::try_from(REMEMBERED + 10).unwrap();
        assert_eq!(tries.counts.lock().unwrap().names.len(), REMEMBERED);
        assert!(tries.begin(&(REMEMBERED + 9).to_string(), None, now).is_err());
    }
}
