//! A webhook as it is kept.
//!
//! Nothing is lost that anybody may need again: numbers, words and times stay, unknown fields too. Hidden are the texts
//! that open something or are nobody's business: pins, digits keyed in, the payload of a push notification, where a
//! recording is, and the CRM's own text. Whether there was one can still be seen.

use exotel::hooks::{Hook, HookError, HookKind};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::store::NewDelivery;

/// What stands for a hidden text. Its length says nothing.
const HIDDEN: &str = "••••";

/// A webhook that was read.
pub(super) fn of_hook(hook: &Hook) -> NewDelivery {
    NewDelivery {
        kind: hook.kind(),
        key: hook.dedup_key().as_str().to_owned(),
        call_sid: hook.call_sid().map(str::to_owned),
        body: hidden(hook.to_json()),
        unread: None,
    }
}

/// A webhook that could not be read: its text, for people. Where it may hold a pin, no digit of it is kept; of a push
/// notification, nothing.
pub(super) fn unread(kind: HookKind, query: &str, body: &[u8], error: &HookError) -> NewDelivery {
    let text = match body.is_empty() {
        true => query.to_owned(),
        false => String::from_utf8_lossy(body).into_owned(),
    };
    let text = match kind {
        HookKind::Push => HIDDEN.to_owned(),
        HookKind::GreenPinCallCompleted
        | HookKind::GreenPinDeallocated
        | HookKind::GreenPinVerified
        | HookKind::GreenPinVerificationFailed
        | HookKind::Passthru => text.replace(|c: char| c.is_ascii_digit(), "•"),
        HookKind::Popup
        | HookKind::IncomingCallHungUp
        | HookKind::MissedCall
        | HookKind::Callback
        | HookKind::DialWhom
        | HookKind::StatusCallback => text,
    };
    let digest = Sha256::new()
        .chain_update(query)
        .chain_update([0])
        .chain_update(body)
        .finalize();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    NewDelivery {
        kind,
        key: format!("unread:{kind}:{digest}"),
        call_sid: None,
        body: Value::String(text),
        unread: Some(error.to_string()),
    }
}

/// `body` without what is hidden, at any depth.
pub fn hidden(body: Value) -> Value {
    match body {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| match is_hidden(&name) {
                    true => (name, hide(value)),
                    false => (name, hidden(value)),
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(hidden).collect()),
        other => other,
    }
}

/// Whether a field of this name is hidden, however it is spelt.
fn is_hidden(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let pin = name
        .strip_suffix("pins")
        .or_else(|| name.strip_suffix("pin"))
        .is_some_and(|rest| !rest.ends_with("green"));
    pin || matches!(
        name.as_str(),
        "digits" | "payload" | "recordingurl" | "callrecordings" | "customfield"
    )
}

/// Each text in `value` becomes the same; what is empty stays so.
fn hide(value: Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::String(text) if text.is_empty() => Value::String(text),
        Value::Array(items) => Value::Array(items.into_iter().map(hide).collect()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Value::String(HIDDEN.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pins_and_their_like_are_hidden_wherever_they_are() {
        let body = json!({
            "pin": "1234", "aparty_pins": ["713", ""], "Pin": 42, "greenpin_id": "6447", "a": {"pin": "1"},
            "digits": "4", "payload": "secret", "RecordingUrl": "https://r", "CallRecordings": "",
            "CustomField": "order:42", "mapping": "kept", "FromNumber": "0878",
        });
        let kept = json!({
            "pin": "••••", "aparty_pins": ["••••", ""], "Pin": "••••", "greenpin_id": "6447", "a": {"pin": "••••"},
            "digits": "••••", "payload": "••••", "RecordingUrl": "••••", "CallRecordings": "",
            "CustomField": "••••", "mapping": "kept", "FromNumber": "0878",
        });
        assert_eq!(hidden(body), kept);
    }

    #[test]
    fn an_unread_webhook_keeps_no_pin() {
        let of = |kind| unread(kind, "", b"pin=1234", &HookError::Empty).body;
        assert_eq!(of(HookKind::GreenPinVerified), json!("pin=••••"));
        assert_eq!(of(HookKind::Popup), json!("pin=1234"));
        assert_eq!(of(HookKind::Push), json!(HIDDEN));
    }
}
