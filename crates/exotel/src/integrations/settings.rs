//! Reading and writing an app's settings.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{Setting, SettingKey, envelope, needed, setting};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::{ApiError, AppToken, Endpoint, Invalid, Secret, secret};

/// `POST /app_setting`
///
/// Integrations API, "Add new setting configuration". A key set again is replaced. Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddSetting {
    /// What to set.
    pub key: SettingKey,
    /// To what: text, even for yes and no.
    #[serde(serialize_with = "secret::reveal")]
    pub value: Secret,
}

impl Endpoint for AddSetting {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = Setting;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        setting::check(&self.key, &self.value)?;
        Draft::new(Method::POST, &config.base)
            .path("/app_setting")
            .sign(token)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Setting, ApiError> {
        envelope::record(answer)
    }
}

/// `GET /app_setting?key={key}`
///
/// Integrations API, "Get new setting configuration", with a key. Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetSetting {
    /// Which.
    pub key: SettingKey,
}

impl Endpoint for GetSetting {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = Setting;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        needed("key", self.key.as_str())?;
        Draft::new(Method::GET, &config.base)
            .path("/app_setting")
            .query("key", self.key.as_str())
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Setting, ApiError> {
        envelope::record(answer)
    }
}

/// `GET /app_setting`
///
/// Integrations API, "Get new setting configuration", without a key. Refused with 400, 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListSettings;

impl Endpoint for ListSettings {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = Vec<Setting>;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::GET, &config.base)
            .path("/app_setting")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Vec<Setting>, ApiError> {
        envelope::list(answer)
    }
}

/// `DELETE /app_setting?key={key}`
///
/// Integrations API, "Delete app setting". The table puts the key into the body, the sample into the query: it is
/// sent in both. Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSetting {
    /// Which.
    pub key: SettingKey,
}

impl Endpoint for DeleteSetting {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = ();

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        needed("key", self.key.as_str())?;
        Draft::new(Method::DELETE, &config.base)
            .path("/app_setting")
            .query("key", self.key.as_str())
            .sign(token)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}
