//! Asking for an allocation.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{Allocation, DeallocationPolicy, Side, Usage, draft, envelope, rules};
use crate::config::GreenPinApi;
use crate::{ApiError, Endpoint, GreenPinLogin, Invalid, lenient};

/// `POST /greenpin`
///
/// Seed: greenpin-api, Create a Pin Allocation. Answered with the [`Allocation`], status 200.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreateAllocation {
    /// The customer's own id of it, such as an order's. Code 18 refuses one in use.
    #[serde(deserialize_with = "lenient::text")]
    pub transaction_id: String,
    /// Party A. At least one party has numbers, at least one has virtual numbers.
    #[serde(skip_serializing_if = "Side::is_empty")]
    pub a: Side,
    /// Party B.
    #[serde(skip_serializing_if = "Side::is_empty")]
    pub b: Side,
    /// `twoway` if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// The account's default if none.
    #[serde(alias = "Deallocation_policy", skip_serializing_if = "Option::is_none")]
    pub deallocation_policy: Option<DeallocationPolicy>,
}

impl CreateAllocation {
    /// The documented rules.
    ///
    /// # Errors
    /// [`Invalid`] names the first one broken.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.transaction_id.is_empty() {
            return Err(Invalid::new("transaction_id", "A transaction id is needed."));
        }
        if self.a.numbers.is_empty() && self.b.numbers.is_empty() {
            return Err(Invalid::new("a.numbers", "At least one party has numbers."));
        }
        if self.a.vns.is_empty() && self.b.vns.is_empty() {
            return Err(Invalid::new("a.vns", "At least one party has virtual numbers."));
        }
        rules::sides(&self.a, &self.b)?;
        rules::usage(self.usage.as_ref())?;
        self.deallocation_policy
            .as_ref()
            .map_or(Ok(()), DeallocationPolicy::check)
    }
}

impl Endpoint for CreateAllocation {
    type Config = GreenPinApi;
    type Credential = GreenPinLogin;
    type Response = Allocation;

    fn request(&self, config: &GreenPinApi, login: &GreenPinLogin) -> Result<Request<Vec<u8>>, Invalid> {
        self.check()?;
        draft(Method::POST, config, login)?.json(self)?.finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Allocation, ApiError> {
        envelope::allocation(answer).map(|(_, allocation)| allocation)
    }
}
