//! How single facts are joined. Each rule gives the same result in any order and with any repeats.

use protocol::Millis;
use serde::{Deserialize, Serialize};

/// Who said something, least trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Nobody: it follows from the sort of webhook.
    Implied,
    /// Call details.
    Details,
    /// A webhook, in so many words.
    Webhook,
    /// We ourselves, when we placed the call.
    Ourselves,
}

/// A fact that sources may disagree on: the more trusted source counts, of two equal ones the greater value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Told<T> {
    /// Who said it.
    pub by: Source,
    /// What.
    pub what: T,
}

impl<T> Told<T> {
    /// `what`, said by `by`.
    pub fn new(by: Source, what: T) -> Self {
        Self { by, what }
    }
}

/// Keeps the greater value; something is greater than nothing.
pub(super) fn most<T: Ord + Clone>(mine: &mut Option<T>, theirs: &Option<T>) -> bool {
    let grows = *theirs > *mine;
    if grows {
        mine.clone_from(theirs);
    }
    grows
}

/// Keeps the earlier moment.
pub(super) fn earliest(mine: &mut Option<Millis>, theirs: Option<Millis>) -> bool {
    let earlier = match (*mine, theirs) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(mine), Some(theirs)) => theirs < mine,
    };
    if earlier {
        *mine = theirs;
    }
    earlier
}

/// Once true, always true.
pub(super) fn either(mine: &mut bool, theirs: bool) -> bool {
    let learnt = theirs && !*mine;
    *mine |= theirs;
    learnt
}
