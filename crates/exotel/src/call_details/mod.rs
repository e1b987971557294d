//! The voice APIs beside the seeds: how a call went (versions 1 and 3), and a call between two numbers.

mod connect;
mod v1;
mod v3;
mod words;

pub use connect::ConnectCall;
pub use v1::{Call, Details, GetCall};
pub use v3::{CallV3, GetCallV3};
pub use words::{CallOutcome, CallState, CallStatus};

use crate::Invalid;
use crate::operations::{Api, Operation};

fn check_sid(sid: &str) -> Result<(), Invalid> {
    if (1..=64).contains(&sid.len()) && sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(Invalid::new(
        "CallSid",
        "A call's id is 1 to 64 letters and digits.",
    ))
}

const fn row(
    name: &'static str,
    method: &'static str,
    path: &'static str,
    type_name: &'static str,
    fixtures: &'static [&'static str],
) -> Operation {
    Operation {
        api: Api::Voice,
        name,
        method,
        path,
        type_name,
        fixtures,
    }
}

/// The operations of this module.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    row("get_call", "GET", "/Accounts/{account_sid}/Calls/{CallSid}.json?details=true", "GetCall",
        &["call_details/v1.json", "call_details/v1_missed.json", "call_details/v1_not_found.json"]),
    row("get_call_v3", "GET", "/accounts/{account_sid}/calls/{call_sid}", "GetCallV3",
        &["call_details/v3.json"]),
    row("connect_call", "POST", "/Accounts/{account_sid}/Calls/connect.json", "ConnectCall",
        &["call_details/connect.json"]),
];
