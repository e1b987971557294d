//! A call flow that tells how far a call came.

use serde::{Deserialize, Serialize};

use super::payload::{self, Payload};
use super::status_callback::Leg;
use super::words::{CallType, Direction};
use crate::call_words::CallStatus;
use crate::lenient::{self, More};
use crate::{PhoneNumber, Secret, Timestamp, secret};

/// `GET passthru`
///
/// Not in the seeds: the public page of the Passthru applet. Which fields come depends on where in the flow the
/// applet stands. A synchronous one takes status 200 for one branch and 302 for the other.
///
/// After a Connect applet this is the true outcome of an inbound call: `completed`, `no-answer`, or `busy` when the
/// agent rejected it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Passthru {
    /// The call's id.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// The caller.
    #[serde(deserialize_with = "payload::number")]
    pub call_from: PhoneNumber,
    /// The called ExoPhone.
    #[serde(deserialize_with = "payload::number")]
    pub call_to: PhoneNumber,
    /// Who called whom.
    pub direction: Direction,
    /// When the call came in, like `Mon, 28 Sep 2026 14:31:02`, without a zone.
    pub created: Timestamp,
    /// Seconds of the dialled leg, ringing included.
    #[serde(deserialize_with = "payload::seconds")]
    pub dial_call_duration: Option<u32>,
    /// When the call began, in the account's zone.
    pub start_time: Timestamp,
    /// A placeholder of 1970, so unset.
    pub end_time: Timestamp,
    /// When this was sent.
    pub current_time: Timestamp,
    /// How far the call came.
    pub call_type: CallType,
    /// Whom the flow dialled.
    #[serde(deserialize_with = "payload::number")]
    pub dial_whom_number: PhoneNumber,
    /// The same as `CallFrom`.
    #[serde(deserialize_with = "payload::number")]
    pub from: PhoneNumber,
    /// The same as `CallTo`.
    #[serde(deserialize_with = "payload::number")]
    pub to: PhoneNumber,
    /// How the dialled leg went.
    pub dial_call_status: CallStatus,
    /// The dialled legs.
    #[serde(deserialize_with = "payload::items", skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<Leg>,
    /// The recording's URL, if there is one.
    #[serde(serialize_with = "secret::reveal", skip_serializing_if = "Secret::is_empty")]
    pub recording_url: Secret,
    /// What the caller keyed in, without the double quotes it arrives in.
    #[serde(
        rename = "digits",
        deserialize_with = "payload::digits",
        serialize_with = "secret::reveal",
        skip_serializing_if = "Secret::is_empty"
    )]
    pub digits: Secret,
    /// The text given when the call was placed.
    #[serde(serialize_with = "secret::reveal", skip_serializing_if = "Secret::is_empty")]
    pub custom_field: Secret,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for Passthru {
    const NAMES: &'static [&'static str] = &[
        "CallSid",
        "CallFrom",
        "CallTo",
        "Direction",
        "Created",
        "DialCallDuration",
        "StartTime",
        "EndTime",
        "CurrentTime",
        "CallType",
        "DialWhomNumber",
        "From",
        "To",
        "DialCallStatus",
        "Legs",
        "RecordingUrl",
        "digits",
        "CustomField",
    ];
    const KEY: &'static str = "CallSid";
}
