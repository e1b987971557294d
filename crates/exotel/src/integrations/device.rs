//! Which of an agent's devices rings.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{User, envelope, needed};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::word::words;
use crate::{ApiError, AppToken, Endpoint, Invalid};

words! {
    /// An agent's device.
    pub enum DeviceName {
        /// Their telephone.
        Phone = "phone",
        /// Their browser.
        Sip = "sip",
    }
}

/// `PUT /device`
///
/// Integrations API, "allows agents to turn off phones or sip devices". Refused with 400, 401 or 500. What happens
/// with both off is documented nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetDevice {
    /// The agent: their `AppUserId`.
    pub user_id: String,
    /// Which device; needed to turn one on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_name: Option<DeviceName>,
    /// On or off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_status: Option<bool>,
}

impl Endpoint for SetDevice {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = User;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        needed("UserId", &self.user_id)?;
        if matches!(self.device_name, Some(DeviceName::Other(_))) {
            return Err(Invalid::new("DeviceName", "The device is phone or sip."));
        }
        match (&self.device_name, self.device_status) {
            (None, Some(true)) => Err(Invalid::new(
                "DeviceName",
                "Turning a device on needs its name, phone or sip.",
            )),
            (None, None) => Err(Invalid::new(
                "DeviceStatus",
                "A change names at least one of the device and its status.",
            )),
            _ => Draft::new(Method::PUT, &config.base)
                .path("/device")
                .sign(token)?
                .json(self)?
                .finish(),
        }
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<User, ApiError> {
        envelope::record(answer)
    }
}
