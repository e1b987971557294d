//! GreenPin beyond one allocation: many changes at once, pins on request, the vendor's error codes.

use serde::{Deserialize, Serialize};

use crate::Secret;
use crate::greenpin::{AllocationTerms, AllocationView};
use crate::problem::Problem;

/// `PUT /api/greenpin/allocations`: changes several; what can be changed is, even if another item is refused. At most 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationChanges {
    /// One for each allocation; an id occurs once.
    pub changes: Vec<AllocationChange>,
}

/// One allocation's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationChange {
    /// The allocation.
    pub greenpin_id: String,
    /// What to change; what is left out stays as it is.
    pub terms: AllocationTerms,
}

/// The answer, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationsChanged {
    /// One for each change.
    pub items: Vec<AllocationChanged>,
}

/// What became of one change. Pins are not in it: ask for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationChanged {
    /// The allocation that was to change.
    pub greenpin_id: String,
    /// How it went.
    pub outcome: ItemOutcome,
}

/// How one item went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemOutcome {
    /// It is changed, and looks like this now.
    Changed(Box<AllocationView>),
    /// It is not, and this is why.
    Refused(Box<Problem>),
}

/// `POST /api/greenpin/allocations/{id}/reveal`: one party's pin, asked of the vendor. Each is recorded, with who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealPin {
    /// Whose.
    pub party: Party,
}

/// A party of an allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// By convention the business.
    A,
    /// By convention the customer.
    B,
}

/// The answer. Hide it again soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealedPin {
    /// None where the account does not show pins of this party.
    pub pin: Option<Secret>,
}

/// `GET /api/admin/greenpin/codes`: what the vendor's error codes mean, for people. A refusal of a GreenPin route has
/// the sentence of its code already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GreenPinCodes {
    /// All that are documented.
    pub codes: Vec<GreenPinCode>,
}

/// One of the vendor's error codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GreenPinCode {
    /// The vendor's number. 0 is an error like any other.
    pub number: i64,
    /// What happened and what to do, one or two sentences.
    pub message: String,
    /// The vendor's own definition.
    pub vendor: String,
}
