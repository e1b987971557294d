//! News of a click-to-call.

use serde::{Deserialize, Serialize};

use super::payload::{self, Payload};
use super::words::Direction;
use crate::call_words::CallStatus;
use crate::lenient::{self, More};
use crate::word::words;
use crate::{PhoneNumber, Secret, Timestamp, secret};

words! {
    /// What a [`StatusCallback`] was subscribed to.
    pub enum EventType {
        /// The call is over.
        Terminal = "terminal",
        /// A side answered.
        Answered = "answered",
    }
}

/// `POST status-callback`
///
/// Not in the seeds: the public page of StatusCallback. Four fields; the rest only where events were subscribed to.
/// Posted as multipart form unless the call asked for JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct StatusCallback {
    /// The call's id.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// Which event this is; empty without subscription.
    #[serde(skip_serializing_if = "EventType::is_empty")]
    pub event_type: EventType,
    /// When the call was asked for, in the account's zone.
    #[serde(skip_serializing_if = "Timestamp::is_unset")]
    pub date_created: Timestamp,
    /// When the status changed last, in the account's zone.
    pub date_updated: Timestamp,
    /// How the call went.
    pub status: CallStatus,
    /// The second party.
    #[serde(
        deserialize_with = "payload::number",
        skip_serializing_if = "PhoneNumber::is_empty"
    )]
    pub to: PhoneNumber,
    /// The first party.
    #[serde(
        deserialize_with = "payload::number",
        skip_serializing_if = "PhoneNumber::is_empty"
    )]
    pub from: PhoneNumber,
    /// The ExoPhone, by its id.
    #[serde(
        deserialize_with = "payload::number",
        skip_serializing_if = "PhoneNumber::is_empty"
    )]
    pub phone_number_sid: PhoneNumber,
    /// When the operator was asked.
    #[serde(skip_serializing_if = "Timestamp::is_unset")]
    pub start_time: Timestamp,
    /// When the call ended; a placeholder of 1970 until then.
    #[serde(skip_serializing_if = "Timestamp::is_unset")]
    pub end_time: Timestamp,
    /// Seconds both sides talked.
    #[serde(
        deserialize_with = "payload::seconds",
        skip_serializing_if = "Option::is_none"
    )]
    pub conversation_duration: Option<u32>,
    /// Who called whom.
    #[serde(skip_serializing_if = "Direction::is_empty")]
    pub direction: Direction,
    /// The text given when the call was placed.
    #[serde(serialize_with = "secret::reveal", skip_serializing_if = "Secret::is_empty")]
    pub custom_field: Secret,
    /// The recording's URL, if there is one.
    #[serde(serialize_with = "secret::reveal")]
    pub recording_url: Secret,
    /// The first leg, then the second; in a form their keys are `Legs[0][Status]` and so on.
    #[serde(deserialize_with = "payload::items", skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<Leg>,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

/// One leg of a call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Leg {
    /// Seconds this leg talked.
    #[serde(
        deserialize_with = "payload::seconds",
        skip_serializing_if = "Option::is_none"
    )]
    pub on_call_duration: Option<u32>,
    /// How it went.
    #[serde(skip_serializing_if = "CallStatus::is_empty")]
    pub status: CallStatus,
    /// Why it ended, as the network says: `USER_BUSY`.
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub cause_code: String,
    /// `human` or `machine`, where detection is on.
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub answered_by: String,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for StatusCallback {
    const NAMES: &'static [&'static str] = &[
        "CallSid",
        "EventType",
        "DateCreated",
        "DateUpdated",
        "Status",
        "To",
        "From",
        "PhoneNumberSid",
        "StartTime",
        "EndTime",
        "ConversationDuration",
        "Direction",
        "CustomField",
        "RecordingUrl",
        "Legs",
    ];
    const KEY: &'static str = "CallSid";
}
