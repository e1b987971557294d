//! Jobs in words.

use leptos::prelude::*;
use protocol::admin::jobs::{JobCounts, JobKind, JobState, RowState};
use softphone::language::t;

use crate::screens::pieces::list::pill;

/// What it adds.
pub(super) fn kind(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Users => t("Users"),
        JobKind::Subscribers => t("Subscribers"),
    }
}

/// Where it stands.
pub(super) fn state(state: JobState) -> AnyView {
    match state {
        JobState::Checked => pill("wait", t("Checked, nothing sent")),
        JobState::Running => pill("live", t("Running")),
        JobState::Stopped => pill("wait", t("Stopped")),
        JobState::Done => pill("good", t("Done")),
    }
}

/// How a row stands.
pub(super) fn row(state: RowState) -> AnyView {
    let (tone, word) = row_word(state);
    pill(tone, word)
}

/// The same, as a tone and a word.
pub(super) fn row_word(state: RowState) -> (&'static str, &'static str) {
    match state {
        RowState::Ready => ("", t("To be sent")),
        RowState::Invalid => ("bad", t("Invalid")),
        RowState::Added => ("good", t("Added")),
        RowState::WasThere => ("good", t("Was there")),
        RowState::Failed => ("bad", t("Failed")),
        RowState::Unknown => ("wait", t("Unknown")),
    }
}

/// Every state of a row, with its word in a query and how many there are.
pub(super) fn counted(counts: &JobCounts) -> [(RowState, &'static str, u32); 6] {
    [
        (RowState::Ready, "ready", counts.ready),
        (RowState::Added, "added", counts.added),
        (RowState::WasThere, "was_there", counts.was_there),
        (RowState::Failed, "failed", counts.failed),
        (RowState::Unknown, "unknown", counts.unknown),
        (RowState::Invalid, "invalid", counts.invalid),
    ]
}

/// All rows; and those of which it is known how they went.
pub(super) fn whole_and_settled(counts: &JobCounts) -> (u32, u32) {
    let settled = counts.added + counts.was_there + counts.failed;
    (settled + counts.ready + counts.unknown + counts.invalid, settled)
}
