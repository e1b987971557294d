//! Tones: written to WAV files, and found again in what the far end recorded.

use std::f32::consts::TAU;
use std::fs;
use std::path::Path;

/// One channel of sound.
#[derive(Debug)]
pub(crate) struct Sound {
    /// Samples per second.
    pub(crate) rate: u32,
    /// Samples, -1 to 1.
    pub(crate) samples: Vec<f32>,
}

/// How one tone stands in a recording.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// Seconds in which the tone was loud and alone.
    pub(crate) heard: f32,
    /// Seconds of the recording.
    pub(crate) of: f32,
}

/// Length of one look at the sound, in seconds.
const WINDOW: f32 = 0.1;
/// Distance to the neighbouring frequencies that must stay quiet, in Hz: far enough for the window's main lobe (4/WINDOW).
const NEIGHBOURS: [f32; 6] = [-120.0, -90.0, -60.0, 60.0, 90.0, 120.0];

impl Sound {
    /// A steady sine.
    pub(crate) fn tone(hz: f32, rate: u32, seconds: f32) -> Self {
        let count = (rate as f32 * seconds) as usize;
        let samples = (0..count)
            .map(|i| 0.4 * (TAU * hz * i as f32 / rate as f32).sin())
            .collect();
        Self { rate, samples }
    }

    /// The hum and hiss of a room, the same each time; every other two seconds a voice-like sound: harmonics of 140 Hz whose
    /// loudness rises and falls as syllables do.
    pub(crate) fn noisy(rate: u32, seconds: f32) -> Self {
        let (mut state, mut low) = (1_u32, 0.0_f32);
        let samples = (0..(rate as f32 * seconds) as usize).map(|n| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            low = low * 0.98 + (state as f32 / u32::MAX as f32 - 0.5) * 0.02;
            let t = n as f32 / rate as f32;
            let syllable = (0.5 - 0.5 * (t * 4.0 * TAU).cos()).powi(2);
            let voice: f32 = (1_u8..12)
                .map(|k| (t * 140.0 * f32::from(k) * TAU).sin() / f32::from(k))
                .sum();
            let speaks = (t / 2.0) as u32 % 2 == 1;
            low + if speaks { voice * syllable * 0.3 } else { 0.0 }
        });
        Self {
            rate,
            samples: samples.collect(),
        }
    }

    /// Write as 16-bit mono WAV.
    pub(crate) fn save_wav(&self, path: &Path) {
        let data = self.pcm();
        let mut out = Vec::with_capacity(44 + data.len());
        out.extend(b"RIFF");
        out.extend((36 + data.len() as u32).to_le_bytes());
        out.extend(b"WAVEfmt ");
        out.extend(16u32.to_le_bytes());
        out.extend([1, 0, 1, 0]);
        out.extend(self.rate.to_le_bytes());
        out.extend((self.rate * 2).to_le_bytes());
        out.extend([2, 0, 16, 0]);
        out.extend(b"data");
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
        fs::write(path, out).expect("a writable WAV file");
    }

    /// Write as raw G.711 µ-law, what SIPp's `rtp_stream` plays.
    pub(crate) fn save_ulaw(&self, path: &Path) {
        let bytes: Vec<u8> = self.samples.iter().map(|&s| ulaw((s * 32767.0) as i16)).collect();
        fs::write(path, bytes).expect("a writable audio file");
    }

    fn pcm(&self) -> Vec<u8> {
        self.samples
            .iter()
            .flat_map(|&s| ((s * 32767.0) as i16).to_le_bytes())
            .collect()
    }

    /// Read a 16-bit WAV; several channels are averaged. Sizes in the header are not believed: a program that is still
    /// recording has not written them yet.
    pub(crate) fn load_wav(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let mut at = 12;
        let (mut rate, mut channels) = (0, 0);
        loop {
            let head = bytes.get(at..at + 8)?;
            let size = u32::from_le_bytes(head.get(4..8)?.try_into().ok()?) as usize;
            match head.get(..4)? {
                b"fmt " => {
                    let format = bytes.get(at + 8..at + 24)?;
                    channels = usize::from(u16::from_le_bytes(format.get(2..4)?.try_into().ok()?));
                    rate = u32::from_le_bytes(format.get(4..8)?.try_into().ok()?);
                }
                b"data" => break,
                _ => {}
            }
            at += 8 + size;
        }
        if channels == 0 {
            return None;
        }
        let mono = bytes.get(at + 8..)?.chunks_exact(2 * channels).map(|frame| {
            let sum: f32 = frame
                .chunks_exact(2)
                .map(|s| f32::from(i16::from_le_bytes([s[0], s[1]])))
                .sum();
            sum / channels as f32 / 32768.0
        });
        Some(Self {
            rate,
            samples: mono.collect(),
        })
    }

    /// Look for a tone, window by window.
    pub(crate) fn find(&self, hz: f32) -> Found {
        let size = (self.rate as f32 * WINDOW) as usize;
        let heard = self
            .samples
            .chunks_exact(size)
            .filter(|w| is_tone(w, self.rate, hz))
            .count();
        Found {
            heard: heard as f32 * WINDOW,
            of: self.samples.len() as f32 / self.rate as f32,
        }
    }
}

/// The tone is audible (above -40 dBFS) and 20 dB over every neighbour.
fn is_tone(window: &[f32], rate: u32, hz: f32) -> bool {
    let level = goertzel(window, rate, hz);
    level > 0.01
        && NEIGHBOURS
            .iter()
            .all(|d| level > 10.0 * goertzel(window, rate, hz + d))
}

/// Amplitude of one frequency under a Hann window (Goertzel's recurrence).
fn goertzel(window: &[f32], rate: u32, hz: f32) -> f32 {
    let n = window.len() as f32;
    let k = 2.0 * (TAU * hz / rate as f32).cos();
    let (mut a, mut b) = (0.0_f32, 0.0_f32);
    for (i, s) in window.iter().enumerate() {
        let hann = 0.5 - 0.5 * (TAU * i as f32 / n).cos();
        (a, b) = (s * hann + k * a - b, a);
    }
    (a * a + b * b - k * a * b).max(0.0).sqrt() * 4.0 / n
}

/// G.711 µ-law of one sample (ITU-T G.711, the table as arithmetic).
fn ulaw(sample: i16) -> u8 {
    const BIAS: i32 = 0x84;
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = i32::from(sample).abs().min(32635) + BIAS;
    let exponent = (0..8).rev().find(|e| magnitude >> (e + 7) != 0).unwrap_or(0);
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    !((sign | (exponent << 4) | mantissa) as u8)
}

#[test]
fn a_tone_is_found_and_its_neighbour_is_not() {
    let sound = Sound::tone(440.0, 8000, 2.0);
    assert!(sound.find(440.0).heard > 1.8, "{:?}", sound.find(440.0));
    assert_eq!(sound.find(640.0).heard, 0.0);
    let silence = Sound {
        rate: 8000,
        samples: vec![0.0; 8000],
    };
    assert_eq!(silence.find(440.0).heard, 0.0);
    let mut state = 1_u32;
    let hiss = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    });
    let noise = Sound {
        rate: 8000,
        samples: hiss.take(16000).collect(),
    };
    assert!(noise.find(440.0).heard < 0.3, "{:?}", noise.find(440.0));
}
