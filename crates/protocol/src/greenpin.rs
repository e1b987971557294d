//! GreenPin allocations, for admins: who may call whom over which virtual number.
//!
//! Pins are kept nowhere. Whoever makes an allocation, or changes a pin, is told it once, in the answer.

use serde::{Deserialize, Serialize};

use crate::{Millis, PhoneNumber, Secret};

/// `GET /api/greenpin/allocations?limit=`: those we have heard of, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationList {
    /// The allocations.
    pub allocations: Vec<AllocationView>,
}

/// An allocation. Numbers are masked where the reader may not see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationView {
    /// The platform's id.
    pub greenpin_id: String,
    /// The id it was asked for with.
    pub transaction_id: String,
    /// `active`, or `vault` once given back.
    pub state: String,
    /// Who may call whom: `oneway` (A calls B) or `twoway`.
    pub usage: String,
    /// Party A.
    pub a: PartyView,
    /// Party B.
    pub b: PartyView,
    /// When it ends by itself, in the account's time zone (RFC 3339); as the platform wrote it where that cannot be read.
    /// May be empty.
    pub deallocation_time: String,
    /// Calls over it that are over.
    pub calls: i64,
    /// Right pins that unregistered callers gave.
    pub verified: i64,
    /// When we heard of it last.
    pub updated_at: Millis,
}

/// One party of an allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyView {
    /// The virtual numbers this party calls.
    pub vns: Vec<PhoneNumber>,
    /// The party's own numbers.
    pub numbers: Vec<PhoneNumber>,
}

/// `POST /api/greenpin/allocations`; answered with [`Allocated`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAllocation {
    /// Your own id of it, such as an order's. One in use is refused.
    pub transaction_id: String,
    /// Who may call whom.
    pub terms: AllocationTerms,
}

/// `PUT /api/greenpin/allocations/{id}`; answered with [`Allocated`]. What is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllocationTerms {
    /// Party A.
    pub a: Option<PartyTerms>,
    /// Party B.
    pub b: Option<PartyTerms>,
    /// Both ways if none.
    pub usage: Option<Usage>,
    /// A whole number and a unit, `d`, `h`, `m` or `s`; the account's default if none.
    pub duration: Option<String>,
}

/// One party as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyTerms {
    /// Virtual numbers this party calls; the other party's if empty.
    pub vns: Vec<PhoneNumber>,
    /// Its own numbers in E.164, at most 10.
    pub numbers: Vec<PhoneNumber>,
    /// Its pin, 1 to 9 digits; made by the platform if none.
    pub pin: Option<Secret>,
    /// How long a pin made by the platform is, 1 to 9; not read if there is a pin.
    pub pin_length: Option<u32>,
}

/// Who may call whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Usage {
    /// A calls B, not the reverse.
    #[serde(rename = "oneway")]
    OneWay,
    /// Both may call.
    #[serde(rename = "twoway")]
    TwoWay,
}

/// An allocation that was made or changed, with the pins that are new where the account shows them. They are shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocated {
    /// As it is now.
    pub allocation: AllocationView,
    /// Party A's pin.
    pub a_pin: Option<Secret>,
    /// Party B's pin.
    pub b_pin: Option<Secret>,
}
