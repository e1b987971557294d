//! The model behind a queue.

use std::collections::VecDeque;

use nnnoiseless::DenoiseState;

/// Samples a second that the model was trained for.
pub const RATE: u32 = 48_000;
/// Samples from the way in to the way out: a frame is collected, and the model overlaps frames by one.
pub const LATENCY: usize = 2 * FRAME;
const FRAME: usize = DenoiseState::FRAME_SIZE;
/// The model counts as 16-bit samples do, Web Audio from -1 to 1.
const SCALE: f32 = 32_768.0;

/// One microphone's.
pub struct Suppressor {
    model: Box<DenoiseState<'static>>,
    /// Samples of the next frame.
    collected: Vec<f32>,
    /// Samples that are clean.
    clean: VecDeque<f32>,
    frame: [f32; FRAME],
}

impl Default for Suppressor {
    fn default() -> Self {
        Self {
            model: DenoiseState::new(),
            collected: Vec::with_capacity(FRAME),
            clean: VecDeque::from(vec![0.0; FRAME]),
            frame: [0.0; FRAME],
        }
    }
}

impl Suppressor {
    /// Replaces samples from -1 to 1 at [`RATE`] by clean ones, [`LATENCY`] samples later. Any number at a time.
    pub fn process(&mut self, samples: &mut [f32]) {
        for sample in samples {
            // One sample that is no number would stay in the model's memory for good.
            let heard = if sample.is_finite() { *sample } else { 0.0 };
            self.collected.push(heard.clamp(-1.0, 1.0) * SCALE);
            if self.collected.len() == FRAME {
                self.model.process_frame(&mut self.frame, &self.collected);
                self.collected.clear();
                self.clean.extend(self.frame.iter().map(|clean| clean / SCALE));
            }
            *sample = self.clean.pop_front().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: usize = RATE as usize;

    /// A room's noise, the same each time: xorshift, with its high tones weakened as walls and distance do.
    fn noise(samples: usize) -> Vec<f32> {
        let (mut state, mut low) = (1_u32, 0.0_f32);
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let white = state as f32 / u32::MAX as f32 - 0.5;
            low = low * 0.98 + white * 0.02;
            low
        };
        (0..samples).map(|_| next()).collect()
    }

    /// A voice-like sound: harmonics of 140 Hz whose loudness rises and falls as syllables do.
    fn voice(samples: usize) -> Vec<f32> {
        let at = |n: usize| {
            let t = n as f32 / SECOND as f32;
            let syllable = (0.5 - 0.5 * (t * 4.0 * std::f32::consts::TAU).cos()).powi(2);
            let tone: f32 = (1_u8..12)
                .map(|k| (t * 140.0 * f32::from(k) * std::f32::consts::TAU).sin() / f32::from(k))
                .sum();
            tone * syllable * 0.3
        };
        (0..samples).map(at).collect()
    }

    fn loudness(samples: &[f32]) -> f32 {
        (samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32).sqrt()
    }

    fn through(mut samples: Vec<f32>, quantum: usize) -> Vec<f32> {
        let mut suppressor = Suppressor::default();
        samples
            .chunks_mut(quantum)
            .for_each(|chunk| suppressor.process(chunk));
        samples
    }

    #[test]
    fn noise_is_taken_out_and_a_voice_is_left() {
        let hiss = noise(3 * SECOND);
        let quiet = through(hiss.clone(), 128);
        let (before, after) = (loudness(&hiss[2 * SECOND..]), loudness(&quiet[2 * SECOND..]));
        assert!(after < before / 10.0, "20 dB at least: {before} to {after}");

        let spoken = voice(3 * SECOND);
        let kept = through(spoken.clone(), 128);
        let (before, after) = (loudness(&spoken[SECOND..]), loudness(&kept[SECOND..]));
        assert!(after > before / 2.0, "6 dB at most: {before} to {after}");
    }

    #[test]
    fn quanta_of_any_size_give_the_same() {
        let whole = through(voice(SECOND), SECOND);
        assert_eq!(through(voice(SECOND), 128), whole);
        assert_eq!(through(voice(SECOND), 7), whole);
    }

    #[test]
    fn what_comes_out_is_late_by_the_latency() {
        let mut late = voice(SECOND);
        let early = late.clone();
        late = through(late, 128);
        let likeness = |shift: usize| -> f32 {
            early[SECOND / 2..SECOND - 2000]
                .iter()
                .zip(&late[SECOND / 2 + shift..])
                .map(|(a, b)| a * b)
                .sum()
        };
        let most = (0..2000).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
        assert!(most.is_some_and(|shift| shift.abs_diff(LATENCY) < 20), "{most:?}");
    }

    #[test]
    fn a_sample_that_is_no_number_is_silence() {
        let mut samples = voice(SECOND);
        samples[100] = f32::NAN;
        samples[200] = f32::INFINITY;
        assert!(through(samples, 128).iter().all(|sample| sample.is_finite()));
    }
}
