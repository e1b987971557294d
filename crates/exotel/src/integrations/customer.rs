//! The customer behind a token.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::envelope;
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::lenient::{self, Hidden, More};
use crate::{ApiError, CustomerToken, Endpoint, Invalid, Secret, Timestamp, secret};

/// A customer of the Integrations API. Holds its secret in clear: never for a browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Customer {
    /// The customer's id.
    #[serde(
        rename = "CustomerID",
        alias = "CustomerId",
        deserialize_with = "lenient::text"
    )]
    pub customer_id: String,
    /// What makes its tokens.
    #[serde(default, serialize_with = "secret::reveal")]
    pub customer_secret: Secret,
    /// A name for people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub customer_name: String,
    /// Its mail address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// Undocumented; `null` in the sample.
    #[serde(default)]
    pub customer_setting: Hidden,
    /// When it was created.
    #[serde(default)]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[serde(default)]
    pub updated_at: Timestamp,
    /// Whether, or when, it was deleted.
    #[serde(default)]
    pub deleted_at: DeletedAt,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

/// `DeletedAt`: a bool in the sample, a time by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum DeletedAt {
    /// Whether.
    Flag(bool),
    /// When; unset if not.
    Time(Timestamp),
}

impl DeletedAt {
    /// Whether it is deleted.
    pub fn is_deleted(&self) -> bool {
        match self {
            Self::Flag(deleted) => *deleted,
            Self::Time(time) => !time.is_unset(),
        }
    }
}

impl Default for DeletedAt {
    fn default() -> Self {
        Self::Flag(false)
    }
}

impl<'de> Deserialize<'de> for DeletedAt {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = lenient::text(deserializer)?;
        Ok(match text.to_ascii_lowercase().as_str() {
            "" | "false" => Self::Flag(false),
            "true" => Self::Flag(true),
            _ => Self::Time(Timestamp::as_given(text)),
        })
    }
}

/// `GET /customer`
///
/// Integrations API, "Retrieves details of the customer". Refused with 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GetCustomer;

impl Endpoint for GetCustomer {
    type Config = IntegrationsApi;
    type Credential = CustomerToken;
    type Response = Customer;

    fn request(&self, config: &IntegrationsApi, token: &CustomerToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::GET, &config.base)
            .path("/customer")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Customer, ApiError> {
        envelope::record(answer)
    }
}

/// `DELETE /customer`
///
/// Integrations API, "allows a customer to be deleted". For good. Refused with 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeleteCustomer;

impl Endpoint for DeleteCustomer {
    type Config = IntegrationsApi;
    type Credential = CustomerToken;
    type Response = ();

    fn request(&self, config: &IntegrationsApi, token: &CustomerToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::DELETE, &config.base)
            .path("/customer")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}
