//! When a webhook is tried again, and when nobody waits for its receiver any longer.

use protocol::Millis;

/// A webhook is tried for so long.
pub const A_DAY: Millis = 24 * 3_600_000;
/// A receiver to which nothing has got through for so long is told nothing more.
pub(super) const TOO_LONG: Millis = 3 * A_DAY;
/// The first wait.
const FIRST: Millis = 5_000;
/// The longest.
const LONGEST: Millis = 2 * 3_600_000;

/// The wait after so many tries: three times longer each time. `lot`, 0 to 255, moves it by a fifth either way, so that
/// what failed together does not come back together.
pub(super) fn wait(tries: u32, lot: u8) -> Millis {
    let longer = Millis::from(3_u8).saturating_pow(tries.saturating_sub(1).min(20));
    let wait = FIRST.saturating_mul(longer).min(LONGEST);
    wait * 4 / 5 + wait * 2 / 5 * Millis::from(lot) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_fill_a_day() {
        assert_eq!((wait(1, 0), wait(1, 255)), (4_000, 6_000));
        assert_eq!(wait(2, 128) / 1000, 15);
        assert_eq!((wait(9, 0), wait(u32::MAX, 255)), (5_760_000, 8_640_000));
        let mut at = 0;
        let tries = (1..).take_while(|tries| {
            at += wait(*tries, 128);
            at < A_DAY
        });
        assert_eq!(tries.count(), 18);
    }
}
