//! GreenPin's rows in the table of operations.

use crate::operations::{Api, Operation, row};

/// The operations of GreenPin.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    row(Api::GreenPin, "create_allocation", "POST", "/greenpin", "CreateAllocation",
        &["greenpin/create_response.json", "greenpin/create_request.json"]),
    row(Api::GreenPin, "get_allocation", "GET", "/greenpin/{greenpin_id}", "GetAllocation",
        &["greenpin/get_response.json"]),
    row(Api::GreenPin, "delete_allocation", "DELETE", "/greenpin/{greenpin_id}", "DeleteAllocation",
        &["greenpin/delete_response.json"]),
    row(Api::GreenPin, "update_allocation", "PUT", "/greenpin/{greenpin_id}", "UpdateAllocation",
        &["greenpin/update_response.json", "greenpin/update_request.json"]),
    row(Api::GreenPin, "bulk_update_allocations", "PUT", "/greenpin", "BulkUpdateAllocations",
        &["greenpin/bulk_update_response.json", "greenpin/bulk_update_request.json",
          "greenpin/bulk_update_request_with_transaction_id.json"]),
];
