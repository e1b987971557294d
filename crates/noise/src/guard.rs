//! Whether this machine has the time for it. Audio that is late is worse than audio with noise.

/// A look at the time spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// There is time.
    Fine,
    /// It takes too much: leave the sound as it is.
    TooMuch,
}

/// How much of the audio's own time may be spent on it, in the mean of [`WINDOW`].
const SHARE: f64 = 0.35;
/// Audio looked at together, ms. Worklets have a clock of whole milliseconds only, which evens out over many quanta.
const WINDOW: f64 = 2_000.0;
/// Windows in a row that are too much. One may be a machine that wakes up.
const STRIKES: u8 = 2;

/// ```text
/// Looking(0) --window too much--> Looking(1) --window too much--> Over
///      ^------- window fine ---------'
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Guard {
    /// Adds up a window.
    Looking {
        /// ms of audio so far.
        audio: f64,
        /// ms spent on it.
        spent: f64,
        /// Windows before it that were too much.
        strikes: u8,
    },
    /// It was too much.
    Over,
}

impl Default for Guard {
    fn default() -> Self {
        Self::Looking {
            audio: 0.0,
            spent: 0.0,
            strikes: 0,
        }
    }
}

impl Guard {
    /// Takes what a piece of audio took, both in ms.
    pub fn step(&mut self, audio: f64, spent: f64) -> Load {
        let Self::Looking {
            audio: audio_before,
            spent: spent_before,
            strikes,
        } = *self
        else {
            return Load::TooMuch;
        };
        // A clock that was set back says nothing.
        let (audio, spent) = (audio_before + audio, spent_before + spent.max(0.0));
        *self = if audio < WINDOW {
            Self::Looking {
                audio,
                spent,
                strikes,
            }
        } else if spent < audio * SHARE {
            Self::default()
        } else if strikes + 1 < STRIKES {
            Self::Looking {
                audio: 0.0,
                spent: 0.0,
                strikes: strikes + 1,
            }
        } else {
            Self::Over
        };
        match self {
            Self::Looking { .. } => Load::Fine,
            Self::Over => Load::TooMuch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds of audio at a share each.
    fn after(shares: &[f64]) -> Load {
        let mut guard = Guard::default();
        let steps = shares.iter().flat_map(|share| [*share; 100]);
        steps.fold(Load::Fine, |_, share| guard.step(10.0, 10.0 * share))
    }

    #[test]
    fn two_slow_windows_in_a_row_are_too_much() {
        assert_eq!(after(&[0.9, 0.9]), Load::Fine);
        assert_eq!(after(&[0.9, 0.9, 0.0, 0.0, 0.9, 0.9]), Load::Fine);
        assert_eq!(after(&[0.9, 0.9, 0.9, 0.9]), Load::TooMuch);
    }

    #[test]
    fn it_is_over_for_good() {
        assert_eq!(after(&[0.9, 0.9, 0.9, 0.9, 0.0, 0.0]), Load::TooMuch);
    }

    #[test]
    fn a_clock_set_back_is_no_time_spent() {
        assert_eq!(after(&[-5.0, 0.1, -5.0, 0.1]), Load::Fine);
    }
}
