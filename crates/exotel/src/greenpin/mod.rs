//! GreenPin: two parties talk over a virtual number, and a pin tells who may (seed: greenpin-api).
//!
//! [`CreateAllocation`], [`GetAllocation`], [`UpdateAllocation`], [`BulkUpdateAllocations`], [`DeleteAllocation`].
//! There is no documented list of allocations: whoever creates one keeps its id. A refusal's [`GreenPinCode`] says more than
//! its HTTP status; the answers' wrapping is [`Envelope`].
//!
//! Pins are secrets: masked in `Debug`, text always, since leading zeros count.

mod allocation;
mod bulk_update;
mod code;
mod create;
mod delete;
mod envelope;
mod get;
mod operations;
mod policy;
mod rules;
mod side;
mod update;
mod words;

pub use allocation::{AllocatedSide, Allocation};
pub use bulk_update::{BulkChange, BulkEnvelope, BulkMetadata, BulkUpdateAllocations, BulkUpdated};
pub use code::GreenPinCode;
pub use create::CreateAllocation;
pub use delete::{Deallocated, DeleteAllocation};
pub use envelope::Envelope;
pub use get::GetAllocation;
pub use operations::OPERATIONS;
pub use policy::DeallocationPolicy;
pub use side::{Pin, Side};
pub use update::{AllocationChange, UpdateAllocation, UpdatedAllocation};
pub use words::{AllocationState, Usage};

use http::Method;

use crate::config::GreenPinApi;
use crate::endpoint::Draft;
use crate::{GreenPinLogin, Invalid};

/// What every operation starts with.
fn draft(method: Method, config: &GreenPinApi, login: &GreenPinLogin) -> Result<Draft, Invalid> {
    let draft = Draft::new(method, &config.base)
        .path("/tenants")
        .segment("tenant_id", &config.tenant_id)?
        .path("/greenpin")
        .sign(login)?;
    match &config.header {
        Some((name, value)) => draft.header(name, value),
        None => Ok(draft),
    }
}
