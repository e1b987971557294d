//! Random numbers from the host's seed, so that a recorded session replays byte for byte.

/// Jitter and the seeds of user agents. Nothing secret hangs on the jitter; what a user agent makes of its seed is
/// a matter of its own generator.
pub(crate) struct Entropy {
    seed: [u8; 32],
    agents: u64,
    state: u64,
}

impl Entropy {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = seed;
        Self {
            seed,
            agents: 0,
            state: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        }
    }

    /// A number for jitter (SplitMix64).
    pub(crate) fn jitter(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A seed no earlier user agent of this phone has had.
    pub(crate) fn agent_seed(&mut self) -> [u8; 32] {
        self.agents += 1;
        let mut seed = self.seed;
        for (byte, count) in seed.iter_mut().rev().zip(self.agents.to_le_bytes()) {
            *byte ^= count;
        }
        seed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_never_share_a_seed() {
        let mut entropy = Entropy::new([7; 32]);
        let seeds: Vec<_> = (0..1_000).map(|_| entropy.agent_seed()).collect();
        for (at, seed) in seeds.iter().enumerate() {
            assert!(!seeds[at + 1..].contains(seed));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_jitter() {
        let (mut a, mut b) = (Entropy::new([9; 32]), Entropy::new([9; 32]));
        assert!((0..100).all(|_| a.jitter() == b.jitter()));
    }
}
