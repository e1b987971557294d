//! The policy: what whom is allowed, and how phones behave. One for the server, kept with all its versions.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::session::Role;

/// `GET /api/admin/policy`: the one that holds. Also the answer of `PUT` with [`PolicyChange`]. Until somebody writes
/// one, it is made of the configuration, with version 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPolicy {
    /// Grows by one with each change.
    pub version: i64,
    /// Which account wrote it; empty for version 0.
    pub by: String,
    /// When; 0 for version 0.
    pub at: Millis,
    /// What it says.
    pub policy: Policy,
}

/// `GET /api/admin/policy/versions`: newest first, at most 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersions {
    /// The versions.
    pub versions: Vec<StoredPolicy>,
}

/// `PUT /api/admin/policy`, and `POST /api/admin/policy/preview`, which writes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyChange {
    /// The version that the editor saw. If another one holds by now: 409 `changed_meanwhile`, with who and when in
    /// [`crate::problem::Problem::changed`], and nothing is written.
    pub version: i64,
    /// What is to hold.
    pub policy: Policy,
}

/// What whom is allowed, and how phones behave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Rules for features; at most one for each feature, role and app. The one that says most wins: role and app before
    /// app, app before role, role before neither. A feature without a rule is as the configuration says.
    #[serde(default)]
    pub features: Vec<FeatureRule>,
    /// Words an agent may choose after a call, at most 50 of 1 to 40 characters.
    #[serde(default)]
    pub dispositions: Vec<String>,
    /// Roles below this see masked numbers.
    pub whole_numbers_from: Role,
    /// How a call rings.
    #[serde(default)]
    pub ring: RingRules,
    /// What follows a call.
    #[serde(default)]
    pub wrap_up: WrapUpRules,
}

/// A rule for one feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureRule {
    /// The feature.
    pub feature: Feature,
    /// For this role; none for all.
    #[serde(default)]
    pub role: Option<Role>,
    /// While this app is in use; none for all.
    #[serde(default)]
    pub app: Option<String>,
    /// What holds.
    pub rule: Rule,
}

/// Something a phone can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Place calls through the platform. Held by the server: a forbidden call is refused.
    PlatformCalls,
    /// Dial SIP addresses directly.
    DirectCalls,
    /// Hold a call.
    Hold,
    /// Send tones.
    Dtmf,
    /// Mute the microphone.
    Mute,
    /// Answer without a click, after [`RingRules::auto_answer_seconds`].
    AutoAnswer,
    /// Switch the device that rings. Held by the server: a forbidden switch is refused.
    DeviceSwitch,
    /// Rate a call.
    Feedback,
    /// Write notes. Held by the server.
    Notes,
    /// Send logs to support. Held by the server.
    LogUpload,
    /// Desktop notifications.
    Notifications,
}

/// What holds for a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// There, and the agent may turn it off.
    Allowed,
    /// There, and the agent may not turn it off.
    Forced,
    /// Not there.
    Forbidden,
}

/// How a call rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RingRules {
    /// Ring aloud.
    pub sound: bool,
    /// Loudness, 0 to 100.
    pub volume: u8,
    /// Answer by itself after so many seconds, 0 to 60, where [`Feature::AutoAnswer`] is forced.
    pub auto_answer_seconds: u8,
    /// Ring while in a call.
    pub while_talking: bool,
}

impl Default for RingRules {
    fn default() -> Self {
        Self {
            sound: true,
            volume: 80,
            auto_answer_seconds: 3,
            while_talking: true,
        }
    }
}

/// What follows a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WrapUpRules {
    /// Seconds in which the agent wraps up, 0 to 3600; none if 0.
    pub seconds: u32,
    /// A disposition must be chosen.
    pub disposition_needed: bool,
    /// A note must be written.
    pub note_needed: bool,
}

/// What holds for one agent: part of [`crate::phone::PhoneSetup`]. After the event `policy`, ask for the set-up anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EffectivePolicy {
    /// The version it comes from.
    pub version: i64,
    /// Every feature, once.
    pub features: Vec<EffectiveFeature>,
    /// Words to choose after a call.
    pub dispositions: Vec<String>,
    /// How a call rings.
    pub ring: RingRules,
    /// What follows a call.
    pub wrap_up: WrapUpRules,
}

/// What holds for a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveFeature {
    /// The feature.
    pub feature: Feature,
    /// What holds.
    pub rule: Rule,
}

/// The answer of `POST /api/admin/policy/preview`: what would change for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPreview {
    /// Everybody for whom something changes.
    pub people: Vec<PersonPreview>,
    /// How many accounts there are for whom nothing changes.
    pub unchanged: u32,
}

/// What changes for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPreview {
    /// The account's name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What changes, a sentence each: `Hold: allowed, from now on forbidden.`
    pub changes: Vec<String>,
}

/// The policy changed: for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyNews {
    /// The version that holds now.
    pub version: i64,
}
