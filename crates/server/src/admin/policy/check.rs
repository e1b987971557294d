//! Whether a policy can be.

use std::collections::BTreeSet;

use protocol::admin::policy::Policy;

use crate::Refused;

/// Words to choose after a call, and the longest one in characters.
const DISPOSITIONS: (usize, usize) = (50, 40);
/// Rules for features.
const RULES: usize = 200;
/// Seconds.
const LONGEST_WRAP_UP: u32 = 3600;
const LONGEST_AUTO_ANSWER: u8 = 60;

/// # Errors
/// 422 names the part that cannot be.
pub fn check(policy: &Policy) -> Result<(), Refused> {
    let (most, longest) = DISPOSITIONS;
    let words: BTreeSet<String> = policy
        .dispositions
        .iter()
        .map(|word| word.trim().to_lowercase())
        .collect();
    let fits = |word: &String| (1..=longest).contains(&word.trim().chars().count());
    if policy.dispositions.len() > most || !policy.dispositions.iter().all(fits) {
        let message = format!("There are at most {most} dispositions, each of 1 to {longest} characters.");
        return Err(Refused::field("dispositions", message));
    }
    if words.len() < policy.dispositions.len() {
        return Err(Refused::field(
            "dispositions",
            "A disposition occurs twice. Remove one.",
        ));
    }
    let mut seen = Vec::new();
    for rule in &policy.features {
        let place = (rule.feature, rule.role, rule.app.as_deref());
        if rule.app.as_deref() == Some("") {
            return Err(Refused::field(
                "features",
                "A rule for an app names it. Choose one, or all.",
            ));
        }
        if seen.contains(&place) {
            let message = "A feature has two rules for the same role and app. Remove one.";
            return Err(Refused::field("features", message));
        }
        seen.push(place);
    }
    if policy.features.len() > RULES {
        return Err(Refused::field(
            "features",
            format!("There are at most {RULES} rules."),
        ));
    }
    if policy.ring.volume > 100 {
        return Err(Refused::field("ring.volume", "Loudness is 0 to 100."));
    }
    if policy.ring.auto_answer_seconds > LONGEST_AUTO_ANSWER {
        let message = format!("A call is answered by itself after at most {LONGEST_AUTO_ANSWER} s.");
        return Err(Refused::field("ring.auto_answer_seconds", message));
    }
    if policy.wrap_up.seconds > LONGEST_WRAP_UP {
        let message = format!("Wrapping up takes at most {LONGEST_WRAP_UP} s.");
        return Err(Refused::field("wrap_up.seconds", message));
    }
    if policy.wrap_up.disposition_needed && policy.dispositions.is_empty() {
        let message = "A disposition cannot be needed while there is none to choose. Add one.";
        return Err(Refused::field("wrap_up.disposition_needed", message));
    }
    Ok(())
}
