//! How a call went, by version 3 of the voice API.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{CallOutcome, CallState};
use crate::config::VoiceApi;
use crate::endpoint::Draft;
use crate::envelope::Envelope;
use crate::lenient::{self, More};
use crate::{ApiError, ApiKey, Endpoint, Invalid};

/// `GET /accounts/{account_sid}/calls/{call_sid}`
///
/// Not in the seeds: the vendor's page on call details, version 3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetCallV3 {
    /// The call.
    pub call_sid: String,
}

/// A call of version 3.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallV3 {
    /// The call's id.
    #[serde(alias = "call_sid", default, deserialize_with = "lenient::text")]
    pub sid: String,
    /// Whether more is to come.
    #[serde(default)]
    pub state: CallState,
    /// How it ended.
    #[serde(default)]
    pub status: CallOutcome,
    /// Seconds from begin to end.
    #[serde(default, deserialize_with = "lenient::int")]
    pub total_duration: Option<i64>,
    /// Seconds of talk.
    #[serde(default, deserialize_with = "lenient::int")]
    pub total_talk_time: Option<i64>,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

impl Endpoint for GetCallV3 {
    type Config = VoiceApi;
    type Credential = ApiKey;
    type Response = CallV3;

    fn request(&self, config: &VoiceApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        super::check_sid(&self.call_sid)?;
        Draft::new(Method::GET, &config.v3)
            .path("/accounts")
            .segment("account_sid", &config.account_sid)?
            .path("/calls")
            .segment("call_sid", &self.call_sid)?
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<CallV3, ApiError> {
        let envelope = Envelope::open(answer)?;
        let call: CallV3 = envelope.only()?;
        // Every field has a default, so an unrelated object would pass for a call.
        if call.state.is_empty() && call.status.is_empty() {
            return Err(envelope.unreadable("there is no call in it"));
        }
        Ok(call)
    }
}
