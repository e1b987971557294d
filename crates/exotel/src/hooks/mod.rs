//! What the platform sends to the customer.

use crate::operations::Operation;

/// The operations of this module.
pub const OPERATIONS: &[Operation] = &[];
