//! Faults on demand: what a bad network and a busy platform do to webhooks.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How long an overtaken webhook waits for one that overtakes it, ms.
const PATIENCE: u64 = 5_000;
/// The longest delay that can be asked for, ms.
const LONGEST: u64 = 600_000;

/// What is to go wrong. All dice are thrown from the seed, so a run can be repeated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FaultPlan {
    pub(crate) seed: u64,
    /// Never sent.
    pub(crate) drop: Fault,
    /// Sent twice.
    pub(crate) duplicate: Fault,
    /// Sent `delay_ms` late.
    pub(crate) delay: Fault,
    /// Sent after the next one about the same call.
    pub(crate) reorder: Fault,
    pub(crate) delay_ms: u64,
}

/// How often one thing goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fault {
    /// For each webhook, 0 to 1.
    pub(crate) probability: f64,
    /// For certain, to this many from now on.
    pub(crate) next: u32,
}

/// Why a plan is no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultError {
    Probability,
    Delay,
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Probability => write!(f, "A probability is a number from 0 to 1."),
            Self::Delay => write!(f, "delay_ms is at most {LONGEST} (ten minutes)."),
        }
    }
}

impl std::error::Error for FaultError {}

impl Default for FaultPlan {
    fn default() -> Self {
        Self {
            seed: 1,
            drop: Fault::default(),
            duplicate: Fault::default(),
            delay: Fault::default(),
            reorder: Fault::default(),
            delay_ms: 3_000,
        }
    }
}

impl FaultPlan {
    pub(crate) fn check(&self) -> Result<(), FaultError> {
        let faults = [self.drop, self.duplicate, self.delay, self.reorder];
        if faults
            .iter()
            .any(|fault| !(0.0..=1.0).contains(&fault.probability))
        {
            return Err(FaultError::Probability);
        }
        if self.delay_ms > LONGEST {
            return Err(FaultError::Delay);
        }
        Ok(())
    }
}

/// What becomes of one webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Dropped,
    Sent { copies: u8, held: Held },
}

/// Why a webhook is not sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Not,
    /// So many ms.
    For(u64),
    /// Until one behind it has been sent, at most so many ms.
    ToBeOvertaken(u64),
}

/// A plan under way.
#[derive(Debug)]
pub(super) struct Mischief {
    pub(super) plan: FaultPlan,
    dice: u64,
}

impl Mischief {
    pub(super) fn new(plan: FaultPlan) -> Self {
        Self {
            dice: plan.seed,
            plan,
        }
    }

    /// Decides over the next webhook. Every die is thrown each time, so one fault's odds do not shift another's.
    pub(super) fn fate(&mut self) -> Fate {
        let throws = [self.throw(), self.throw(), self.throw(), self.throw()];
        let [drop, duplicate, delay, reorder] = throws;
        if strikes(&mut self.plan.drop, drop) {
            return Fate::Dropped;
        }
        let copies = 1 + u8::from(strikes(&mut self.plan.duplicate, duplicate));
        let held = if strikes(&mut self.plan.reorder, reorder) {
            Held::ToBeOvertaken(PATIENCE)
        } else if strikes(&mut self.plan.delay, delay) {
            Held::For(self.plan.delay_ms)
        } else {
            Held::Not
        };
        Fate::Sent { copies, held }
    }

    /// 0 to 1, without 1 (splitmix64).
    fn throw(&mut self) -> f64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        // 53 bits fill a float's mantissa.
        (z >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn strikes(fault: &mut Fault, throw: f64) -> bool {
    if fault.next > 0 {
        fault.next -= 1;
        return true;
    }
    throw < fault.probability
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(drop: f64, seed: u64) -> FaultPlan {
        FaultPlan {
            seed,
            drop: Fault {
                probability: drop,
                next: 0,
            },
            ..FaultPlan::default()
        }
    }

    fn dropped(plan: FaultPlan) -> Vec<bool> {
        let mut mischief = Mischief::new(plan);
        (0..1000).map(|_| mischief.fate() == Fate::Dropped).collect()
    }

    #[test]
    fn the_seed_decides_and_the_odds_hold() {
        assert_eq!(dropped(plan(0.3, 7)), dropped(plan(0.3, 7)));
        assert_ne!(dropped(plan(0.3, 7)), dropped(plan(0.3, 8)));
        let count = dropped(plan(0.3, 7)).into_iter().filter(|d| *d).count();
        assert!((250..350).contains(&count), "{count}");
        assert!(!dropped(plan(0.0, 7)).contains(&true));
        assert!(!dropped(plan(1.0, 7)).contains(&false));
    }

    #[test]
    fn a_count_strikes_so_often_and_no_more() {
        let mut mischief = Mischief::new(FaultPlan {
            duplicate: Fault {
                probability: 0.0,
                next: 2,
            },
            ..FaultPlan::default()
        });
        let copies = |fate| match fate {
            Fate::Sent { copies, .. } => copies,
            Fate::Dropped => 0,
        };
        let got: Vec<u8> = (0..4).map(|_| copies(mischief.fate())).collect();
        assert_eq!(got, [2, 2, 1, 1]);
    }

    #[test]
    fn a_plan_is_checked() {
        assert_eq!(plan(1.5, 0).check(), Err(FaultError::Probability));
        assert_eq!(plan(f64::NAN, 0).check(), Err(FaultError::Probability));
        let late = FaultPlan {
            delay_ms: LONGEST + 1,
            ..FaultPlan::default()
        };
        assert_eq!(late.check(), Err(FaultError::Delay));
        assert_eq!(plan(1.0, 0).check(), Ok(()));
    }
}
