//! Telling a repeated webhook from a new one.

use super::{CallNotice, Hook};
use crate::PhoneNumber;

/// What two deliveries of one event share and two events do not, as far as the payload can tell. Stable text, safe to
/// store and to index; it holds no pin and no number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DedupKey(String);

impl DedupKey {
    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A JSON array, since any separator of our own could occur in a part.
    fn of(parts: &[&str]) -> Self {
        Self(serde_json::to_string(parts).unwrap_or_default())
    }
}

impl Hook {
    /// The key under which a receiver remembers this event; the platform sends an event up to three times.
    ///
    /// A call notice is told by `CallSid`, `CallState`, `CallStatus` and `CallDetail`, by its kind, since the hung-up and
    /// the missed notice of one call are otherwise equal, and by its agent, since a call may ring at several.
    pub fn dedup_key(&self) -> DedupKey {
        let kind = self.kind().as_str();
        match self {
            Self::Popup(it) | Self::IncomingCallHungUp(it) | Self::MissedCall(it) | Self::Callback(it) => {
                notice(kind, it)
            }
            Self::GreenPinCallCompleted(it) => {
                DedupKey::of(&[kind, &it.greenpin_id, &it.call_sid, it.call_type.as_str()])
            }
            Self::GreenPinDeallocated(it) => DedupKey::of(&[kind, &it.greenpin_id]),
            Self::GreenPinVerified(it) => DedupKey::of(&[kind, &it.greenpin_id, &it.call_sid]),
            // Another attempt within the call would differ by its pin only, which must not be stored.
            Self::GreenPinVerificationFailed(it) => {
                DedupKey::of(&[kind, &it.call_sid, it.start_time.as_str()])
            }
            Self::DialWhom(it) => DedupKey::of(&[
                kind,
                &it.call_sid,
                it.call_status.as_str(),
                it.current_time.as_str(),
            ]),
            Self::Push(it) => DedupKey::of(&[
                kind,
                &it.subscriber_name,
                &it.payload_version,
                &digest(it.payload.reveal()),
            ]),
            Self::Passthru(it) => DedupKey::of(&[
                kind,
                &it.call_sid,
                it.call_type.as_str(),
                it.dial_call_status.as_str(),
                it.current_time.as_str(),
                &whom(&it.dial_whom_number),
            ]),
            Self::StatusCallback(it) => DedupKey::of(&[
                kind,
                &it.call_sid,
                it.event_type.as_str(),
                it.status.as_str(),
                it.date_updated.as_str(),
            ]),
        }
    }
}

fn notice(kind: &str, it: &CallNotice) -> DedupKey {
    DedupKey::of(&[
        kind,
        &it.call_sid,
        it.call_state.as_str(),
        it.call_status.as_str(),
        it.call_detail.as_str(),
        &it.app_user_id,
        &whom(&it.dial_whom_number),
    ])
}

/// Who is dialled, without the number.
fn whom(number: &PhoneNumber) -> String {
    match number.is_empty() {
        true => String::new(),
        false => digest(number.reveal()),
    }
}

/// FNV-1a, 64 bits: the same in every build, which the standard hasher does not promise.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
