//! Which rows of a long list are in view. All rows are equally high; lengths are CSS pixels.

use std::ops::Range;

/// Rows kept ready above and below what is in view, so that a quick scroll finds them drawn.
const SPARE: usize = 6;
/// Rows drawn before anybody has measured.
const FIRST: usize = 16;

/// A scrolled box, as it was measured last.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measured {
    /// How far it is scrolled.
    pub top: f64,
    /// Its height.
    pub height: f64,
    /// The height of one row; 0 before there was one.
    pub row: f64,
}

impl Measured {
    /// The rows to draw, of so many.
    #[must_use]
    pub fn rows(self, count: usize) -> Range<usize> {
        if self.row <= 0.0 {
            return 0..count.min(FIRST);
        }
        let first = (self.top.max(0.0) / self.row) as usize;
        let shown = (self.height.max(0.0) / self.row).ceil() as usize + 1;
        let end = first.saturating_add(shown + SPARE).min(count);
        first.saturating_sub(SPARE).min(end)..end
    }

    /// How many rows a page down goes.
    fn page(self) -> usize {
        match self.row > 0.0 {
            true => ((self.height / self.row) as usize).max(2) - 1,
            false => 1,
        }
    }

    /// Where to scroll so that the row is in view; `None` if it is.
    #[must_use]
    pub fn scrolled_to(self, row: usize) -> Option<f64> {
        let top = row as f64 * self.row;
        let bottom = top + self.row;
        if top < self.top {
            Some(top)
        } else if bottom > self.top + self.height {
            Some(bottom - self.height)
        } else {
            None
        }
    }

    /// The row that a key leads to (`KeyboardEvent.key`); `None` if it leads nowhere.
    #[must_use]
    pub fn after_key(self, key: &str, row: usize, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        let to = match key {
            "ArrowDown" => row.saturating_add(1),
            "ArrowUp" => row.saturating_sub(1),
            "PageDown" => row.saturating_add(self.page()),
            "PageUp" => row.saturating_sub(self.page()),
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        Some(to.min(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Measured = Measured {
        top: 6_000.0,
        height: 480.0,
        row: 60.0,
    };

    #[test]
    fn what_is_in_view_and_a_little_more_is_drawn() {
        assert_eq!(BOX.rows(10_000), 94..115);
        assert_eq!(Measured { top: 0.0, ..BOX }.rows(10_000), 0..15);
        assert_eq!(BOX.rows(101), 94..101);
        // A list that has become shorter than where it was scrolled to.
        assert_eq!(BOX.rows(3), 3..3);
        assert_eq!(BOX.rows(0), 0..0);
        // Bounced past its top.
        assert_eq!(Measured { top: -80.0, ..BOX }.rows(50), 0..15);
    }

    #[test]
    fn before_it_is_measured_the_first_rows_are_drawn() {
        assert_eq!(Measured::default().rows(10_000), 0..16);
        assert_eq!(Measured::default().rows(2), 0..2);
        let hidden = Measured { height: 0.0, ..BOX };
        assert!(!hidden.rows(10_000).is_empty());
    }

    #[test]
    fn keys_move_within_the_list() {
        for (key, to) in [
            ("ArrowDown", Some(6)),
            ("ArrowUp", Some(4)),
            ("PageDown", Some(12)),
            ("PageUp", Some(0)),
            ("Home", Some(0)),
            ("End", Some(19)),
            ("Tab", None),
        ] {
            assert_eq!(BOX.after_key(key, 5, 20), to, "{key}");
        }
        assert_eq!(BOX.after_key("ArrowDown", 19, 20), Some(19));
        assert_eq!(BOX.after_key("End", 0, 0), None);
    }

    #[test]
    fn a_row_out_of_view_is_scrolled_to_by_the_shortest_way() {
        assert_eq!(BOX.scrolled_to(100), None);
        assert_eq!(BOX.scrolled_to(107), None);
        assert_eq!(BOX.scrolled_to(108), Some(109.0 * 60.0 - 480.0));
        assert_eq!(BOX.scrolled_to(99), Some(99.0 * 60.0));
    }
}
