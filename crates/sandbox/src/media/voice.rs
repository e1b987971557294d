//! The mouth: turns what is to be played into packets of 20 ms.

use super::g711;
use super::sound::{RATE, Sound, dtmf, dtmf_pair};

/// Samples in one packet.
pub(super) const FRAME: u64 = RATE as u64 / 50;
/// How long a digit's tone lasts, in samples.
const DIGIT: u64 = RATE as u64 / 4;

/// Which G.711 law was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Law {
    Mu,
    A,
}

/// What is playing, and how far it got.
#[derive(Debug)]
pub(super) struct Voice {
    sound: Sound,
    began: u64,
    digits: Vec<(char, u64)>,
    clock: u64,
}

impl Voice {
    pub(super) fn new() -> Self {
        Self {
            sound: Sound::Silence,
            began: 0,
            digits: Vec::new(),
            clock: 0,
        }
    }

    /// True when the far end's own voice is to go back.
    pub(super) fn echoes(&self) -> bool {
        self.sound == Sound::Echo
    }

    pub(super) fn play(&mut self, sound: Sound) {
        self.sound = sound;
        self.began = self.clock;
    }

    /// Queues a digit's tone after those already waiting.
    pub(super) fn digit(&mut self, digit: char) {
        let free = self
            .digits
            .last()
            .map_or(self.clock, |(_, began)| began + DIGIT + FRAME * 3);
        self.digits.push((digit, free.max(self.clock)));
    }

    /// Lets time pass in silence (the network was cut, or we are held).
    pub(super) fn skip(&mut self, samples: u64) {
        self.clock += samples;
    }

    /// The next 20 ms and their RTP time.
    pub(super) fn frame(&mut self, law: Law) -> (u64, Vec<u8>) {
        let start = self.clock;
        let bytes = (start..start + FRAME)
            .map(|n| encode(law, self.sample(n)))
            .collect();
        self.clock += FRAME;
        let now = self.clock;
        self.digits.retain(|(_, began)| began + DIGIT > now);
        (start, bytes)
    }

    fn sample(&self, n: u64) -> f32 {
        let tone = self
            .digits
            .iter()
            .find(|(_, began)| (*began..began + DIGIT).contains(&n));
        match tone.and_then(|(digit, began)| Some((dtmf_pair(*digit)?, n - began))) {
            Some((pair, since)) => dtmf(pair, since),
            None => self.sound.at(n - self.began.min(n)),
        }
    }
}

fn encode(law: Law, value: f32) -> u8 {
    let sample = (value.clamp(-1.0, 1.0) * 32_000.0) as i16;
    match law {
        Law::Mu => g711::ulaw(sample),
        Law::A => g711::alaw(sample),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_contiguous_and_a_digit_ends() {
        let mut voice = Voice::new();
        assert_eq!(voice.frame(Law::Mu), (0, vec![0xff; 160]));
        voice.digit('5');
        let (time, loud) = voice.frame(Law::Mu);
        assert_eq!(time, 160);
        assert!(loud.iter().any(|b| *b != 0xff));
        for _ in 0..12 {
            voice.frame(Law::Mu);
        }
        assert_eq!(voice.frame(Law::Mu).1, vec![0xff; 160]);
    }

    #[test]
    fn digits_wait_for_each_other() {
        let mut voice = Voice::new();
        voice.digit('1');
        voice.digit('2');
        assert_eq!(voice.digits.len(), 2);
        assert!(voice.digits[1].1 >= DIGIT);
    }
}
