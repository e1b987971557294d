//! What a webhook is about: told by its URL, since most payloads do not say.

use std::{fmt, str::FromStr};

use super::Fields;
use super::fields::fold;

/// The webhooks of the platform.
///
/// The popup, hung-up and missed payloads have the same keys and none names its own kind, so each needs
/// a URL of its own (seed: integrations-api, inbound call).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HookKind {
    /// An inbound call rings (app setting `popup`).
    Popup,
    /// An inbound call is over (app setting `incomingCallHangup`).
    IncomingCallHungUp,
    /// An inbound call was missed (app setting `missedCall`).
    MissedCall,
    /// An outbound call has news (app setting `callback`).
    Callback,
    /// A call over a GreenPin allocation is over.
    GreenPinCallCompleted,
    /// A GreenPin allocation was given back.
    GreenPinDeallocated,
    /// An unregistered caller gave the right pin.
    GreenPinVerified,
    /// An unregistered caller gave a wrong pin.
    GreenPinVerificationFailed,
    /// The platform asks where to connect a call, and waits for the answer.
    DialWhom,
    /// Call data to hand on to a device.
    Push,
    /// A call flow passed its Passthru applet.
    Passthru,
    /// A click-to-call ended or was answered.
    StatusCallback,
}

impl HookKind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 12] = [
        Self::Popup,
        Self::IncomingCallHungUp,
        Self::MissedCall,
        Self::Callback,
        Self::GreenPinCallCompleted,
        Self::GreenPinDeallocated,
        Self::GreenPinVerified,
        Self::GreenPinVerificationFailed,
        Self::DialWhom,
        Self::Push,
        Self::Passthru,
        Self::StatusCallback,
    ];

    /// A word for URLs, logs and the event log. It never changes once released.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Popup => "popup",
            Self::IncomingCallHungUp => "incomingcallhungup",
            Self::MissedCall => "missedcall",
            Self::Callback => "callback",
            Self::GreenPinCallCompleted => "greenpin-call-completed",
            Self::GreenPinDeallocated => "greenpin-deallocated",
            Self::GreenPinVerified => "greenpin-verified",
            Self::GreenPinVerificationFailed => "greenpin-verification-failed",
            Self::DialWhom => "dial-whom",
            Self::Push => "push",
            Self::Passthru => "passthru",
            Self::StatusCallback => "status-callback",
        }
    }
}

impl fmt::Display for HookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no [`HookKind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no webhook has this name; one of popup, incomingcallhungup, missedcall, callback, ...")
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for HookKind {
    type Err = UnknownKind;

    /// Reads [`HookKind::as_str`]'s words, the app-setting keys, the `type=` words of `inbound_call`, the
    /// GreenPin settings' names and the newer `event` words, in any case, with or without `-` and `_`.
    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        let word = fold(word);
        if let Some(kind) = Self::ALL.into_iter().find(|kind| fold(kind.as_str()) == word) {
            return Ok(kind);
        }
        match word.as_str() {
            "incomingcall" => Ok(Self::Popup),
            "incomingcallhangup" => Ok(Self::IncomingCallHungUp),
            "greenpincallcompleteeventendpoint" | "greencallcompleteeventendpoint" => {
                Ok(Self::GreenPinCallCompleted)
            }
            "deallocationcallbackeventendpoint" => Ok(Self::GreenPinDeallocated),
            "verifiedcallereventendpoint" => Ok(Self::GreenPinVerified),
            "failedverificationeventendpoint" => Ok(Self::GreenPinVerificationFailed),
            _ => Err(UnknownKind),
        }
    }
}

/// The kind by the URL first (a path segment, from the end, or a `type` or `kind` of the query), by keys second.
///
/// Keys cannot tell a missed call from a hung-up one: `CallStatus` `free` is taken for hung up, the rest for a popup.
/// Nor a Passthru before any dialling from dial-whom: it is taken for dial-whom.
pub fn guess_kind(url: &str, fields: &Fields) -> Option<HookKind> {
    by_url(url).or_else(|| by_keys(fields))
}

fn by_url(url: &str) -> Option<HookKind> {
    let url = url.split('#').next().unwrap_or(url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let named = query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        matches!(name, "type" | "kind").then(|| value.parse().ok())?
    });
    path.rsplit('/')
        .take(8)
        .filter_map(|segment| segment.parse().ok())
        .chain(named)
        .next()
}

fn by_keys(fields: &Fields) -> Option<HookKind> {
    let has = |name| fields.has(name);
    if let Some(kind) = fields.peek_text("event").and_then(|word| word.parse().ok()) {
        return Some(kind);
    }
    if has("subscriberName") && has("payload") {
        return Some(HookKind::Push);
    }
    if has("aparty_numbers") || has("bparty_numbers") {
        return Some(HookKind::GreenPinDeallocated);
    }
    if has("caller") {
        return Some(match has("greenpin_id") {
            true => HookKind::GreenPinVerified,
            false => HookKind::GreenPinVerificationFailed,
        });
    }
    if has("greenpin_id") {
        return Some(HookKind::GreenPinCallCompleted);
    }
    if has("FromNumber") || has("ToNumber") || has("CallState") {
        let is = |name, word: &str| {
            fields
                .peek_text(name)
                .is_some_and(|text| text.eq_ignore_ascii_case(word))
        };
        return Some(if is("Direction", "outbound") {
            HookKind::Callback
        } else if is("CallStatus", "free") {
            HookKind::IncomingCallHungUp
        } else {
            HookKind::Popup
        });
    }
    if has("CallFrom") {
        // Both applets send these keys; only a flow that has dialled knows how dialling went.
        return Some(
            match has("DialCallStatus") || has("digits") || has("RecordingUrl") {
                true => HookKind::Passthru,
                false => HookKind::DialWhom,
            },
        );
    }
    (has("CallSid") && (has("Status") || has("EventType"))).then_some(HookKind::StatusCallback)
}
