//! Call data for a device.

use serde::{Deserialize, Serialize};

use super::payload::Payload;
use crate::lenient::{self, More};
use crate::{Secret, secret};

/// `POST push`
///
/// Seed: voice-client-sdk-guide §5.1.2. To be handed on as it is; answer 200, anything else fails the call.
/// The platform sends no header of the customer's choice here, only credentials in the URL.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PushNotification {
    /// Whose device it is for.
    #[serde(deserialize_with = "lenient::text")]
    pub subscriber_name: String,
    /// Opaque; whoever has it could take the call.
    #[serde(serialize_with = "secret::reveal")]
    pub payload: Secret,
    /// The version of the payload's own scheme.
    #[serde(deserialize_with = "lenient::text")]
    pub payload_version: String,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Payload for PushNotification {
    const NAMES: &'static [&'static str] = &["subscriberName", "payload", "payloadVersion"];
    const KEY: &'static str = "subscriberName";
}
