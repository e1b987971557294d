//! A call from an agent to a number.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{envelope, needed};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::error::Kind;
use crate::lenient::{self, More};
use crate::{ApiError, AppToken, Endpoint, Invalid, PhoneNumber};

/// The platform's code for an agent whose device is on a call.
const DEVICE_BUSY: i64 = 10706;

/// `POST /call/outbound_call`
///
/// Not in the seeds: read from the vendor's web SDK, which names exactly these four fields (and loses `customer_id`,
/// which it looks for under a name that users do not have; the platform takes the call without). The agent's active
/// device rings first, perhaps before the answer comes; then the number is called. After an unreadable answer or a
/// 5xx the phone may ring all the same ([`ApiError::outcome_is_unknown`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboundCall {
    /// Whose app it is.
    pub customer_id: String,
    /// The app.
    pub app_id: String,
    /// Whom to call.
    pub to: PhoneNumber,
    /// Who calls: the agent's `AppUserId`.
    pub user_id: String,
}

/// A call on its way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PlacedCall {
    /// The call's id; the agent's INVITE carries it as `X-Exotel-Callsid`.
    #[serde(alias = "CallSID", deserialize_with = "lenient::text")]
    pub call_sid: String,
    /// The agent's device that rings: a SIP address with its `sip:`, or their telephone number.
    #[serde(default)]
    pub from_number: PhoneNumber,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

impl Endpoint for OutboundCall {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = PlacedCall;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        needed("customer_id", &self.customer_id)?;
        needed("app_id", &self.app_id)?;
        self.to.must_be_dialable("to")?;
        needed("user_id", &self.user_id)?;
        Draft::new(Method::POST, &config.base)
            .path("/call/outbound_call")
            .sign(token)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<PlacedCall, ApiError> {
        let placed: PlacedCall = envelope::record(answer).map_err(busy)?;
        if placed.call_sid.is_empty() {
            return Err(ApiError::unreadable(
                answer.status().as_u16(),
                "the `CallSid` is empty",
            ));
        }
        Ok(placed)
    }
}

/// A busy agent comes as "not found", told apart by its code or its words only.
fn busy(mut error: ApiError) -> ApiError {
    if let ApiError::Refused(refusal) = &mut error
        && (refusal.code == Some(DEVICE_BUSY) || refusal.words.to_lowercase().contains("currently busy"))
    {
        refusal.kind = Kind::AgentBusy;
    }
    error
}
