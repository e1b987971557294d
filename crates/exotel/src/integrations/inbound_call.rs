//! What a call flow asks for when a call comes in.

use http::{Method, Request, Response};

use super::{SettingKey, envelope};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::word::words;
use crate::{Anonymous, ApiError, Endpoint, Invalid};

words! {
    /// What an agent's screen is to hear about.
    pub enum Notification {
        /// A call comes in.
        Popup = "popup",
        /// The call ended.
        Ended = "incomingcallhungup",
        /// The call was missed.
        Missed = "missedcall",
    }
}

impl Notification {
    /// The setting whose URL the platform then posts to. Concluded from the names; documented nowhere.
    pub fn setting(&self) -> Option<SettingKey> {
        match self {
            Self::Popup => Some(SettingKey::Popup),
            Self::Ended => Some(SettingKey::IncomingCallHangup),
            Self::Missed => Some(SettingKey::MissedCall),
            Self::Other(_) => None,
        }
    }
}

/// `GET /call/inbound_call/{appId}?type={type}`
///
/// Integrations API, "allows users to get a notification on their dashboard screen". An address for the flow's
/// Connect applet rather than for us; no credential is shown. Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifyInbound {
    /// The app whose settings hold the URL.
    pub app_id: String,
    /// What about.
    pub notification: Notification,
}

impl Endpoint for NotifyInbound {
    type Config = IntegrationsApi;
    type Credential = Anonymous;
    type Response = ();

    fn request(&self, config: &IntegrationsApi, credential: &Anonymous) -> Result<Request<Vec<u8>>, Invalid> {
        if matches!(self.notification, Notification::Other(_)) {
            return Err(Invalid::new(
                "type",
                "The type is popup, incomingcallhungup or missedcall.",
            ));
        }
        Draft::new(Method::GET, &config.base)
            .path("/call/inbound_call")
            .segment("appId", &self.app_id)?
            .query("type", self.notification.as_str())
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}
