//! How a past call is told in a list.

use phone::Millis;
use phone::view::Way;

use super::{ago, duration};
use crate::companion::{Outcome, Past};
use crate::language::t;

/// How it went, in a few words.
#[must_use]
pub fn outcome(way: Way, outcome: Option<Outcome>) -> &'static str {
    match (outcome, way) {
        (None, _) => t("In progress"),
        (Some(Outcome::Completed | Outcome::Unknown), Way::In) => t("Incoming"),
        (Some(Outcome::Completed | Outcome::Unknown), Way::Out) => t("Outgoing"),
        (Some(Outcome::Missed), _) => t("Missed"),
        (Some(Outcome::Declined), _) => t("Declined"),
        (Some(Outcome::AnsweredElsewhere), _) => t("Answered by somebody else"),
        (Some(Outcome::CustomerUnanswered), _) => t("Nobody answered"),
        (Some(Outcome::AgentUnanswered), _) => t("Your phone did not answer"),
        (Some(Outcome::AgentCancelled), _) => t("Cancelled"),
        (Some(Outcome::NotDialled), _) => t("Could not be dialled"),
    }
}

/// What became of a missed call, where the server knows more than that it was missed.
#[must_use]
pub fn missed(outcome: Option<Outcome>) -> Option<&'static str> {
    match outcome {
        Some(Outcome::AnsweredElsewhere) => Some(t("answered by somebody else")),
        Some(Outcome::Declined) => Some(t("declined")),
        Some(
            Outcome::Missed
            | Outcome::Completed
            | Outcome::CustomerUnanswered
            | Outcome::AgentUnanswered
            | Outcome::AgentCancelled
            | Outcome::NotDialled
            | Outcome::Unknown,
        )
        | None => None,
    }
}

/// The line below the number: `Outgoing · 1 min 5 s · 3 h ago`.
#[must_use]
pub fn about(past: &Past, now: Millis) -> String {
    let talked = past.talked.filter(|talked| *talked > 0).map(duration);
    let parts = [
        Some(outcome(past.way, past.outcome).to_owned()),
        talked,
        Some(ago(past.at, now)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_how_long_and_when() {
        let past = Past {
            sid: "s".into(),
            way: Way::Out,
            number: "+919812345678".into(),
            virtual_number: String::new(),
            at: 60_000,
            outcome: Some(Outcome::Completed),
            talked: Some(65),
            answered: None,
            ended: None,
            recorded: false,
            note: None,
        };
        assert_eq!(about(&past, 180_000), "Outgoing · 1 min 5 s · 2 min ago");
        let missed = Past {
            way: Way::In,
            outcome: Some(Outcome::Missed),
            talked: Some(0),
            ..past
        };
        assert_eq!(about(&missed, 60_000), "Missed · just now");
    }

    #[test]
    fn an_unknown_end_is_not_called_missed() {
        assert_eq!(outcome(Way::In, Some(Outcome::Unknown)), "Incoming");
        assert_eq!(outcome(Way::In, None), "In progress");
    }
}
