//! A reader's place in the log, as it stands in `id:` and `Last-Event-ID`.

use std::fmt;

use crate::store::{LogBounds, Seq};

/// `<epoch>-<seq>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor<'a> {
    pub(super) epoch: &'a str,
    pub(super) seq: Seq,
}

impl<'a> Cursor<'a> {
    /// Reads what a reader sent. `None`: no server of this kind ever wrote it.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (epoch, seq) = text.trim().rsplit_once('-')?;
        let seq = seq.parse().ok()?;
        // Else it was a number below zero.
        if epoch.ends_with('-') {
            return None;
        }
        Some(Self { epoch, seq })
    }

    /// Whether the log still holds everything after it. A place beyond the log's end is of a log that was set back.
    pub(super) fn is_held(&self, log: &LogBounds) -> bool {
        self.epoch == log.epoch && self.seq >= log.forgotten && self.seq <= log.last
    }
}

impl fmt::Display for Cursor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.epoch, self.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_what_it_writes_and_nothing_else() {
        let cursor = Cursor {
            epoch: "4f-2a",
            seq: 17,
        };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for text in ["", "17", "a-", "a-1e3", "a-99999999999999999999"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_log_holds_what_came_after_the_forgotten_part() {
        let log = LogBounds {
            epoch: "e".to_owned(),
            forgotten: 10,
            last: 20,
            since: 0,
        };
        let held = |epoch, seq| Cursor { epoch, seq }.is_held(&log);
        assert!(held("e", 10) && held("e", 20));
        assert!(!held("e", 9), "event 10 is gone");
        assert!(!held("e", 21), "the log was set back");
        assert!(!held("f", 15), "another log");
    }
}
