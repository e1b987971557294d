//! How many may be connected at once: in all, and from one address. Without it one stranger could take every file
//! descriptor.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::household;
use crate::config::ConnectionsConfig;

/// Counts who is inside. Cheap to clone.
#[derive(Clone)]
pub(in crate::ops) struct Room(Arc<Walls>);

struct Walls {
    limits: ConnectionsConfig,
    /// Everybody comes through them.
    exempt: Vec<IpAddr>,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    all: u32,
    by_address: HashMap<IpAddr, u32>,
}

/// One connection's place, until it is dropped.
pub(super) struct Place {
    room: Room,
    /// Whom it counts for; nobody if exempt.
    address: Option<IpAddr>,
}

impl Room {
    /// An empty one.
    pub(in crate::ops) fn new(limits: &ConnectionsConfig, exempt: &[IpAddr]) -> Self {
        Self(Arc::new(Walls {
            limits: limits.clone(),
            exempt: exempt.to_vec(),
            inside: Mutex::default(),
        }))
    }

    /// A place for a peer, if there is one.
    pub(super) fn enter(&self, peer: IpAddr) -> Option<Place> {
        let Walls {
            limits,
            exempt,
            inside,
        } = self.0.as_ref();
        let peer = peer.to_canonical();
        let address = Some(peer).filter(|peer| !exempt.contains(peer)).map(household);
        let mut inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.all >= limits.most {
            return None;
        }
        if let Some(address) = address {
            let count = inside.by_address.entry(address).or_default();
            if *count >= limits.per_address {
                return None;
            }
            *count += 1;
        }
        inside.all += 1;
        let room = self.clone();
        Some(Place { room, address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.room.0.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.all = inside.all.saturating_sub(1);
        let Some(address) = self.address else { return };
        if let Some(count) = inside.by_address.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                inside.by_address.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_too_many_waits_and_others_come_in() {
        let limits = ConnectionsConfig {
            most: 5,
            per_address: 2,
        };
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        let room = Room::new(&limits, &[at("10.0.0.1")]);
        let mut inside = vec![room.enter(at("2001:db8::1")), room.enter(at("2001:db8::2"))];
        assert!(inside.iter().all(Option::is_some));
        assert!(room.enter(at("2001:db8::3")).is_none(), "one household");
        inside.extend([1, 2, 3].map(|_| room.enter(at("::ffff:10.0.0.1"))));
        assert!(inside.iter().all(Option::is_some), "a proxy brings many");
        assert!(room.enter(at("10.0.0.2")).is_none(), "it is full");
        inside.clear();
        assert!(room.enter(at("2001:db8::3")).is_some());
        assert!(room.0.inside.lock().unwrap().by_address.is_empty());
    }
}
