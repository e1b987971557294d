//! Telling a repeated webhook from a new one.

use super::{CallNotice, Hook};

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
    /// A call notice is told by `CallSid`, `CallState`, `CallStatus` and `CallDetail`, and by its kind: the hung-up and
    /// the missed notice of one call are otherwise equal.
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
            Self::Push(it) => {
                let digest = fnv1a(it.payload.reveal().as_bytes());
                DedupKey::of(&[
                    kind,
                    &it.subscriber_name,
                    &it.payload_version,
                    &format!("{digest:016x}"),
                ])
            }
            Self::Passthru(it) => DedupKey::of(&[
                kind,
                &it.call_sid,
                it.call_type.as_str(),
                it.dial_call_status.as_str(),
                it.current_time.as_str(),
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
    ])
}

/// FNV-1a, 64 bits: the same in every build, which the standard hasher does not promise.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
