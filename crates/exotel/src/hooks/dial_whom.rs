//! The platform's question whom to connect a call to.

use serde::{Deserialize, Serialize};

use super::payload::{self, Payload};
use super::words::{CallType, Direction};
use crate::call_words::CallStatus;
use crate::lenient::{self, More};
use crate::{PhoneNumber, Secret, Timestamp, secret};

/// `GET dial-whom`
///
/// Seed: voice-client-sdk-guide §5.1.1. The caller hears nothing until the answer comes, a
/// [`DialWhomAnswer`](super::DialWhomAnswer); be quick.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DialWhom {
    /// The call's id.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// The caller: `sip:` and a subscriber's name, or a number.
    #[serde(deserialize_with = "payload::number")]
    pub call_from: PhoneNumber,
    /// The called ExoPhone.
    #[serde(deserialize_with = "payload::number")]
    pub call_to: PhoneNumber,
    /// The app's `message`, a [`CustomField`](super::CustomField); empty if the app gave none.
    #[serde(serialize_with = "secret::reveal", skip_serializing_if = "Secret::is_empty")]
    pub custom_field: Secret,
    /// The state of the caller's leg.
    pub call_status: CallStatus,
    /// Who called whom.
    pub direction: Direction,
    /// When the call came in, like `Sat, 23 Nov 2019 22:00:37`, without a zone.
    pub created: Timestamp,
    /// Seconds; 0 at this point.
    #[serde(deserialize_with = "payload::seconds")]
    pub dial_call_duration: Option<u32>,
    /// When the call began, in the account's zone.
    pub start_time: Timestamp,
    /// A placeholder of 1970, so unset.
    pub end_time: Timestamp,
    /// How far the call came.
    pub call_type: CallType,
    /// Whom the flow dialled before; empty at first.
    #[serde(deserialize_with = "payload::number")]
    pub dial_whom_number: PhoneNumber,
    /// The call flow.
    #[serde(rename = "flow_id", deserialize_with = "lenient::text")]
    pub flow_id: String,
    /// The account, by a number.
    #[serde(rename = "tenant_id", deserialize_with = "lenient::text")]
    pub tenant_id: String,
    /// The same as `CallFrom`.
    #[serde(deserialize_with = "payload::number")]
    pub from: PhoneNumber,
    /// The same as `CallTo`.
    #[serde(deserialize_with = "payload::number")]
    pub to: PhoneNumber,
    /// When the question was asked.
    pub current_time: Timestamp,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for DialWhom {
    const NAMES: &'static [&'static str] = &[
        "CallSid",
        "CallFrom",
        "CallTo",
        "CustomField",
        "CallStatus",
        "Direction",
        "Created",
        "DialCallDuration",
        "StartTime",
        "EndTime",
        "CallType",
        "DialWhomNumber",
        "flow_id",
        "tenant_id",
        "From",
        "To",
        "CurrentTime",
    ];
    const KEY: &'static str = "CallSid";
}
