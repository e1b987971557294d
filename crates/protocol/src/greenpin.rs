//! GreenPin allocations, for admins: who may call whom over which virtual number. Pins are never in them.

use serde::{Deserialize, Serialize};

use crate::{Millis, PhoneNumber};

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
    /// When it ends by itself, as the platform writes it: without a zone, the account's is meant. May be empty.
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
