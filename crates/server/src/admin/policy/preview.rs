//! What another policy would change, and for whom.

use protocol::admin::policy::{EffectivePolicy, PersonPreview, Policy, PolicyPreview, Rule};
use protocol::session::Role;

use super::effective;

/// Compares two policies for these accounts, by name and role, while `app` is in use.
pub fn of(
    before: &Policy,
    after: &Policy,
    people: impl Iterator<Item = (String, Role)>,
    app: &str,
    direct_calls: bool,
) -> PolicyPreview {
    let changes = |role: Role| {
        let effective = |policy| effective::of(policy, 0, role, app, direct_calls);
        let mut changes = compare(&effective(before), &effective(after));
        let sees = |policy: &Policy| match role >= policy.whole_numbers_from {
            true => "whole",
            false => "masked",
        };
        say(&mut changes, "Customers' numbers", sees(before), sees(after));
        changes
    };
    let mut preview = PolicyPreview {
        people: Vec::new(),
        unchanged: 0,
    };
    for (name, role) in people {
        let changes = changes(role);
        match changes.is_empty() {
            true => preview.unchanged += 1,
            false => preview.people.push(PersonPreview { name, role, changes }),
        }
    }
    preview
}

fn compare(before: &EffectivePolicy, after: &EffectivePolicy) -> Vec<String> {
    let mut changes = Vec::new();
    for (old, new) in before.features.iter().zip(&after.features) {
        say(
            &mut changes,
            effective::name(old.feature),
            word(old.rule),
            word(new.rule),
        );
    }
    let list = |policy: &EffectivePolicy| match policy.dispositions.is_empty() {
        true => "none".to_owned(),
        false => policy.dispositions.join(", "),
    };
    say(&mut changes, "Dispositions", &list(before), &list(after));
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let seconds = |seconds: u32| format!("{seconds} s");
    let (ring, wrap_up) = (before.ring, before.wrap_up);
    for (what, old, new) in [
        (
            "Ring aloud",
            yes(ring.sound).to_owned(),
            yes(after.ring.sound).to_owned(),
        ),
        (
            "Loudness",
            format!("{} %", ring.volume),
            format!("{} %", after.ring.volume),
        ),
        (
            "Answering by itself after",
            seconds(ring.auto_answer_seconds.into()),
            seconds(after.ring.auto_answer_seconds.into()),
        ),
        (
            "Ring while in a call",
            yes(ring.while_talking).to_owned(),
            yes(after.ring.while_talking).to_owned(),
        ),
        (
            "Wrapping up",
            seconds(wrap_up.seconds),
            seconds(after.wrap_up.seconds),
        ),
        (
            "A disposition is needed",
            yes(wrap_up.disposition_needed).to_owned(),
            yes(after.wrap_up.disposition_needed).to_owned(),
        ),
        (
            "A note is needed",
            yes(wrap_up.note_needed).to_owned(),
            yes(after.wrap_up.note_needed).to_owned(),
        ),
    ] {
        say(&mut changes, what, &old, &new);
    }
    changes
}

fn say(changes: &mut Vec<String>, what: &str, before: &str, after: &str) {
    if before != after {
        changes.push(format!("{what}: {before}, from now on {after}."));
    }
}

fn word(rule: Rule) -> &'static str {
    match rule {
        Rule::Allowed => "allowed",
        Rule::Forced => "always on",
        Rule::Forbidden => "forbidden",
    }
}
