//! Tokens of subscribers' phones: 30 minutes of access each, one per subscriber and device.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use exotel::subscribers::{CreateToken, SubscriberToken};

use super::slot::{Issued, Slot};
use super::{Vendor, VendorError};
use crate::clock;

/// Beyond so many, those that have ended are let go.
const MANY: usize = 1000;

/// A subscriber and one of their devices.
type Place = (String, String);

/// All that are kept, in memory only.
#[derive(Default)]
pub(super) struct SubscriberTokens {
    slots: Mutex<HashMap<Place, Arc<Slot<SubscriberToken>>>>,
}

impl SubscriberTokens {
    /// The token of this device; made if there is none or it ages.
    pub(super) async fn get(
        &self,
        vendor: &Vendor,
        who: &str,
        subscriber: &str,
        device: &str,
    ) -> Result<SubscriberToken, VendorError> {
        let ask = CreateToken {
            subscriber_name: subscriber.to_owned(),
            device_id: device.to_owned(),
        };
        let make = || async move {
            let at = clock::now();
            let token = vendor.call(who, &ask).await?.token;
            let ends = token.access_ends(at / 1000).saturating_mul(1000);
            Ok(Issued { token, at, ends })
        };
        self.slot(subscriber, device).get(make).await
    }

    fn slot(&self, subscriber: &str, device: &str) -> Arc<Slot<SubscriberToken>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() > MANY {
            // One that somebody waits for stays, so that they do not ask twice.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1 || !slot.is_empty());
        }
        let place = (subscriber.to_owned(), device.to_owned());
        Arc::clone(slots.entry(place).or_default())
    }
}
