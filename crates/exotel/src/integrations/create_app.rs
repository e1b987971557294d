//! A new app of a customer.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{App, Domain, envelope, needed};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::{ApiError, CustomerToken, Endpoint, Invalid, Secret, secret};

/// `POST /app`
///
/// Integrations API, "allows registering a new application". Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateApp {
    /// A name for people.
    pub app_name: String,
    /// The account that calls, from its dashboard.
    pub exotel_account_sid: String,
    /// The account's API key.
    #[serde(serialize_with = "secret::reveal")]
    pub exotel_api_key: Secret,
    /// The account's API token.
    #[serde(serialize_with = "secret::reveal")]
    pub exotel_api_token: Secret,
    /// Where the account lives.
    pub exotel_domain: Domain,
    /// Whether the app may call at once.
    pub is_active: bool,
}

impl Endpoint for CreateApp {
    type Config = IntegrationsApi;
    type Credential = CustomerToken;
    type Response = App;

    fn request(&self, config: &IntegrationsApi, token: &CustomerToken) -> Result<Request<Vec<u8>>, Invalid> {
        needed("AppName", &self.app_name)?;
        needed("ExotelAccountSid", &self.exotel_account_sid)?;
        needed("ExotelApiKey", self.exotel_api_key.reveal())?;
        needed("ExotelApiToken", self.exotel_api_token.reveal())?;
        if matches!(self.exotel_domain, Domain::Other(_)) {
            return Err(Invalid::new("ExotelDomain", "The domain is mumbai or singapore."));
        }
        Draft::new(Method::POST, &config.base)
            .path("/app")
            .sign(token)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<App, ApiError> {
        envelope::record(answer)
    }
}
