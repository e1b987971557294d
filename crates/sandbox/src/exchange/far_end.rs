//! A scripted phone without a media peer: what [`crate::numbers`] says, as moments.

use crate::numbers::{self, Behaviour, Step};

/// What a phone does in the end when it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Answers,
    Refuses(u16),
    /// Rings until the caller gives up.
    Never,
}

/// The script behind any number: its last four digits may name one, else somebody picks up and a tune plays.
pub(crate) fn of_number(number: &str) -> Option<&'static Behaviour> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().checked_sub(4).and_then(|start| digits.get(start..));
    last.and_then(numbers::dialled)
        .or_else(|| numbers::caller("melody"))
}

/// When a called phone decides, ms after it began to ring, and how.
pub(crate) fn called(behaviour: &Behaviour) -> (u64, Verdict) {
    let mut at = 0;
    for step in behaviour.called {
        match step {
            Step::Wait(ms) | Step::After(ms) => at += ms,
            Step::Answer => return (at, Verdict::Answers),
            Step::Reject(status) => return (at, Verdict::Refuses(*status)),
            Step::Ring
            | Step::EarlyMedia
            | Step::Play(_)
            | Step::Deaf(_)
            | Step::Stuck
            | Step::Hold(_)
            | Step::HangUp => {}
        }
    }
    (at, Verdict::Never)
}

/// When a phone in a call hangs up, ms after the answer.
pub(super) fn hangs_up(behaviour: &Behaviour, after: Option<u64>) -> Option<u64> {
    until_hang_up(behaviour.talking, after)
}

/// When a calling phone gives up, ms after it began to ring the other side.
pub(super) fn gives_up(behaviour: &Behaviour, after: Option<u64>) -> Option<u64> {
    until_hang_up(behaviour.calling, after)
}

fn until_hang_up(steps: &[Step], after: Option<u64>) -> Option<u64> {
    let mut at = 0;
    for step in steps {
        match step {
            Step::Wait(ms) => at += ms,
            Step::After(ms) => at += after.unwrap_or(*ms),
            Step::HangUp => return Some(at),
            Step::Ring
            | Step::EarlyMedia
            | Step::Answer
            | Step::Reject(_)
            | Step::Play(_)
            | Step::Deaf(_)
            | Step::Stuck
            | Step::Hold(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> (u64, Verdict) {
        called(of_number(text).unwrap())
    }

    #[test]
    fn the_last_four_digits_choose_the_script() {
        assert_eq!(number("+919812341004"), (0, Verdict::Refuses(486)));
        assert_eq!(number("09812341005"), (0, Verdict::Never));
        assert_eq!(number("1008"), (2_000, Verdict::Refuses(603)));
        assert_eq!(number("+91 98765 43210"), (600, Verdict::Answers));
        assert_eq!(number(""), (600, Verdict::Answers));
    }

    #[test]
    fn scripts_end_when_they_say() {
        assert_eq!(hangs_up(numbers::dialled("1010").unwrap(), None), Some(5_000));
        assert_eq!(hangs_up(numbers::dialled("1010").unwrap(), Some(9)), Some(9));
        assert_eq!(hangs_up(numbers::dialled("1001").unwrap(), None), None);
        assert_eq!(gives_up(numbers::caller("cancels").unwrap(), None), Some(3_000));
    }
}
