//! The voice APIs beside the three: how a call went, and a call between two numbers.

mod connect;
mod get;
mod list;

use super::operation::{Api, Class, Operation, row};

/// Every row.
#[rustfmt::skip]
pub(crate) const OPERATIONS: &[Operation] = &[
    row(Api::VoiceV1, "connect_call", "POST", "/v1/Accounts/{sid}/Calls/connect.json", Class::Voice, connect::connect),
    row(Api::VoiceV1, "connect_call", "POST", "/v1/Accounts/{sid}/Calls/connect", Class::Voice, connect::connect),
    row(Api::VoiceV1, "get_call", "GET", "/v1/Accounts/{sid}/Calls/{call_sid}", Class::Read, get::v1),
    row(Api::VoiceV1, "list_calls", "GET", "/v1/Accounts/{sid}/Calls.json", Class::Read, list::v1),
    row(Api::VoiceV3, "get_call_v3", "GET", "/v3/accounts/{sid}/calls/{call_sid}", Class::Read, get::v3),
];
