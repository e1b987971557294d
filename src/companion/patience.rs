//! How long to wait before asking again.

/// Grows from a second to half a minute. Random spreading is not needed here: agents open their pages one by one.
#[derive(Debug, Clone, Copy)]
pub struct Patience(u32);

impl Default for Patience {
    fn default() -> Self {
        Self(1_000)
    }
}

impl Patience {
    /// The longest wait, ms.
    const LONGEST: u32 = 30_000;

    /// The next wait, ms.
    pub fn wait(&mut self) -> u32 {
        let wait = self.0;
        self.0 = wait.saturating_mul(2).min(Self::LONGEST);
        wait
    }
}
