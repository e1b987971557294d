//! Changing an allocation.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{Allocation, DeallocationPolicy, Side, Usage, draft, envelope, rules};
use crate::config::GreenPinApi;
use crate::{ApiError, Endpoint, GreenPinLogin, Invalid};

/// What to change; what is left out stays as it is. Lists are sent whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllocationChange {
    /// Party A.
    #[serde(skip_serializing_if = "Side::is_empty")]
    pub a: Side,
    /// Party B.
    #[serde(skip_serializing_if = "Side::is_empty")]
    pub b: Side,
    /// Who may call whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// How long it lasts.
    #[serde(alias = "Deallocation_policy", skip_serializing_if = "Option::is_none")]
    pub deallocation_policy: Option<DeallocationPolicy>,
}

impl AllocationChange {
    /// The documented rules.
    ///
    /// # Errors
    /// [`Invalid`] names the first one broken.
    pub fn check(&self) -> Result<(), Invalid> {
        if *self == Self::default() {
            return Err(Invalid::new(
                "a",
                "An update changes at least one of a, b, usage and deallocation_policy.",
            ));
        }
        rules::sides(&self.a, &self.b)?;
        rules::usage(self.usage.as_ref())?;
        self.deallocation_policy
            .as_ref()
            .map_or(Ok(()), DeallocationPolicy::check)
    }
}

/// `PUT /greenpin/{greenpin_id}`
///
/// Seed: greenpin-api, Update a GreenPin Allocation (beta).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateAllocation {
    /// The allocation's id.
    pub greenpin_id: String,
    /// What to change.
    pub change: AllocationChange,
}

/// The answer to an update.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdatedAllocation {
    /// The platform's id of the request, for its support.
    pub request_id: Option<String>,
    /// The allocation as it is now.
    pub allocation: Allocation,
}

impl Endpoint for UpdateAllocation {
    type Config = GreenPinApi;
    type Credential = GreenPinLogin;
    type Response = UpdatedAllocation;

    fn request(&self, config: &GreenPinApi, login: &GreenPinLogin) -> Result<Request<Vec<u8>>, Invalid> {
        self.change.check()?;
        draft(Method::PUT, config, login)?
            .segment("greenpin_id", &self.greenpin_id)?
            .json(&self.change)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<UpdatedAllocation, ApiError> {
        let (envelope, allocation) = envelope::allocation(answer)?;
        Ok(UpdatedAllocation {
            request_id: envelope.request_id,
            allocation,
        })
    }
}
