//! Calls in words.

use protocol::call::{Direction, Outcome};
use protocol::history::Issue;
use softphone::language::t;

/// Who called whom.
pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => t("Inbound"),
        Direction::Outbound => t("Outbound"),
    }
}

/// Every outcome with its word in a query.
pub(super) const OUTCOMES: [(&str, Outcome); 9] = [
    ("completed", Outcome::Completed),
    ("missed", Outcome::Missed),
    ("declined", Outcome::Declined),
    ("answered_elsewhere", Outcome::AnsweredElsewhere),
    ("customer_unanswered", Outcome::CustomerUnanswered),
    ("agent_unanswered", Outcome::AgentUnanswered),
    ("agent_cancelled", Outcome::AgentCancelled),
    ("not_dialled", Outcome::NotDialled),
    ("unknown", Outcome::Unknown),
];

/// How it ended: a tone and a word.
pub(super) fn outcome(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Completed => ("good", t("Completed")),
        Outcome::Missed => ("bad", t("Missed")),
        Outcome::Declined => ("wait", t("Declined")),
        Outcome::AnsweredElsewhere => ("", t("Answered elsewhere")),
        Outcome::CustomerUnanswered => ("wait", t("Customer did not answer")),
        Outcome::AgentUnanswered => ("bad", t("Agent did not answer")),
        Outcome::AgentCancelled => ("", t("Agent cancelled")),
        Outcome::NotDialled => ("bad", t("Not dialled")),
        Outcome::Unknown => ("", t("Unknown")),
    }
}

/// What was wrong.
pub(super) fn issue(issue: Issue) -> &'static str {
    match issue {
        Issue::NoIssue => t("nothing"),
        Issue::BackgroundNoise => t("background noise"),
        Issue::ChoppyAudio => t("choppy audio"),
        Issue::HighLatency => t("long delays"),
        Issue::NoAudio => t("no audio"),
        Issue::Echo => t("echo"),
    }
}
