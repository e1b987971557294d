//! GreenPin's news of an allocation that was given back.

use serde::{Deserialize, Serialize};

use super::payload::{self, Payload};
use crate::greenpin::{AllocationState, Usage};
use crate::lenient::{self, More};
use crate::{PhoneNumber, Secret};

/// `POST greenpin-deallocated`
///
/// Seed: greenpin-api, Deallocation Callback Event. Sent when the policy's time is up, and after a delete.
/// The allocation is gone whatever [`state`](Self::state) says: the sample itself shows `active`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GreenPinDeallocated {
    /// The id the allocation was asked for with.
    #[serde(deserialize_with = "lenient::text")]
    pub transaction_id: String,
    /// Numbers of side A.
    #[serde(deserialize_with = "payload::numbers")]
    pub aparty_numbers: Vec<PhoneNumber>,
    /// Numbers of side B.
    #[serde(deserialize_with = "payload::numbers")]
    pub bparty_numbers: Vec<PhoneNumber>,
    /// Virtual numbers of side A.
    #[serde(deserialize_with = "payload::numbers")]
    pub aparty_vns: Vec<PhoneNumber>,
    /// Virtual numbers of side B.
    #[serde(deserialize_with = "payload::numbers")]
    pub bparty_vns: Vec<PhoneNumber>,
    /// Pins of side A.
    #[serde(serialize_with = "payload::reveal_all", deserialize_with = "payload::items")]
    pub aparty_pins: Vec<Secret>,
    /// Pins of side B.
    #[serde(serialize_with = "payload::reveal_all", deserialize_with = "payload::items")]
    pub bparty_pins: Vec<Secret>,
    /// Who could call whom.
    pub usage: Usage,
    /// The allocation.
    #[serde(deserialize_with = "lenient::text")]
    pub greenpin_id: String,
    /// `vault` by the table, `active` in the sample.
    pub state: AllocationState,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for GreenPinDeallocated {
    const NAMES: &'static [&'static str] = &[
        "transaction_id",
        "aparty_numbers",
        "bparty_numbers",
        "aparty_vns",
        "bparty_vns",
        "aparty_pins",
        "bparty_pins",
        "usage",
        "greenpin_id",
        "state",
    ];
    const ALIASES: &'static [(&'static str, &'static str)] = &[("transation_id", "transaction_id")];
    const KEY: &'static str = "greenpin_id";
}
