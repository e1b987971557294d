//! G.711 (ITU-T): one byte per 8 kHz sample, by the µ-law or the A-law.

/// µ-law byte of a 16-bit sample.
pub(super) fn ulaw(sample: i16) -> u8 {
    const BIAS: i32 = 0x84;
    const CLIP: i32 = 32_635;
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = i32::from(sample).abs().min(CLIP) + BIAS;
    // The segment is the place of the highest set bit above bit 7.
    let exponent = (31 - magnitude.leading_zeros() as i32) - 7;
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    !((sign | (exponent << 4) | mantissa) as u8)
}

/// A-law byte of a 16-bit sample.
pub(super) fn alaw(sample: i16) -> u8 {
    let (sign, magnitude) = match sample {
        negative if negative < 0 => (0, -(i32::from(negative) + 1)),
        positive => (0x80, i32::from(positive)),
    };
    let exponent = ((31 - (magnitude | 1).leading_zeros() as i32) - 7).max(0);
    let shift = if exponent == 0 { 4 } else { exponent + 3 };
    let mantissa = (magnitude >> shift) & 0x0f;
    (sign | (exponent << 4) | mantissa) as u8 ^ 0x55
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ulaw_decoded(byte: u8) -> i32 {
        let byte = !byte;
        let magnitude = ((i32::from(byte & 0x0f) << 3) + 0x84) << ((byte >> 4) & 7);
        let value = magnitude - 0x84;
        if byte & 0x80 == 0 { value } else { -value }
    }

    fn alaw_decoded(byte: u8) -> i32 {
        let byte = byte ^ 0x55;
        let exponent = (byte >> 4) & 7;
        let step = i32::from(byte & 0x0f) << 4;
        let value = if exponent == 0 {
            step + 8
        } else {
            (step + 0x108) << (exponent - 1)
        };
        if byte & 0x80 == 0 { -value } else { value }
    }

    #[test]
    fn known_bytes() {
        assert_eq!(ulaw(0), 0xff);
        assert_eq!(ulaw(32_767), 0x80);
        assert_eq!(ulaw(-32_768), 0x00);
        assert_eq!(alaw(0), 0xd5);
        assert_eq!(alaw(32_767), 0xaa);
        assert_eq!(alaw(-32_768), 0x2a);
    }

    #[test]
    fn decoding_gives_the_sample_back_within_its_step() {
        for sample in (-32_768..=32_767).step_by(7) {
            let sample = sample as i16;
            let tolerance = i32::from(sample).abs() / 16 + 20;
            let near = |decoded: i32| {
                (decoded - i32::from(sample)).abs()
                    <= tolerance.max(650 * i32::from(sample.unsigned_abs() > 32_000))
            };
            assert!(
                near(ulaw_decoded(ulaw(sample))),
                "u-law {sample} -> {}",
                ulaw_decoded(ulaw(sample))
            );
            assert!(
                near(alaw_decoded(alaw(sample))),
                "A-law {sample} -> {}",
                alaw_decoded(alaw(sample))
            );
        }
    }
}
