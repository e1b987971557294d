//! What an agent's phone needs.

use serde::{Deserialize, Serialize};

use crate::admin::policy::EffectivePolicy;
use crate::{Millis, Secret};

/// `GET /api/phone`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneSetup {
    /// The agent's own SIP account; none where the vendor's account has no VoIP.
    pub account: Option<SipAccount>,
    /// WebSocket addresses of the SIP edge, best first.
    pub servers: Vec<String>,
    /// STUN and TURN servers.
    pub ice: Vec<IceServer>,
    /// What this agent may use.
    pub features: Features,
    /// Which device rings.
    pub device: DeviceState,
    /// What holds for them.
    #[serde(default)]
    pub policy: EffectivePolicy,
    /// A number or address that sends back what it hears, for test calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub echo: Option<String>,
}

/// A SIP account. Held in memory only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SipAccount {
    /// `sip:user@domain`.
    pub address: String,
    /// The digest's password.
    pub password: Secret,
    /// The agent's name for people.
    pub display: String,
}

/// One entry for `RTCPeerConnection`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// `stun:` and `turn:` URLs.
    pub urls: Vec<String>,
    /// For TURN: expiry and agent (draft-uberti-behave-turn-rest).
    pub username: Option<String>,
    /// For TURN: good until the expiry in the name.
    pub credential: Option<Secret>,
    /// When both end.
    pub expires_at: Option<Millis>,
}

/// What an agent may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// Place calls through the platform.
    pub platform_calls: bool,
    /// Dial SIP addresses directly.
    pub direct_calls: bool,
    /// See whole numbers.
    pub whole_numbers: bool,
}

/// The device on which the platform rings an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceName {
    /// Their telephone.
    Phone,
    /// Their browser.
    Sip,
}

/// The vendor's answer, which is the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceState {
    /// The device that rings; none if all are off.
    pub active: Option<DeviceName>,
}

/// `PUT /api/device`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetDevice {
    /// The device to switch to, or none to turn off whichever rings.
    pub active: Option<DeviceName>,
}
