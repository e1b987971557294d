//! Lasting trouble. A warning is raised after some bad seconds and goes only after more good ones, at a lower mark: a measure
//! that swings around one mark does not flicker.

use serde::{Deserialize, Serialize};

use crate::Second;

/// What may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Trouble {
    /// Words of the far side go missing.
    LossIn,
    /// Our words go missing at the far side.
    LossOut,
    /// Long pauses between saying and hearing.
    Delay,
    /// Packets come unevenly.
    Jitter,
    /// The score is low, for whatever reason.
    Poor,
}

impl Trouble {
    /// In order of what to tell first.
    pub const ALL: [Self; 5] = [Self::LossIn, Self::LossOut, Self::Delay, Self::Jitter, Self::Poor];

    /// What is measured; none if this second does not say.
    fn measure(self, second: &Second) -> Option<f64> {
        match self {
            Self::LossIn => Some(second.loss),
            Self::LossOut => second.far_loss,
            Self::Delay => second.round_trip,
            Self::Jitter => Some(second.jitter),
            // Upside down, so that more is worse for all.
            Self::Poor => (second.received > 0.0).then_some(-second.mos),
        }
    }

    /// From where on a second is bad, and up to where it is good again.
    const fn marks(self) -> (f64, f64) {
        match self {
            Self::LossIn | Self::LossOut => (0.05, 0.02),
            Self::Delay => (400.0, 300.0),
            Self::Jitter => (40.0, 25.0),
            Self::Poor => (-3.1, -3.6),
        }
    }
}

/// Bad seconds in a row until it is said.
const RAISE: u8 = 3;
/// Good seconds in a row until it goes.
const CLEAR: u8 = 5;

/// ```text
///          3 bad seconds in a row
/// Calm -----------------------------> Raised
///      <-----------------------------
///          5 good seconds in a row
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watch {
    /// Nothing to say; so many bad seconds just now.
    Calm { bad: u8 },
    /// Said; so many good seconds just now.
    Raised { good: u8 },
}

impl Watch {
    fn step(self, measure: f64, (bad_from, good_to): (f64, f64)) -> Self {
        match self {
            Self::Calm { .. } if measure < bad_from => Self::Calm { bad: 0 },
            Self::Calm { bad } if bad + 1 >= RAISE => Self::Raised { good: 0 },
            Self::Calm { bad } => Self::Calm { bad: bad + 1 },
            Self::Raised { .. } if measure > good_to => Self::Raised { good: 0 },
            Self::Raised { good } if good + 1 >= CLEAR => Self::Calm { bad: 0 },
            Self::Raised { good } => Self::Raised { good: good + 1 },
        }
    }
}

/// All of a call's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warnings([Watch; Trouble::ALL.len()]);

impl Default for Warnings {
    fn default() -> Self {
        Self([Watch::Calm { bad: 0 }; Trouble::ALL.len()])
    }
}

impl Warnings {
    /// Takes a second. What it does not measure stays as it was.
    pub fn step(&mut self, second: &Second) {
        for (watch, trouble) in self.0.iter_mut().zip(Trouble::ALL) {
            if let Some(measure) = trouble.measure(second) {
                *watch = watch.step(measure, trouble.marks());
            }
        }
    }

    /// What stands now, the most telling first. A low score is named only where no cause is.
    pub fn raised(&self) -> Vec<Trouble> {
        let raised = self.0.iter().zip(Trouble::ALL);
        let mut raised: Vec<Trouble> = raised
            .filter(|(watch, _)| matches!(watch, Watch::Raised { .. }))
            .map(|(_, trouble)| trouble)
            .collect();
        if raised.len() > 1 {
            raised.retain(|trouble| *trouble != Trouble::Poor);
        }
        raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Totals;

    fn second(loss: f64) -> Second {
        let mut now = Totals::default();
        (now.at, now.inbound.packets) = (1000.0, 50.0);
        let clean = Second::between(&Totals::default(), &now).unwrap();
        Second {
            loss,
            mos: crate::mos::score(clean.delay, loss),
            ..clean
        }
    }

    fn after(seconds: &[f64]) -> Vec<Trouble> {
        let mut warnings = Warnings::default();
        seconds.iter().for_each(|loss| warnings.step(&second(*loss)));
        warnings.raised()
    }

    #[test]
    fn three_bad_seconds_in_a_row_raise_it() {
        assert!(after(&[0.2, 0.2]).is_empty());
        assert!(after(&[0.2, 0.2, 0.0, 0.2, 0.2]).is_empty());
        assert_eq!(after(&[0.06, 0.06, 0.06]), [Trouble::LossIn]);
    }

    #[test]
    fn five_good_seconds_in_a_row_clear_it() {
        let bad = [0.06; 3];
        let then = |more: &[f64]| after(&[&bad, more].concat());
        assert_eq!(then(&[0.0; 4]), [Trouble::LossIn]);
        assert!(then(&[0.0; 5]).is_empty());
        // Between the marks is neither good nor bad.
        assert_eq!(then(&[0.03; 30]), [Trouble::LossIn]);
        assert!(after(&[0.03; 30]).is_empty());
    }

    #[test]
    fn a_low_score_is_named_only_without_a_cause() {
        assert_eq!(after(&[0.3; 3]), [Trouble::LossIn]);
        let mut warnings = Warnings::default();
        let poor = Second {
            mos: 2.5,
            ..second(0.0)
        };
        (0..3).for_each(|_| warnings.step(&poor));
        assert_eq!(warnings.raised(), [Trouble::Poor]);
    }

    #[test]
    fn what_is_not_measured_changes_nothing() {
        let mut warnings = Warnings::default();
        let far = |far_loss| Second {
            far_loss,
            ..second(0.0)
        };
        for far_loss in [Some(0.1), None, Some(0.1), None, Some(0.1)] {
            warnings.step(&far(far_loss));
        }
        assert_eq!(warnings.raised(), [Trouble::LossOut]);
    }
}
