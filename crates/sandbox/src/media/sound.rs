//! What the far end plays: pure functions from a sample's index to its value, at 8 kHz.

use std::f32::consts::TAU;

/// Samples a second of everything generated here.
pub(super) const RATE: u32 = 8_000;

/// A sound that goes on until another replaces it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sound {
    /// The far end's own voice, sent back as it came.
    Echo,
    /// Nothing, but packets flow.
    Silence,
    /// A steady tone of this many hertz.
    Tone(f32),
    /// A gentle tune, 9.6 s long, over and over.
    Melody,
    /// Three rising notes, a pause, over and over: the shape of "please wait".
    Announcement,
    /// What a caller hears while the other phone rings, as in India: two bursts every three seconds.
    Ringback,
}

impl Sound {
    /// Value in -1..1 of sample `n` since the sound began.
    pub(super) fn at(self, n: u64) -> f32 {
        match self {
            Self::Echo | Self::Silence => 0.0,
            Self::Tone(hertz) => 0.5 * sine(hertz, n),
            Self::Melody => melody(n),
            Self::Announcement => announcement(n),
            Self::Ringback => ringback(n),
        }
    }
}

/// 400 Hz, 0.4 s on, 0.2 off, 0.4 on, 2 off (ITU-T E.180, national tones).
fn ringback(n: u64) -> f32 {
    match n % (3 * u64::from(RATE)) {
        0..3_200 | 4_800..8_000 => 0.3 * sine(400.0, n),
        _ => 0.0,
    }
}

/// The two frequencies of a DTMF digit (ITU-T Q.23), in hertz.
pub fn dtmf_pair(digit: char) -> Option<(f32, f32)> {
    const ROWS: [(f32, [char; 4]); 4] = [
        (697.0, ['1', '2', '3', 'A']),
        (770.0, ['4', '5', '6', 'B']),
        (852.0, ['7', '8', '9', 'C']),
        (941.0, ['*', '0', '#', 'D']),
    ];
    const COLUMNS: [f32; 4] = [1209.0, 1336.0, 1477.0, 1633.0];
    ROWS.iter().find_map(|(row, digits)| {
        let column = digits.iter().position(|d| *d == digit.to_ascii_uppercase())?;
        COLUMNS.get(column).map(|column| (*row, *column))
    })
}

/// Sample `n` of a digit's tone.
pub(super) fn dtmf(pair: (f32, f32), n: u64) -> f32 {
    0.35 * (sine(pair.0, n) + sine(pair.1, n))
}

fn sine(hertz: f32, n: u64) -> f32 {
    // One second is a whole number of periods for whole hertz, so the phase stays exact however long a call lasts.
    let n = (n % u64::from(RATE)) as f32;
    (TAU * hertz * n / RATE as f32).sin()
}

/// A note with a soft attack, a bell's decay and one octave of shimmer.
fn note(hertz: f32, since: u64, length: u64) -> f32 {
    let t = since as f32 / RATE as f32;
    let attack = (t / 0.015).min(1.0);
    let release = ((length - since) as f32 / (0.03 * RATE as f32)).min(1.0);
    let bell = (-2.2 * t).exp();
    attack * release * bell * (0.42 * sine(hertz, since) + 0.12 * sine(2.0 * hertz, since))
}

/// A rising and falling walk over a pentatonic scale, in quavers of 300 ms; 0 is a rest.
const TUNE: [u16; 32] = [
    523, 659, 784, 880, 784, 659, 587, 0, 523, 587, 659, 784, 659, 0, 523, 0, //
    440, 523, 659, 784, 880, 784, 659, 0, 587, 659, 587, 523, 440, 0, 523, 0,
];

fn melody(n: u64) -> f32 {
    const STEP: u64 = RATE as u64 * 300 / 1000;
    let place = n / STEP;
    let since = n % STEP;
    let of = |place: u64| {
        TUNE.get((place % TUNE.len() as u64) as usize)
            .copied()
            .unwrap_or(0)
    };
    match of(place) {
        // A rest lets the note before it ring on.
        0 if place > 0 => note(f32::from(of(place - 1)), since + STEP, 2 * STEP),
        hertz => note(f32::from(hertz), since, 2 * STEP),
    }
}

fn announcement(n: u64) -> f32 {
    const STEP: u64 = RATE as u64 * 330 / 1000;
    let since = n % STEP;
    match (n / STEP) % 6 {
        0 => note(660.0, since, STEP),
        1 => note(880.0, since, STEP),
        2 => note(1320.0, since, STEP),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_clips_and_everything_sounds() {
        for sound in [Sound::Tone(440.0), Sound::Melody, Sound::Announcement] {
            let samples: Vec<f32> = (0..u64::from(RATE) * 10).map(|n| sound.at(n)).collect();
            assert!(samples.iter().all(|s| s.abs() < 1.0), "{sound:?}");
            assert!(samples.iter().any(|s| s.abs() > 0.2), "{sound:?}");
        }
        assert!((0..8000).all(|n| Sound::Silence.at(n) == 0.0));
    }

    #[test]
    fn the_keypad_is_complete() {
        for digit in "0123456789*#ABCD".chars() {
            let (low, high) = dtmf_pair(digit).unwrap();
            assert!(low < 1000.0 && high > 1200.0);
        }
        assert_eq!(dtmf_pair('5'), Some((770.0, 1336.0)));
        assert_eq!(dtmf_pair('x'), None);
    }
}
