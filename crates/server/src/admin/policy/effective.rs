//! What a policy comes to for one role.

use protocol::admin::policy::{EffectiveFeature, EffectivePolicy, Feature, Policy, Rule};
use protocol::session::Role;

/// Every feature, in the order of the screens.
pub const FEATURES: [Feature; 11] = [
    Feature::PlatformCalls,
    Feature::DirectCalls,
    Feature::Hold,
    Feature::Mute,
    Feature::Dtmf,
    Feature::AutoAnswer,
    Feature::DeviceSwitch,
    Feature::Feedback,
    Feature::Notes,
    Feature::LogUpload,
    Feature::Notifications,
];

/// For somebody of `role` while `app` is in use. `direct_calls` is the configuration's word where no rule says.
pub fn of(policy: &Policy, version: i64, role: Role, app: &str, direct_calls: bool) -> EffectivePolicy {
    let feature = |feature| EffectiveFeature {
        feature,
        rule: rule(policy, feature, role, app, direct_calls),
    };
    EffectivePolicy {
        version,
        features: FEATURES.into_iter().map(feature).collect(),
        dispositions: policy.dispositions.clone(),
        ring: policy.ring,
        wrap_up: policy.wrap_up,
    }
}

/// What holds for one feature: the rule that says most, else the configuration.
pub fn rule(policy: &Policy, feature: Feature, role: Role, app: &str, direct_calls: bool) -> Rule {
    let fits = policy.features.iter().filter(|rule| {
        rule.feature == feature
            && rule.role.is_none_or(|its| its == role)
            && rule.app.as_deref().is_none_or(|its| its == app)
    });
    let says_most = fits.max_by_key(|rule| (rule.app.is_some(), rule.role.is_some()));
    match (says_most, feature) {
        (Some(rule), _) => rule.rule,
        (None, Feature::DirectCalls) if !direct_calls => Rule::Forbidden,
        // Nobody's microphone opens by itself unless somebody said so.
        (None, Feature::AutoAnswer) => Rule::Forbidden,
        (
            None,
            Feature::PlatformCalls
            | Feature::DirectCalls
            | Feature::Hold
            | Feature::Mute
            | Feature::Dtmf
            | Feature::DeviceSwitch
            | Feature::Feedback
            | Feature::Notes
            | Feature::LogUpload
            | Feature::Notifications,
        ) => Rule::Allowed,
    }
}

/// A feature for people.
pub fn name(feature: Feature) -> &'static str {
    match feature {
        Feature::PlatformCalls => "Calls through the platform",
        Feature::DirectCalls => "Direct calls to SIP addresses",
        Feature::Hold => "Hold",
        Feature::Mute => "Mute",
        Feature::Dtmf => "Tones",
        Feature::AutoAnswer => "Answering by itself",
        Feature::DeviceSwitch => "Switching the device",
        Feature::Feedback => "Rating calls",
        Feature::Notes => "Notes",
        Feature::LogUpload => "Sending logs",
        Feature::Notifications => "Notifications",
    }
}

#[cfg(test)]
mod tests {
    use protocol::admin::policy::{FeatureRule, RingRules, WrapUpRules};

    use super::*;

    #[test]
    fn the_rule_that_says_most_wins() {
        let rule_for = |role: Option<Role>, app: Option<&str>, rule| FeatureRule {
            feature: Feature::Hold,
            role,
            app: app.map(str::to_owned),
            rule,
        };
        let policy = Policy {
            features: vec![
                rule_for(Some(Role::Agent), Some("a"), Rule::Allowed),
                rule_for(None, Some("a"), Rule::Forced),
                rule_for(Some(Role::Agent), None, Rule::Forbidden),
                rule_for(None, None, Rule::Forced),
            ],
            dispositions: Vec::new(),
            whole_numbers_from: Role::Agent,
            ring: RingRules::default(),
            wrap_up: WrapUpRules::default(),
        };
        let hold = |role, app| rule(&policy, Feature::Hold, role, app, true);
        assert_eq!(hold(Role::Agent, "a"), Rule::Allowed);
        assert_eq!(hold(Role::Admin, "a"), Rule::Forced);
        assert_eq!(hold(Role::Agent, "b"), Rule::Forbidden);
        assert_eq!(hold(Role::Admin, "b"), Rule::Forced);
        let without = |feature, direct| rule(&policy, feature, Role::Agent, "a", direct);
        assert_eq!(without(Feature::DirectCalls, false), Rule::Forbidden);
        assert_eq!(without(Feature::DirectCalls, true), Rule::Allowed);
        assert_eq!(without(Feature::AutoAnswer, true), Rule::Forbidden);
    }
}
