//! One connection, looked at once a second.

use crate::{Ledger, OneWay, Second, Signs, Step, Summary, Totals, Trouble, Warnings, Way};

/// What a look has shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The second since the look before.
    pub second: Second,
    /// Lasting trouble, the most telling first.
    pub troubles: Vec<Trouble>,
    /// The direction that is dead.
    pub dead: Option<Way>,
    /// What is new of that, and what to try.
    pub step: Option<Step>,
}

/// Everything remembered of a call.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    before: Option<Totals>,
    warnings: Warnings,
    one_way: OneWay,
    ledger: Ledger,
}

impl Judge {
    /// Takes a look. None for the first of a connection.
    pub fn look(&mut self, now: Totals, signs: Signs) -> Option<Verdict> {
        let second = self
            .before
            .replace(now)
            .and_then(|before| Second::between(&before, &now))?;
        let (one_way, step) = self.one_way.step(&second, signs);
        self.one_way = one_way;
        // While nothing is to come there is nothing to measure: a hold is no bad second.
        if signs.expect_in {
            self.warnings.step(&second);
            self.ledger.add(&second);
        }
        Some(Verdict {
            second,
            troubles: self.warnings.raised(),
            dead: self.one_way.dead(),
            step,
        })
    }

    /// The call so far.
    pub fn summary(&self) -> Summary {
        self.ledger.summary()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Remedy;

    fn run(expect_in: bool, packets_each: f64) -> (Judge, Vec<Verdict>) {
        let mut judge = Judge::default();
        let signs = Signs {
            expect_in,
            expect_out: true,
            muted: false,
            connected: true,
        };
        let looks = (0..5).filter_map(|n| {
            let mut totals = Totals {
                at: f64::from(n) * 1000.0,
                ..Totals::default()
            };
            totals.inbound.packets = f64::from(n) * packets_each;
            totals.outbound.packets = f64::from(n) * 50.0;
            judge.look(totals, signs)
        });
        let verdicts = looks.collect();
        (judge, verdicts)
    }

    #[test]
    fn the_first_look_is_no_second() {
        let (judge, verdicts) = run(true, 50.0);
        assert_eq!(verdicts.len(), 4);
        assert_eq!(judge.summary().seconds, 4.0);
    }

    #[test]
    fn a_dead_direction_stays_named() {
        let (_, verdicts) = run(true, 0.0);
        assert_eq!(verdicts[1].step, Some(Step::Named(Way::In, Remedy::Track)));
        assert_eq!(verdicts[3].dead, Some(Way::In));
    }

    #[test]
    fn a_hold_is_not_measured() {
        let (judge, verdicts) = run(false, 0.0);
        assert_eq!(judge.summary().seconds, 0.0);
        assert!(verdicts.iter().all(|verdict| verdict.dead.is_none()));
    }
}
