//! The rows of the webhooks in the table of operations.

use crate::operations::{Api, Operation, row};

/// The webhooks; a path is [`HookKind::as_str`](super::HookKind::as_str)'s word.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    row(Api::Hooks, "popup", "POST", "popup", "CallNotice", &["hooks/popup.json"]),
    row(Api::Hooks, "incoming_call_hung_up", "POST", "incomingcallhungup", "CallNotice",
        &["hooks/incomingcallhungup.json"]),
    row(Api::Hooks, "missed_call", "POST", "missedcall", "CallNotice", &["hooks/missedcall.json"]),
    row(Api::Hooks, "callback", "POST", "callback", "CallNotice",
        &["hooks/callback.json", "hooks/callback_answered.json", "hooks/callback_terminal.json"]),
    row(Api::Hooks, "greenpin_call_completed", "POST", "greenpin-call-completed", "GreenPinCall",
        &["hooks/greenpin_call_completed.json"]),
    row(Api::Hooks, "greenpin_deallocated", "POST", "greenpin-deallocated", "GreenPinDeallocated",
        &["hooks/greenpin_deallocated.json"]),
    row(Api::Hooks, "greenpin_verified", "POST", "greenpin-verified", "GreenPinVerified",
        &["hooks/greenpin_verified.json"]),
    row(Api::Hooks, "greenpin_verification_failed", "POST", "greenpin-verification-failed",
        "GreenPinVerificationFailed",
        &["hooks/greenpin_verification_failed.json"]),
    row(Api::Hooks, "dial_whom", "GET", "dial-whom", "DialWhom",
        &["hooks/dial_whom.query", "hooks/dial_whom_answer.json", "hooks/dial_whom_answer.txt"]),
    row(Api::Hooks, "push", "POST", "push", "PushNotification", &["hooks/push.json"]),
    row(Api::Hooks, "passthru", "GET", "passthru", "Passthru",
        &["hooks/passthru_answered.query", "hooks/passthru_rejected.query"]),
    row(Api::Hooks, "status_callback", "POST", "status-callback", "StatusCallback",
        &["hooks/status_callback.form", "hooks/status_callback_terminal.form"]),
];
