//! What the admin's policy says of calls and what follows them.

use super::Json;

/// The part of a `protocol::admin::policy::EffectivePolicy` that an agent's screens follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Words to choose after a call.
    pub dispositions: Vec<String>,
    /// Notes may be written.
    pub notes: bool,
    /// Desktop notifications may be shown.
    pub notifications: bool,
    /// What follows a call.
    pub wrap_up: WrapUp,
    /// A number or address that sends back what it hears, for test calls.
    pub echo: Option<String>,
}

/// What follows a call (`protocol::admin::policy::WrapUpRules`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WrapUp {
    /// Seconds in which the agent wraps up; none if 0.
    pub seconds: u64,
    /// A disposition must be chosen.
    pub disposition_needed: bool,
    /// A note must be written.
    pub note_needed: bool,
}

impl Default for Policy {
    /// Before the server has said: nothing is asked for, nothing is forbidden.
    fn default() -> Self {
        Self {
            dispositions: Vec::new(),
            notes: true,
            notifications: true,
            wrap_up: WrapUp::default(),
            echo: None,
        }
    }
}

impl Policy {
    /// Reads the policy of a `protocol::phone::PhoneSetup`.
    pub fn read(setup: &impl Json) -> Self {
        let Some(policy) = setup.get("policy") else {
            return Self::default();
        };
        let features = policy.all("features");
        let allows = |name: &str| {
            let rule = features
                .iter()
                .find(|rule| rule.text("feature").as_deref() == Some(name))
                .and_then(|rule| rule.text("rule"));
            rule.as_deref() != Some("forbidden")
        };
        let wrap_up = policy.get("wrap_up").map(|rules| WrapUp {
            seconds: rules.whole("seconds").unwrap_or_default(),
            disposition_needed: rules.is("disposition_needed"),
            note_needed: rules.is("note_needed"),
        });
        Self {
            dispositions: policy
                .all("dispositions")
                .iter()
                .filter_map(Json::string)
                .collect(),
            notes: allows("notes"),
            notifications: allows("notifications"),
            wrap_up: wrap_up.unwrap_or_default(),
            echo: setup.text("echo"),
        }
    }
}
