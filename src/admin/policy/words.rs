//! The policy in words.

use protocol::admin::policy::{Feature, FeatureRule, Policy, Rule};
use softphone::language::{fill, t};

use crate::screens::frame::role_word;

/// Every feature with its word in a form.
pub(super) const FEATURES: [(&str, Feature); 11] = [
    ("platform_calls", Feature::PlatformCalls),
    ("direct_calls", Feature::DirectCalls),
    ("hold", Feature::Hold),
    ("dtmf", Feature::Dtmf),
    ("mute", Feature::Mute),
    ("auto_answer", Feature::AutoAnswer),
    ("device_switch", Feature::DeviceSwitch),
    ("feedback", Feature::Feedback),
    ("notes", Feature::Notes),
    ("log_upload", Feature::LogUpload),
    ("notifications", Feature::Notifications),
];

/// A feature for people.
pub(super) fn feature(feature: Feature) -> &'static str {
    match feature {
        Feature::PlatformCalls => t("Calls through the platform"),
        Feature::DirectCalls => t("Direct SIP calls"),
        Feature::Hold => t("Hold"),
        Feature::Dtmf => t("Keypad tones"),
        Feature::Mute => t("Mute"),
        Feature::AutoAnswer => t("Answering by itself"),
        Feature::DeviceSwitch => t("Switching the device"),
        Feature::Feedback => t("Rating calls"),
        Feature::Notes => t("Notes"),
        Feature::LogUpload => t("Sending logs"),
        Feature::Notifications => t("Desktop notifications"),
    }
}

/// A rule for people.
pub(super) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Allowed => t("Allowed: the agent may turn it off"),
        Rule::Forced => t("Forced: always on"),
        Rule::Forbidden => t("Forbidden"),
    }
}

/// The policy's parts, each as a text, to be compared.
pub(super) fn sections(policy: &Policy) -> [(&'static str, String); 5] {
    let rules: Vec<String> = policy.features.iter().map(one).collect();
    let ring = policy.ring;
    let wrap = policy.wrap_up;
    let yes = |value: bool| if value { t("Yes") } else { t("No") };
    let ringing = fill(
        "aloud: {0}; loudness {1}; by itself after {2} s; while talking: {3}",
        &[
            yes(ring.sound),
            &ring.volume.to_string(),
            &ring.auto_answer_seconds.to_string(),
            yes(ring.while_talking),
        ],
    );
    let wrapping = fill(
        "{0} s; disposition needed: {1}; note needed: {2}",
        &[
            &wrap.seconds.to_string(),
            yes(wrap.disposition_needed),
            yes(wrap.note_needed),
        ],
    );
    [
        (t("What agents may do"), rules.join("; ")),
        (t("Dispositions"), policy.dispositions.join(", ")),
        (
            t("Whole numbers from"),
            role_word(policy.whole_numbers_from).to_owned(),
        ),
        (t("Ringing"), ringing),
        (t("Wrap-up"), wrapping),
    ]
}

fn one(rule_of: &FeatureRule) -> String {
    let role = rule_of.role.map_or_else(|| t("everybody"), role_word);
    let app = rule_of.app.as_deref().unwrap_or(t("every app"));
    fill(
        "{0}: {1} ({2}, {3})",
        &[feature(rule_of.feature), rule(rule_of.rule), role, app],
    )
}
