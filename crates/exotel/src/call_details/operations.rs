//! The rows of the voice APIs in the table of operations.

use crate::operations::{Api, Operation, row};

/// The operations of the voice APIs.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    row(Api::Voice, "get_call", "GET", "/Accounts/{account_sid}/Calls/{CallSid}.json?details=true", "GetCall",
        &["call_details/v1_response.json", "call_details/v1_missed_response.json", "call_details/v1_not_found_response.json"]),
    row(Api::Voice, "get_call_v3", "GET", "/accounts/{account_sid}/calls/{call_sid}", "GetCallV3",
        &["call_details/v3_response.json"]),
    row(Api::Voice, "list_calls", "GET", "/Accounts/{account_sid}/Calls.json?Sid={CallSid,...}&details=true", "ListCalls",
        &["call_details/v1_list_response.json"]),
    row(Api::Voice, "connect_call", "POST", "/Accounts/{account_sid}/Calls/connect.json", "ConnectCall",
        &["call_details/connect_response.json"]),
];
