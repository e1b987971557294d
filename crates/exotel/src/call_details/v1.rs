//! How a call went, by version 1 of the voice API.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::CallStatus;
use crate::config::VoiceApi;
use crate::endpoint::Draft;
use crate::envelope::{place, shape};
use crate::lenient::{self, Hidden, More};
use crate::refusal::Refusal;
use crate::{ApiError, ApiKey, Endpoint, Invalid, PhoneNumber, Secret, Timestamp, secret, spelling};

/// `GET /Accounts/{account_sid}/Calls/{CallSid}.json?details=true`
///
/// Not in the seeds: the vendor's page on call details, version 1. Times and durations settle about two minutes
/// after a call, the recording later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetCall {
    /// The call.
    pub call_sid: String,
}

/// A call of version 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Call {
    /// The call's id.
    #[serde(alias = "CallSid", deserialize_with = "lenient::text")]
    pub sid: String,
    /// Who was rung first, or who called.
    #[serde(default)]
    pub from: PhoneNumber,
    /// Who was called.
    #[serde(default)]
    pub to: PhoneNumber,
    /// How the call as a whole went: `completed` even where an inbound call was missed or rejected. Look at
    /// [`Details::leg2_status`].
    #[serde(default)]
    pub status: CallStatus,
    /// When it began: no zone is written, the account's is meant.
    #[serde(default)]
    pub start_time: Timestamp,
    /// When it ended; unset (1970) while it has not settled.
    #[serde(default)]
    pub end_time: Timestamp,
    /// Seconds from begin to end, ringing included.
    #[serde(default, deserialize_with = "lenient::int")]
    pub duration: Option<i64>,
    /// What it cost, as the platform writes it.
    #[serde(default, deserialize_with = "lenient::text_option")]
    pub price: Option<String>,
    /// `inbound`, or one of the words for outbound.
    #[serde(default, deserialize_with = "lenient::text")]
    pub direction: String,
    /// Where the recording is. As good as the recording, so it is hidden.
    #[serde(default, serialize_with = "secret::reveal")]
    pub recording_url: Secret,
    /// What `details=true` asks for.
    #[serde(default)]
    pub details: Option<Details>,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

/// The two legs of a call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Details {
    /// Seconds of talk.
    #[serde(default, deserialize_with = "lenient::int")]
    pub conversation_duration: Option<i64>,
    /// How the first leg went.
    #[serde(default)]
    pub leg1_status: CallStatus,
    /// How the second leg went: the true outcome of an inbound call.
    #[serde(default)]
    pub leg2_status: CallStatus,
    /// The legs, in a shape that varies.
    #[serde(default)]
    pub legs: Hidden,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

impl Endpoint for GetCall {
    type Config = VoiceApi;
    type Credential = ApiKey;
    type Response = Call;

    fn request(&self, config: &VoiceApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        super::check_sid(&self.call_sid)?;
        Draft::new(Method::GET, &config.v1)
            .path("/Accounts")
            .segment("account_sid", &config.account_sid)?
            .path("/Calls")
            .segment("CallSid", &self.call_sid)?
            .path(".json")
            .query("details", "true")
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Call, ApiError> {
        call(answer)
    }
}

/// The `Call` of an answer.
pub(super) fn call(answer: &Response<Vec<u8>>) -> Result<Call, ApiError> {
    let http = answer.status().as_u16();
    match body(answer)?.get_mut("Call").map(Value::take) {
        Some(call) => read(http, call),
        None => Err(ApiError::unreadable(http, "there is no `Call` in it")),
    }
}

/// The JSON of an answer that is no refusal.
pub(super) fn body(answer: &Response<Vec<u8>>) -> Result<Value, ApiError> {
    if !answer.status().is_success() {
        return Err(Refusal::read(answer).into());
    }
    let body: Value = serde_json::from_slice(answer.body()).map_err(|error| {
        let what = format!("the body is no JSON ({})", place(&error));
        ApiError::unreadable(answer.status().as_u16(), what)
    })?;
    match body.get("RestException") {
        Some(_) => Err(Refusal::read(answer).into()),
        None => Ok(body),
    }
}

/// One record of a call.
pub(super) fn read(http: u16, mut call: Value) -> Result<Call, ApiError> {
    spelling::one_each_of_call(&mut call);
    serde_json::from_value(call).map_err(|error| ApiError::unreadable(http, shape("Call", &error)))
}
