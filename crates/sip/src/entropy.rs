//! Randomness as an argument: a SHA-256 counter generator over a seed the host supplies.

use crate::digest::sha256;

/// One character per five bits; all of them are `token` characters (RFC 3261 §25.1) and legal in a host name.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Deterministic generator: block *n* is SHA-256(seed ‖ n). Two generators over one seed agree, so a session replays;
/// over a secret seed (`crypto.getRandomValues`) the next block cannot be told from the last ones.
pub struct Entropy {
    seed: [u8; 32],
    counter: u64,
}

impl Entropy {
    /// A generator over 32 random bytes.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, counter: 0 }
    }

    fn block(&mut self) -> [u8; 32] {
        let mut input = [0; 40];
        let (seed, counter) = input.split_at_mut(32);
        seed.copy_from_slice(&self.seed);
        counter.copy_from_slice(&self.counter.to_be_bytes());
        self.counter += 1;
        sha256(&input)
    }

    /// Appends `len` random characters of five bits each (at most 32).
    pub fn write_token(&mut self, len: usize, out: &mut String) {
        for byte in self.block().iter().take(len) {
            let letter = ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'a');
            out.push(char::from(letter));
        }
    }

    /// `len` random characters of five bits each (at most 32).
    pub fn token(&mut self, len: usize) -> String {
        let mut out = String::with_capacity(len);
        self.write_token(len, &mut out);
        out
    }

    /// A number in `0..bound` (0 for a bound of 0). The bias of the remainder is below 2⁻³².
    pub fn below(&mut self, bound: u32) -> u32 {
        let [a, b, c, d, e, f, g, h, ..] = self.block();
        let wide = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        u32::try_from(wide % u64::from(bound.max(1))).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_sequence() {
        let (mut one, mut two) = (Entropy::new([7; 32]), Entropy::new([7; 32]));
        for _ in 0..50 {
            assert_eq!(one.token(16), two.token(16));
            assert_eq!(one.below(1000), two.below(1000));
        }
    }

    #[test]
    fn tokens_do_not_repeat_and_differ_by_seed() {
        let (mut one, mut two) = (Entropy::new([1; 32]), Entropy::new([2; 32]));
        let mut seen = Vec::new();
        for _ in 0..200 {
            seen.push(one.token(10));
            seen.push(two.token(10));
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }

    #[test]
    fn below_stays_below_and_reaches_both_ends() {
        let mut entropy = Entropy::new([3; 32]);
        let drawn: Vec<u32> = (0..500).map(|_| entropy.below(10)).collect();
        assert!(drawn.iter().all(|n| *n < 10));
        assert!((0..10).all(|n| drawn.contains(&n)));
        assert_eq!(entropy.below(0), 0);
    }
}
