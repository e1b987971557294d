//! Counting what a test run says.

use std::ops::AddAssign;

/// How many tests went which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
}

impl Tally {
    /// A check that is no test.
    pub(super) fn of_check(passed: bool) -> Self {
        Self {
            passed: u32::from(passed),
            failed: u32::from(!passed),
        }
    }

    /// Takes a line such as `test result: ok. 12 passed; 0 failed; 0 ignored; …`; others say nothing.
    pub(super) fn hear(&mut self, line: &str) {
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        for clause in result.split(['.', ';']) {
            match clause.trim().split_once(' ') {
                Some((count, "passed")) => self.passed += count.parse().unwrap_or(0),
                Some((count, "failed")) => self.failed += count.parse().unwrap_or(0),
                Some(_) | None => {}
            }
        }
    }

    /// A run that failed without naming a failed test (it did not compile, it crashed, it hung) counts as one.
    pub(super) fn closed(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_add_up() {
        let mut tally = Tally::default();
        tally.hear("running 3 tests");
        tally.hear(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s",
        );
        tally.hear("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.5s");
        tally.hear("test says_99 passed ... ok");
        assert_eq!(
            tally,
            Tally {
                passed: 15,
                failed: 2
            }
        );
    }

    #[test]
    fn a_crash_is_a_failure() {
        assert_eq!(Tally::default().closed(false), Tally { passed: 0, failed: 1 });
        assert_eq!(
            Tally { passed: 1, failed: 2 }.closed(false),
            Tally { passed: 1, failed: 2 }
        );
        assert_eq!(
            Tally { passed: 1, failed: 0 }.closed(true),
            Tally { passed: 1, failed: 0 }
        );
    }
}
