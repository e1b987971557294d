//! An allocation as the platform describes it.

use serde::{Deserialize, Serialize};

use super::{AllocationState, Usage};
use crate::lenient::{self, More};
use crate::secret::{self, reveal_option};
use crate::{PhoneNumber, Secret, Timestamp};

/// Two parties, the virtual numbers between them and their pins (seed: greenpin-api, response of create).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Allocation {
    /// The id it was asked for with.
    #[serde(deserialize_with = "lenient::text")]
    pub transaction_id: String,
    /// Its own id, by which it is read, updated and deleted. There is no documented list: keep it.
    #[serde(deserialize_with = "lenient::text")]
    pub greenpin_id: String,
    /// Party A, by convention the business.
    pub a: AllocatedSide,
    /// Party B, by convention the customer.
    pub b: AllocatedSide,
    /// Who may call whom.
    pub usage: Usage,
    /// `active`, or `vault` once given back.
    pub state: AllocationState,
    /// When it ends by itself, without a zone: see [`Self::deallocation_ms`].
    pub deallocation_time: Timestamp,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Allocation {
    /// When it ends by itself, in milliseconds since 1970, where the account's zone is `zone` minutes east of UTC
    /// ([`IST`](crate::IST) unless the account's settings say `UTC`).
    pub fn deallocation_ms(&self, zone: i16) -> Option<i64> {
        self.deallocation_time.unix_ms_in(zone)
    }
}

/// One party of an allocation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllocatedSide {
    /// Virtual numbers, with country code whatever the request had.
    #[serde(deserialize_with = "lenient::list")]
    pub vns: Vec<PhoneNumber>,
    /// The party's numbers, with country code; compare with [`PhoneNumber::same_as`].
    #[serde(deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<PhoneNumber>,
    /// The pin, if the account shows pins of this party.
    #[serde(
        deserialize_with = "secret::option",
        serialize_with = "reveal_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub pin: Option<Secret>,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}
