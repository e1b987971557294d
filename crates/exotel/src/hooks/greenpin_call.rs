//! GreenPin's news of calls and callers.

use serde::{Deserialize, Serialize};

use super::payload::{self, Payload};
use super::words::{CallType, Direction};
use crate::call_words::CallStatus;
use crate::lenient::{self, More};
use crate::{PhoneNumber, Secret, Timestamp, secret};

/// `POST greenpin-call-completed`
///
/// Seed: greenpin-api, Call Completed Event. Sent after every call over an allocation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GreenPinCall {
    /// The id the allocation was asked for with; the seed's table spells it `transation_id`.
    #[serde(deserialize_with = "lenient::text")]
    pub transaction_id: String,
    /// The call's id.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// The virtual number that was called.
    #[serde(deserialize_with = "payload::number")]
    pub vn: PhoneNumber,
    /// The allocation.
    #[serde(deserialize_with = "lenient::text")]
    pub greenpin_id: String,
    /// The caller.
    #[serde(deserialize_with = "payload::number")]
    pub from: PhoneNumber,
    /// The called number. In the sample it is a virtual number, so do not take it for the other party.
    #[serde(deserialize_with = "payload::number")]
    pub to: PhoneNumber,
    /// How far the call came.
    pub call_type: CallType,
    /// When it began.
    pub start_time: Timestamp,
    /// When this event was sent.
    pub current_time: Timestamp,
    /// Seconds of the second leg, ringing included.
    #[serde(deserialize_with = "payload::seconds")]
    pub dial_call_duration: Option<u32>,
    /// Seconds both sides talked.
    #[serde(deserialize_with = "payload::seconds")]
    pub on_call_duration: Option<u32>,
    /// Always `incoming`, says the seed.
    pub direction: Direction,
    /// The recording's URL, if recording is enabled.
    #[serde(serialize_with = "secret::reveal")]
    pub recording_url: Secret,
    /// How the second leg went.
    pub dial_call_status: CallStatus,
    /// `exotel`.
    #[serde(deserialize_with = "lenient::text")]
    pub source: String,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for GreenPinCall {
    const NAMES: &'static [&'static str] = &[
        "transaction_id",
        "call_sid",
        "vn",
        "greenpin_id",
        "from",
        "to",
        "call_type",
        "start_time",
        "current_time",
        "dial_call_duration",
        "on_call_duration",
        "direction",
        "recording_url",
        "dial_call_status",
        "source",
    ];
    const ALIASES: &'static [(&'static str, &'static str)] = &[("transation_id", "transaction_id")];
    const KEY: &'static str = "call_sid";
}

/// `POST greenpin-verified`
///
/// Seed: greenpin-api, Successful Verification Event. An unregistered caller gave the right pin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GreenPinVerified {
    /// The new caller's number.
    #[serde(deserialize_with = "payload::number")]
    pub caller: PhoneNumber,
    /// The allocation the caller now belongs to.
    #[serde(deserialize_with = "lenient::text")]
    pub greenpin_id: String,
    /// The virtual number that was called.
    #[serde(deserialize_with = "payload::number")]
    pub vn: PhoneNumber,
    /// The id the allocation was asked for with.
    #[serde(deserialize_with = "lenient::text")]
    pub transaction_id: String,
    /// The pin as entered.
    #[serde(serialize_with = "secret::reveal")]
    pub pin: Secret,
    /// The call's id; in the sample, not in the table.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for GreenPinVerified {
    const NAMES: &'static [&'static str] =
        &["caller", "greenpin_id", "vn", "transaction_id", "pin", "call_sid"];
    const ALIASES: &'static [(&'static str, &'static str)] = &[("transation_id", "transaction_id")];
    const KEY: &'static str = "greenpin_id";
}

/// `POST greenpin-verification-failed`
///
/// Seed: greenpin-api, Failed Verification Event. The caller belongs to no allocation, so none is named.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GreenPinVerificationFailed {
    /// The call's id.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// The virtual number that was called.
    #[serde(deserialize_with = "payload::number")]
    pub vn: PhoneNumber,
    /// When the call began.
    pub start_time: Timestamp,
    /// The caller's number.
    #[serde(deserialize_with = "payload::number")]
    pub caller: PhoneNumber,
    /// The pin as entered.
    #[serde(serialize_with = "secret::reveal")]
    pub pin: Secret,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for GreenPinVerificationFailed {
    const NAMES: &'static [&'static str] = &["call_sid", "vn", "start_time", "caller", "pin"];
    const KEY: &'static str = "call_sid";
}
