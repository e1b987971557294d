//! The voice APIs beside the seeds: how a call went (versions 1 and 3), and a call between two numbers.

mod connect;
mod list;
mod operations;
mod v1;
mod v3;
mod words;

pub use crate::call_words::{CallState, CallStatus};
pub use connect::{ConnectCall, RecordingChannels};
pub use list::{CallPage, ListCalls};
pub use operations::OPERATIONS;
pub use v1::{Call, Details, GetCall};
pub use v3::{CallV3, GetCallV3};
pub use words::CallOutcome;

use crate::Invalid;

fn check_sid(sid: &str) -> Result<(), Invalid> {
    if (1..=64).contains(&sid.len()) && sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(Invalid::new(
        "CallSid",
        "A call's id is 1 to 64 letters and digits.",
    ))
}
