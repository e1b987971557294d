//! Telephone tones, computed instead of shipped. India: ringing and ringback 400 Hz modulated by 25 Hz, 0.4 on, 0.2 off,
//! 0.4 on, 2 off; busy 400 Hz, 0.75 on and off (ITU-T E.180, national tones).

/// Samples per second: enough for telephone tones; the browser resamples.
pub const RATE: u32 = 8000;
/// Each burst fades in and out over this many samples (5 ms), so that it does not click.
const FADE: usize = 40;

/// Two frequencies, and stretches of seconds: on, off, on, off, …
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tone {
    low: f64,
    high: f64,
    mix: Mix,
    stretches: &'static [f64],
    /// Peak amplitude of each round, 0 to 1; the last one stays.
    levels: &'static [f64],
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Mix {
    /// `high` swings with `low`.
    Modulated,
    /// Both at once.
    Sum,
    /// `high` alone.
    Plain,
}

/// The ring of an incoming call: from polite to loud in nine seconds.
pub const RING: Tone = Tone {
    low: 25.0,
    high: 400.0,
    mix: Mix::Modulated,
    stretches: &[0.4, 0.2, 0.4, 2.0],
    levels: &[0.15, 0.3, 0.55, 0.9],
};
/// A ring to try a loudspeaker with.
pub const SAMPLE: Tone = Tone {
    stretches: &[0.4, 0.2, 0.4],
    levels: &[0.4],
    ..RING
};
/// What a caller hears while the far end rings: the same cadence, quieter.
pub const RINGBACK: Tone = Tone {
    levels: &[0.12],
    ..RING
};
/// Busy.
pub const BUSY: Tone = Tone {
    low: 0.0,
    high: 400.0,
    mix: Mix::Plain,
    stretches: &[0.75, 0.75],
    levels: &[0.12],
};

/// The feedback for one DTMF digit (ITU-T Q.23), 90 ms; `None` for what is not a digit.
pub fn digit(digit: char) -> Option<Tone> {
    const ROWS: [f64; 4] = [697.0, 770.0, 852.0, 941.0];
    const COLUMNS: [f64; 4] = [1209.0, 1336.0, 1477.0, 1633.0];
    let index = "123A456B789C*0#D".find(digit.to_ascii_uppercase())?;
    let (low, high) = (*ROWS.get(index / 4)?, *COLUMNS.get(index % 4)?);
    Some(Tone {
        low,
        high,
        mix: Mix::Sum,
        stretches: &[0.09],
        levels: &[0.1],
    })
}

impl Tone {
    /// The rounds of the cadence at [`RATE`], until it is as loud as it gets.
    pub fn samples(&self) -> Vec<f32> {
        let mut samples = Vec::new();
        for level in self.levels {
            for (index, seconds) in self.stretches.iter().enumerate() {
                let count = (seconds * f64::from(RATE)) as usize;
                if index % 2 == 1 {
                    samples.resize(samples.len() + count, 0.0);
                } else {
                    self.burst(count, *level, &mut samples);
                }
            }
        }
        samples
    }

    /// Where the last round of [`Tone::samples`] begins, seconds.
    pub fn settled(&self) -> f64 {
        self.length() * (self.levels.len() - 1) as f64
    }

    /// The length of a round, seconds.
    pub fn length(&self) -> f64 {
        self.stretches.iter().sum()
    }

    fn burst(&self, count: usize, level: f64, samples: &mut Vec<f32>) {
        let (mut low, mut high) = (Wave::new(self.low), Wave::new(self.high));
        for index in 0..count {
            let (low, high) = (low.next(), high.next());
            let value = match self.mix {
                Mix::Modulated => high * (1.0 + low) / 2.0,
                Mix::Sum => (low + high) / 2.0,
                Mix::Plain => high,
            };
            let edge = index.min(count - 1 - index).min(FADE) as f64 / FADE as f64;
            samples.push((value * edge * level) as f32);
        }
    }
}

/// A sine by recurrence: `y[n] = 2 cos(w) y[n-1] - y[n-2]`.
struct Wave {
    factor: f64,
    last: f64,
    before: f64,
}

impl Wave {
    fn new(frequency: f64) -> Self {
        let (sine, cosine) = sine_and_cosine(std::f64::consts::TAU * frequency / f64::from(RATE));
        Self {
            factor: 2.0 * cosine,
            last: 0.0,
            before: -sine,
        }
    }

    fn next(&mut self) -> f64 {
        let value = self.last;
        let next = self.factor * self.last - self.before;
        self.before = self.last;
        self.last = next;
        value
    }
}

/// Both by their series, for the angles of audible tones (0 to 2): to the last bits of an `f64`, in a hundredth of the
/// room that the general functions take in wasm.
fn sine_and_cosine(angle: f64) -> (f64, f64) {
    let (mut sine, mut cosine, mut term) = (0.0, 0.0, 1.0);
    for n in 0..24u8 {
        match n % 4 {
            0 => cosine += term,
            1 => sine += term,
            2 => cosine -= term,
            _ => sine -= term,
        }
        term *= angle / f64::from(n + 1);
    }
    (sine, cosine)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Power at a frequency (Goertzel).
    fn power(samples: &[f32], frequency: f64) -> f64 {
        let factor = 2.0 * (std::f64::consts::TAU * frequency / f64::from(RATE)).cos();
        let (mut last, mut before) = (0.0, 0.0);
        for sample in samples {
            let next = f64::from(*sample) + factor * last - before;
            before = last;
            last = next;
        }
        (last * last + before * before - factor * last * before) / (samples.len() as f64).powi(2)
    }

    #[test]
    fn the_series_meet_the_library() {
        for angle in (0..=200).map(|n| f64::from(n) / 100.0) {
            let (sine, cosine) = sine_and_cosine(angle);
            assert!((sine - angle.sin()).abs() < 1e-14 && (cosine - angle.cos()).abs() < 1e-14);
        }
    }

    #[test]
    fn the_ring_has_the_indian_cadence() {
        let samples = RING.samples();
        let energy = |from: f64, to: f64| {
            let slice = &samples[(from * 8000.0) as usize..(to * 8000.0) as usize];
            slice.iter().map(|sample| f64::from(sample * sample)).sum::<f64>() / slice.len() as f64
        };
        let round = RING.settled();
        assert_eq!((round, samples.len()), (9.0, 96_000));
        assert!(energy(round, round + 0.4) > 0.02 && energy(round + 0.6, round + 1.0) > 0.02);
        assert!(energy(round + 0.4, round + 0.6) == 0.0 && energy(round + 1.0, round + 3.0) == 0.0);
        let bursts = [0.0, 3.0, 6.0, 9.0].map(|from| energy(from, from + 0.4));
        assert!(
            bursts.is_sorted_by(|a, b| a * 2.0 < *b),
            "louder each time: {bursts:?}"
        );
        assert_eq!(BUSY.settled(), 0.0);
    }

    #[test]
    fn the_ring_is_400_hz_with_25_hz_sidebands() {
        let burst = &RING.samples()[..3200];
        let carrier = power(burst, 400.0);
        assert!(carrier > 20.0 * power(burst, 500.0));
        assert!(power(burst, 375.0) > carrier / 8.0 && power(burst, 425.0) > carrier / 8.0);
    }

    #[test]
    fn digits_have_their_two_frequencies() {
        let samples = digit('5').unwrap().samples();
        let floor = power(&samples, 1000.0);
        assert!(power(&samples, 770.0) > 20.0 * floor && power(&samples, 1336.0) > 20.0 * floor);
        assert_eq!(digit('x'), None);
        assert!(digit('d').is_some() && digit('#').is_some());
    }

    #[test]
    fn nothing_clips_or_clicks() {
        for tone in [RING, RINGBACK, BUSY] {
            let samples = tone.samples();
            assert!(samples.iter().all(|sample| sample.abs() <= 0.91));
            assert!(samples.first().is_some_and(|sample| sample.abs() < 0.01));
            assert!(samples.last().is_some_and(|sample| sample.abs() < 0.01));
        }
    }
}
