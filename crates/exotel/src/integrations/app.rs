//! An app: what holds the settings and users of one account.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::envelope;
use crate::config::{IntegrationsApi, Region};
use crate::endpoint::Draft;
use crate::lenient::{self, More};
use crate::word::words;
use crate::{ApiError, AppToken, CustomerToken, Endpoint, Invalid, Secret, Timestamp, secret};

words! {
    /// Where an account lives, as this API spells it (in any case; sent in lower case).
    pub enum Domain {
        /// India.
        Mumbai = "mumbai",
        /// The rest of the world.
        Singapore = "singapore",
    }
}

impl From<Region> for Domain {
    fn from(region: Region) -> Self {
        match region {
            Region::Mumbai => Self::Mumbai,
            Region::Singapore => Self::Singapore,
        }
    }
}

/// An app. Only the answer to its creation holds the three secrets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct App {
    /// The app's id.
    #[serde(rename = "AppID", alias = "AppId", deserialize_with = "lenient::text")]
    pub app_id: String,
    /// What makes its tokens.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "secret::reveal_option"
    )]
    pub app_secret: Option<Secret>,
    /// Whose it is.
    #[serde(
        rename = "CustomerID",
        alias = "CustomerId",
        default,
        deserialize_with = "lenient::text"
    )]
    pub customer_id: String,
    /// A name for people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub app_name: String,
    /// The account that calls.
    #[serde(default, deserialize_with = "lenient::text")]
    pub exotel_account_sid: String,
    /// The account's API key.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "secret::reveal_option"
    )]
    pub exotel_api_key: Option<Secret>,
    /// The account's API token.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "secret::reveal_option"
    )]
    pub exotel_api_token: Option<Secret>,
    /// Where the account lives.
    #[serde(default)]
    pub exotel_domain: Domain,
    /// Whether it may call.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_active: Option<bool>,
    /// When it was created.
    #[serde(default)]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[serde(default)]
    pub updated_at: Timestamp,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

/// `GET /app?entity=app`
///
/// Integrations API, "allows you to get app details by AppId". Refused with 400, 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GetApp;

impl Endpoint for GetApp {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = App;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::GET, &config.base)
            .path("/app")
            .query("entity", "app")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<App, ApiError> {
        envelope::record(answer)
    }
}

/// `GET /app?entity=customer`
///
/// Integrations API, "retrieves a list of applications". Refused with 400, 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListApps;

impl Endpoint for ListApps {
    type Config = IntegrationsApi;
    type Credential = CustomerToken;
    type Response = Vec<App>;

    fn request(&self, config: &IntegrationsApi, token: &CustomerToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::GET, &config.base)
            .path("/app")
            .query("entity", "customer")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Vec<App>, ApiError> {
        envelope::list(answer)
    }
}

/// `DELETE /app`
///
/// Integrations API, "Deletes the specified application entity": the one whose token signs. Refused with 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeleteApp;

impl Endpoint for DeleteApp {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = ();

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::DELETE, &config.base)
            .path("/app")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}
