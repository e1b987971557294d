//! Giving an allocation back.

use http::{Method, Request, Response};

use super::{Allocation, draft, envelope};
use crate::config::GreenPinApi;
use crate::{ApiError, Endpoint, GreenPinLogin, Invalid};

/// `DELETE /greenpin/{greenpin_id}`
///
/// Seed: greenpin-api, Delete a Pin Allocation. Its sample says `/greenvn/`, its text and the rest `/greenpin/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteAllocation {
    /// The allocation's id.
    pub greenpin_id: String,
}

/// The allocation is gone and its pins are free.
///
/// That is what a success means, whatever `state` it shows: the seed's sample of this very answer shows `active`.
#[derive(Clone, Debug, PartialEq)]
pub struct Deallocated {
    /// The allocation as it was; none if the answer had no body.
    pub was: Option<Allocation>,
}

impl Endpoint for DeleteAllocation {
    type Config = GreenPinApi;
    type Credential = GreenPinLogin;
    type Response = Deallocated;

    fn request(&self, config: &GreenPinApi, login: &GreenPinLogin) -> Result<Request<Vec<u8>>, Invalid> {
        draft(Method::DELETE, config, login)?
            .segment("greenpin_id", &self.greenpin_id)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Deallocated, ApiError> {
        if answer.status().is_success() && answer.body().trim_ascii().is_empty() {
            return Ok(Deallocated { was: None });
        }
        envelope::allocation(answer).map(|(_, allocation)| Deallocated {
            was: Some(allocation),
        })
    }
}
