//! How long to wait before the next connection attempt.

use crate::Millis;

/// First attempts: soon, and spread so that thousands of phones do not come back in one instant.
const QUICK: [Millis; 5] = [0, 300, 1_000, 2_000, 4_000];
/// RFC 5626 §4.5 base time while every flow has failed.
const BASE: Millis = 30_000;
/// Our ceiling; the RFC's 1,800 s is too long for an agent on shift.
const CAP: Millis = 60_000;

/// Wait before attempt `failures` + 1, given how many attempts in a row have failed and one random number.
///
/// Full jitter over 0, 0.3, 1, 2 and 4 s, then RFC 5626 §4.5: half to all of `base * 2^n`, capped at 60 s.
pub(crate) fn delay(failures: u32, random: u64) -> Millis {
    let slot = failures.saturating_sub(1) as usize;
    match QUICK.get(slot) {
        Some(&most) => random % (most + 1),
        None => {
            let doublings = (slot - QUICK.len()).min(8) as u32;
            let most = (BASE << doublings).min(CAP);
            most / 2 + random % (most / 2 + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_retry_is_immediate() {
        assert_eq!(delay(1, u64::MAX), 0);
    }

    #[test]
    fn quick_retries_use_full_jitter() {
        for (failures, most) in [(2, 300), (3, 1_000), (4, 2_000), (5, 4_000)] {
            assert_eq!(delay(failures, most), most);
            assert_eq!(delay(failures, most + 1), 0);
            assert!((0..10_000).all(|random| delay(failures, random) <= most));
        }
    }

    #[test]
    fn later_retries_follow_rfc_5626_up_to_a_minute() {
        assert!(
            (0..100_000)
                .step_by(7)
                .all(|random| (15_000..=30_000).contains(&delay(6, random)))
        );
        for failures in [7, 8, 50, u32::MAX] {
            assert!(
                (0..100_000)
                    .step_by(7)
                    .all(|random| (30_000..=60_000).contains(&delay(failures, random)))
            );
        }
    }
}
