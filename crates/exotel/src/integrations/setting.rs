//! One setting of an app: where the platform sends its webhooks, and what a call does.

use serde::{Deserialize, Serialize};

use super::needed;
use crate::lenient::{self, More};
use crate::word::words;
use crate::{Invalid, Secret, secret};

words! {
    /// The documented keys (Integrations API, "Add new setting configuration").
    pub enum SettingKey {
        /// URL that hears of an incoming call.
        Popup = "popup",
        /// URL that hears of an incoming call's end.
        IncomingCallHangup = "incomingCallHangup",
        /// URL that hears of a missed call.
        MissedCall = "missedCall",
        /// URL that hears how an outbound call goes.
        Callback = "callback",
        /// Whether outbound calls are recorded: the text `true` or `false`; `false` if unset. Inbound recording is
        /// set in the flow.
        Record = "record",
        /// `ws` or `wss` URL to which a call's audio is streamed; none if unset.
        Streaming = "streaming",
        /// URL of audio played to the agent before the call connects; the operator's tune if unset.
        Playback = "playback",
    }
}

/// A setting as the platform echoes it. The echoed key is the one that counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Setting {
    /// Whose app it is.
    #[serde(
        rename = "CustomerID",
        alias = "CustomerId",
        default,
        deserialize_with = "lenient::text"
    )]
    pub customer_id: String,
    /// Which app it is of.
    #[serde(
        rename = "AppID",
        alias = "AppId",
        default,
        deserialize_with = "lenient::text"
    )]
    pub app_id: String,
    /// What is set.
    pub key: SettingKey,
    /// To what: always text. Hidden, because a webhook's only protection is a secret in its URL.
    #[serde(default, serialize_with = "secret::reveal")]
    pub value: Secret,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

/// The rule for the value of `key`.
pub(super) fn check(key: &SettingKey, value: &Secret) -> Result<(), Invalid> {
    needed("Key", key.as_str())?;
    needed("Value", value.reveal())?;
    let starts = |schemes: &[&str]| {
        let text = value.reveal();
        text.bytes().all(|byte| byte.is_ascii_graphic())
            && schemes
                .iter()
                .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
    };
    let (holds, rule) = match key {
        SettingKey::Popup
        | SettingKey::IncomingCallHangup
        | SettingKey::MissedCall
        | SettingKey::Callback
        | SettingKey::Playback => (
            starts(&["https://", "http://"]),
            "This setting is an http or https URL without spaces.",
        ),
        SettingKey::Streaming => (
            starts(&["wss://", "ws://"]),
            "This setting is a ws or wss URL without spaces.",
        ),
        SettingKey::Record => (
            matches!(value.reveal(), "true" | "false"),
            "This setting is the text true or the text false.",
        ),
        SettingKey::Other(_) => (true, ""),
    };
    if holds {
        Ok(())
    } else {
        Err(Invalid::new("Value", rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_rule() {
        for (key, value, good) in [
            ("popup", "https://webhook.site/", true),
            ("popup", "webhook.site", false),
            ("popup", "https://", false),
            ("record", "true", true),
            ("record", "True", false),
            ("streaming", "wss://streamhandler.example", true),
            ("streaming", "https://streamhandler.example", false),
            ("playback", "https://a.example/b c", false),
            ("somethingNew", "anything", true),
            ("somethingNew", "", false),
            ("", "x", false),
        ] {
            assert_eq!(check(&key.into(), &value.into()).is_ok(), good, "{key} {value}");
        }
    }
}
