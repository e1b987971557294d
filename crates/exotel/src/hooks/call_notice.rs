//! News of a call between an agent and a customer.

use serde::{Deserialize, Serialize};

use super::payload::{self, Payload};
use super::words::{CallDetail, Direction, NoticeStatus};
use crate::call_words::CallState;
use crate::lenient::{self, More};
use crate::{PhoneNumber, Secret, Timestamp, secret};

/// `POST popup`, `POST incomingcallhungup`, `POST missedcall`, `POST callback`
///
/// Seed: integrations-api, inbound call and outbound callback. 19 fields; `callback` has two more, the times.
/// Nothing in it says which of the four it is: the URL does.
///
/// An inbound `CallStatus` speaks of the agent, so the outcome of an inbound call is not in here; it comes from a
/// [`Passthru`](super::Passthru) or from [`call_details`](crate::call_details).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CallNotice {
    /// The customer's id; live callbacks leave it out at times.
    #[serde(deserialize_with = "lenient::text")]
    pub customer_id: String,
    /// The app's id.
    #[serde(deserialize_with = "lenient::text")]
    pub app_id: String,
    /// The call's id: 32 hexadecimal digits, the same for all its legs.
    #[serde(deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// The account's sid.
    #[serde(deserialize_with = "lenient::text")]
    pub exotel_account_sid: String,
    /// Whom the flow dials: a `sip:` address of an agent, a number, or nothing.
    #[serde(deserialize_with = "payload::number")]
    pub dial_whom_number: PhoneNumber,
    /// The agent's id in the customer's application.
    #[serde(rename = "AppUserID", deserialize_with = "lenient::text")]
    pub app_user_id: String,
    /// The platform's number that was called or called with.
    #[serde(deserialize_with = "payload::number")]
    pub virtual_number: PhoneNumber,
    /// Who called whom.
    pub direction: Direction,
    /// The agent's state (inbound) or how the call ended (outbound).
    pub call_status: NoticeStatus,
    /// Whether the call is over.
    pub call_state: CallState,
    /// The called number.
    #[serde(deserialize_with = "payload::number")]
    pub to_number: PhoneNumber,
    /// The calling number; for an outbound call the agent's `sip:` address.
    #[serde(deserialize_with = "payload::number")]
    pub from_number: PhoneNumber,
    /// Talk time in seconds; 0 until the call is over.
    #[serde(deserialize_with = "payload::seconds")]
    pub total_duration: Option<u32>,
    /// The recording's URL, empty until there is one.
    #[serde(serialize_with = "secret::reveal")]
    pub call_recordings: Secret,
    /// The account's region, in any case: `mumbai`, `Mumbai`.
    #[serde(deserialize_with = "lenient::text")]
    pub account_domain: String,
    /// A ticket of the customer's application.
    #[serde(deserialize_with = "lenient::text")]
    pub ticket_id: String,
    /// What just happened.
    pub call_detail: CallDetail,
    /// When the call began; in callbacks, and sometimes empty in inbound notices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<Timestamp>,
    /// When it ended; unset until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Timestamp>,
    /// Unset in every sample (year 1).
    pub created_at: Timestamp,
    /// Unset in every sample (year 1).
    pub updated_at: Timestamp,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl CallNotice {
    /// Whether the call is over for good.
    pub fn is_over(&self) -> bool {
        self.call_state == CallState::Terminal
    }
}

impl Payload for CallNotice {
    const NAMES: &'static [&'static str] = &[
        "CustomerId",
        "AppId",
        "CallSid",
        "ExotelAccountSid",
        "DialWhomNumber",
        "AppUserID",
        "VirtualNumber",
        "Direction",
        "CallStatus",
        "CallState",
        "ToNumber",
        "FromNumber",
        "TotalDuration",
        "CallRecordings",
        "AccountDomain",
        "TicketId",
        "CallDetail",
        "StartTime",
        "EndTime",
        "CreatedAt",
        "UpdatedAt",
    ];
    const KEY: &'static str = "CallSid";
}
