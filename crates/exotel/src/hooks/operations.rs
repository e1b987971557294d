//! The rows of the webhooks in the table of operations.

use crate::operations::{Api, Operation};

const fn row(
    name: &'static str,
    method: &'static str,
    path: &'static str,
    type_name: &'static str,
    fixtures: &'static [&'static str],
) -> Operation {
    Operation {
        api: Api::Hooks,
        name,
        method,
        path,
        type_name,
        fixtures,
    }
}

/// The webhooks; a path is [`HookKind::as_str`](super::HookKind::as_str)'s word.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    row("popup", "POST", "popup", "CallNotice", &["hooks/popup.json"]),
    row("incoming_call_hung_up", "POST", "incomingcallhungup", "CallNotice", &["hooks/incomingcallhungup.json"]),
    row("missed_call", "POST", "missedcall", "CallNotice", &["hooks/missedcall.json"]),
    row("callback", "POST", "callback", "CallNotice",
        &["hooks/callback.json", "hooks/callback_answered.json", "hooks/callback_terminal.json"]),
    row("greenpin_call_completed", "POST", "greenpin-call-completed", "GreenPinCall",
        &["hooks/greenpin_call_completed.json"]),
    row("greenpin_deallocated", "POST", "greenpin-deallocated", "GreenPinDeallocated",
        &["hooks/greenpin_deallocated.json"]),
    row("greenpin_verified", "POST", "greenpin-verified", "GreenPinVerified", &["hooks/greenpin_verified.json"]),
    row("greenpin_verification_failed", "POST", "greenpin-verification-failed", "GreenPinVerificationFailed",
        &["hooks/greenpin_verification_failed.json"]),
    row("dial_whom", "GET", "dial-whom", "DialWhom",
        &["hooks/dial_whom.query", "hooks/dial_whom_answer.json", "hooks/dial_whom_answer.txt"]),
    row("push", "POST", "push", "PushNotification", &["hooks/push.json"]),
    row("passthru", "GET", "passthru", "Passthru", &["hooks/passthru_answered.query", "hooks/passthru_rejected.query"]),
    row("status_callback", "POST", "status-callback", "StatusCallback",
        &["hooks/status_callback.form", "hooks/status_callback_terminal.form"]),
];
