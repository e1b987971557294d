//! A token for one subscriber on one device.

use http::{Method, Request, Response};
use serde::Serialize;
use serde_json::Value;

use super::{SubscriberToken, draft, subscriber::check_name};
use crate::config::SubscribersApi;
use crate::envelope::Envelope;
use crate::{ApiError, ApiKey, Endpoint, Invalid};

/// `POST /subscriber-token`
///
/// Subscriber Management API §3. `platform` comes from the configuration. Refused with 400, 401, or 403 where the
/// account may not use VoIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateToken {
    /// Whom the token is for.
    pub subscriber_name: String,
    /// Which device it is for: an id that stays the same.
    pub device_id: String,
}

/// A token, and whom it was made for.
#[derive(Clone, Debug, PartialEq)]
pub struct IssuedToken {
    /// As the platform spells it.
    pub subscriber_name: String,
    /// To be handed to the phone.
    pub token: SubscriberToken,
}

#[derive(Serialize)]
struct Body<'a> {
    platform: &'a str,
    device_id: &'a str,
    subscriber_name: &'a str,
}

impl Endpoint for CreateToken {
    type Config = SubscribersApi;
    type Credential = ApiKey;
    type Response = IssuedToken;

    fn request(&self, config: &SubscribersApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        check_name(&self.subscriber_name)?;
        if self.device_id.trim().is_empty() {
            return Err(Invalid::new(
                "device_id",
                "A token is for one device, whose id is needed.",
            ));
        }
        if config.platform.trim().is_empty() {
            return Err(Invalid::new(
                "platform",
                "A token is for one platform, such as android or ios.",
            ));
        }
        let platform = config.platform.trim().to_ascii_lowercase();
        let body = Body {
            platform: &platform,
            device_id: &self.device_id,
            subscriber_name: &self.subscriber_name,
        };
        draft(Method::POST, config)?
            .path("/subscriber-token")
            .sign(credential)?
            .json(&body)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<IssuedToken, ApiError> {
        let envelope = Envelope::open(answer)?;
        envelope
            .items()
            .iter()
            .try_for_each(|item| envelope.refused(item))?;
        envelope.refused_as_a_whole()?;
        let holder = find(&envelope.body, DEEPEST)
            .ok_or_else(|| envelope.unreadable("there is no `subscriber_token` in it"))?;
        let name = holder
            .get("subscriber_name")
            .and_then(Value::as_str)
            .unwrap_or(&self.subscriber_name);
        let token = holder.get(KEY).cloned().unwrap_or_default();
        Ok(IssuedToken {
            subscriber_name: name.to_owned(),
            token: SubscriberToken::new(token),
        })
    }
}

const KEY: &str = "subscriber_token";
const DEEPEST: u8 = 6;

/// The object that holds a token: the sample's braces are unbalanced, so nobody knows at which level it is.
fn find(value: &Value, depth: u8) -> Option<&Value> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Object(fields) => match fields.get(KEY) {
            Some(Value::String(_) | Value::Object(_)) => Some(value),
            _ => fields.values().find_map(|field| find(field, depth)),
        },
        Value::Array(elements) => elements.iter().find_map(|element| find(element, depth)),
        _ => None,
    }
}
