//! The settings of the app in use.

use serde::{Deserialize, Serialize};

use crate::Secret;

/// `GET /api/admin/settings`: the seven documented settings in this order, then any others that are set.
///
/// | key | is |
/// |---|---|
/// | `popup` | URL that hears of an incoming call, so that it pops up |
/// | `incomingCallHangup` | URL that hears of an incoming call's end |
/// | `missedCall` | URL that hears of a missed call |
/// | `callback` | URL that hears how an outbound call goes |
/// | `record` | whether outbound calls are recorded, `true` or `false`; inbound recording is set in the call flow |
/// | `streaming` | `wss` URL to which a call's audio is streamed |
/// | `playback` | URL of audio that the agent hears until the call connects |
///
/// The four webhooks are set at once by `POST /api/webhooks/install`; `GET /api/webhooks/drift` compares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingList {
    /// The settings.
    pub settings: Vec<SettingView>,
}

/// One setting. Also the answer of `GET /api/admin/settings/{key}`, and of `PUT` with [`SettingChange`].
/// `DELETE /api/admin/settings/{key}` unsets it and answers 204; the vendor's default holds then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingView {
    /// Its key, as the vendor spells it.
    pub key: String,
    /// What it does, and what holds while it is not set: two sentences at most. Empty for a key that is not documented.
    pub help: String,
    /// What a value looks like.
    pub form: SettingForm,
    /// What the vendor has; none if it is not set. Of an address, the host only, with dots for the rest: the rest may be
    /// a secret.
    pub value: Option<String>,
    /// What the vendor has, in a word that changes with it. Send it back as [`SettingChange::seen`].
    pub tag: String,
    /// The address is one of this server's, with a secret that is good.
    pub ours: bool,
}

/// What the value of a setting looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingForm {
    /// An `https` URL of a webhook.
    Webhook,
    /// `true` or `false`.
    YesNo,
    /// A `wss` URL.
    StreamUrl,
    /// An `https` URL of audio.
    AudioUrl,
    /// Any text.
    Text,
}

/// `PUT /api/admin/settings/{key}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingChange {
    /// The value from now on; none for this server's own address, where the key is a webhook.
    #[serde(default)]
    pub value: Option<Secret>,
    /// The [`SettingView::tag`] that the editor saw. If the setting has changed since: 409 `changed_meanwhile`, and
    /// nothing is written. None writes whatever was there.
    #[serde(default)]
    pub seen: Option<String>,
}
