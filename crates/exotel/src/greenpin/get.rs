//! Reading an allocation.

use http::{Method, Request, Response};

use super::{Allocation, draft, envelope};
use crate::config::GreenPinApi;
use crate::{ApiError, Endpoint, GreenPinLogin, Invalid};

/// `GET /greenpin/{greenpin_id}`
///
/// Seed: greenpin-api, Get Details of a Pin Allocation. Its sample says `/greenvn/`, its text and the
/// rest `/greenpin/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetAllocation {
    /// The allocation's id.
    pub greenpin_id: String,
}

impl Endpoint for GetAllocation {
    type Config = GreenPinApi;
    type Credential = GreenPinLogin;
    type Response = Allocation;

    fn request(&self, config: &GreenPinApi, login: &GreenPinLogin) -> Result<Request<Vec<u8>>, Invalid> {
        draft(Method::GET, config, login)?
            .segment("greenpin_id", &self.greenpin_id)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Allocation, ApiError> {
        envelope::allocation(answer).map(|(_, allocation)| allocation)
    }
}
