//! How a call went, from the voice APIs.

use crate::operations::Operation;

/// The operations of this module.
pub const OPERATIONS: &[Operation] = &[];
