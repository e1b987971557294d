//! Any webhook.

use serde::Serialize;
use serde_json::Value;

use super::payload::Payload;
use super::{
    CallNotice, DialWhom, Fields, GreenPinCall, GreenPinDeallocated, GreenPinVerificationFailed,
    GreenPinVerified, HookError, HookKind, Passthru, PushNotification, StatusCallback, brackets,
};

/// A webhook that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Hook {
    /// An inbound call rings.
    Popup(CallNotice),
    /// An inbound call is over.
    IncomingCallHungUp(CallNotice),
    /// An inbound call was missed.
    MissedCall(CallNotice),
    /// An outbound call has news.
    Callback(CallNotice),
    /// A call over an allocation is over.
    GreenPinCallCompleted(GreenPinCall),
    /// An allocation was given back.
    GreenPinDeallocated(GreenPinDeallocated),
    /// A caller gave the right pin.
    GreenPinVerified(GreenPinVerified),
    /// A caller gave a wrong pin.
    GreenPinVerificationFailed(GreenPinVerificationFailed),
    /// The platform asks whom to connect.
    DialWhom(DialWhom),
    /// Call data for a device.
    Push(PushNotification),
    /// A call flow passed its Passthru applet.
    Passthru(Passthru),
    /// A click-to-call has news.
    StatusCallback(StatusCallback),
}

impl Hook {
    /// Reads `fields` as a webhook of `kind`.
    ///
    /// # Errors
    /// [`HookError::Missing`] if they do not say what it is about.
    pub fn read(kind: HookKind, fields: Fields) -> Result<Self, HookError> {
        Ok(match kind {
            HookKind::Popup => Self::Popup(Payload::read(kind, fields)?),
            HookKind::IncomingCallHungUp => Self::IncomingCallHungUp(Payload::read(kind, fields)?),
            HookKind::MissedCall => Self::MissedCall(Payload::read(kind, fields)?),
            HookKind::Callback => Self::Callback(Payload::read(kind, fields)?),
            HookKind::GreenPinCallCompleted => Self::GreenPinCallCompleted(Payload::read(kind, fields)?),
            HookKind::GreenPinDeallocated => Self::GreenPinDeallocated(Payload::read(kind, fields)?),
            HookKind::GreenPinVerified => Self::GreenPinVerified(Payload::read(kind, fields)?),
            HookKind::GreenPinVerificationFailed => {
                Self::GreenPinVerificationFailed(Payload::read(kind, fields)?)
            }
            HookKind::DialWhom => Self::DialWhom(Payload::read(kind, fields)?),
            HookKind::Push => Self::Push(Payload::read(kind, fields)?),
            HookKind::Passthru => Self::Passthru(Payload::read(kind, fields)?),
            HookKind::StatusCallback => Self::StatusCallback(Payload::read(kind, fields)?),
        })
    }

    /// Which webhook it is.
    pub fn kind(&self) -> HookKind {
        match self {
            Self::Popup(_) => HookKind::Popup,
            Self::IncomingCallHungUp(_) => HookKind::IncomingCallHungUp,
            Self::MissedCall(_) => HookKind::MissedCall,
            Self::Callback(_) => HookKind::Callback,
            Self::GreenPinCallCompleted(_) => HookKind::GreenPinCallCompleted,
            Self::GreenPinDeallocated(_) => HookKind::GreenPinDeallocated,
            Self::GreenPinVerified(_) => HookKind::GreenPinVerified,
            Self::GreenPinVerificationFailed(_) => HookKind::GreenPinVerificationFailed,
            Self::DialWhom(_) => HookKind::DialWhom,
            Self::Push(_) => HookKind::Push,
            Self::Passthru(_) => HookKind::Passthru,
            Self::StatusCallback(_) => HookKind::StatusCallback,
        }
    }

    /// The call it speaks of; a deallocation and a push notification speak of none.
    pub fn call_sid(&self) -> Option<&str> {
        match self {
            Self::Popup(it) | Self::IncomingCallHungUp(it) | Self::MissedCall(it) | Self::Callback(it) => {
                Some(&it.call_sid)
            }
            Self::GreenPinCallCompleted(it) => Some(&it.call_sid),
            Self::GreenPinVerified(it) => Some(&it.call_sid).filter(|sid| !sid.is_empty()),
            Self::GreenPinVerificationFailed(it) => Some(&it.call_sid),
            Self::DialWhom(it) => Some(&it.call_sid),
            Self::Passthru(it) => Some(&it.call_sid),
            Self::StatusCallback(it) => Some(&it.call_sid),
            Self::GreenPinDeallocated(_) | Self::Push(_) => None,
        }
        .map(String::as_str)
    }

    /// The body the platform would post as JSON, secrets included; unknown fields go back to where they were.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Popup(it) | Self::IncomingCallHungUp(it) | Self::MissedCall(it) | Self::Callback(it) => {
                json(it)
            }
            Self::GreenPinCallCompleted(it) => json(it),
            Self::GreenPinDeallocated(it) => json(it),
            Self::GreenPinVerified(it) => json(it),
            Self::GreenPinVerificationFailed(it) => json(it),
            Self::DialWhom(it) => json(it),
            Self::Push(it) => json(it),
            Self::Passthru(it) => json(it),
            Self::StatusCallback(it) => json(it),
        }
    }

    /// The same as a form's body or as a query, nesting in brackets: `Legs[0][Status]`.
    pub fn to_form(&self) -> String {
        let mut pairs = Vec::new();
        if let Value::Object(object) = self.to_json() {
            for (name, value) in &object {
                brackets::flatten(name, value, &mut pairs);
            }
        }
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    }
}

/// Only a map with keys that are no text would fail, and no payload has one.
fn json(payload: &impl Serialize) -> Value {
    serde_json::to_value(payload).unwrap_or_default()
}
