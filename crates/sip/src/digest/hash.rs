//! MD5 (RFC 1321) and SHA-256 (RFC 6234) over one text at a time. What hash crates do for streams costs more room here
//! than the hashes themselves, and so does an MD5 written out step by step.

use sha2::block_api::compress256;

/// SHA-256 of `bytes`.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    // The roots of the first eight primes (RFC 6234 §6.1).
    let mut state = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    compress256(&mut state, padded(bytes, u64::to_be_bytes).as_chunks().0);
    let mut out = [0; 32];
    for (place, word) in out.as_chunks_mut().0.iter_mut().zip(state) {
        *place = word.to_be_bytes();
    }
    out
}

/// MD5 of `bytes`. Broken, and still what many servers ask for.
pub(crate) fn md5(bytes: &[u8]) -> [u8; 16] {
    let mut state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded(bytes, u64::to_le_bytes).as_chunks().0 {
        md5_block(&mut state, block);
    }
    let mut out = [0; 16];
    for (place, word) in out.as_chunks_mut().0.iter_mut().zip(state) {
        *place = word.to_le_bytes();
    }
    out
}

/// How far each step turns, by round (RFC 1321 §3.4).
const TURNS: [[u8; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/// sin 1
const SINE: f64 = 0.841_470_984_807_896_5;
/// 2 cos 1
const TURN: f64 = 1.080_604_611_736_279_5;

fn md5_block(state: &mut [u32; 4], block: &[u8; 64]) {
    let [mut a, mut b, mut c, mut d] = *state;
    // Step n adds |sin n|·2³². Each sine follows from the two before it, sin(n + 1) = 2 cos 1 · sin n − sin(n − 1), which is
    // exact enough by a factor of a thousand, and a table of 64 words does not compress.
    let (mut sine, mut before) = (SINE, 0.0);
    for (round, turns) in (0..).zip(TURNS) {
        for step in 0..16 {
            let (mixed, word) = match round {
                0 => (b & c | !b & d, step),
                1 => (d & b | !d & c, 5 * step + 1),
                2 => (b ^ c ^ d, 3 * step + 5),
                _ => (c ^ (b | !d), 7 * step),
            };
            let word = block.as_chunks().0.get(word % 16).copied().unwrap_or_default();
            let [first, second, third, fourth] = turns;
            let turn = match step % 4 {
                0 => first,
                1 => second,
                2 => third,
                _ => fourth,
            };
            let sum = a
                .wrapping_add(mixed)
                .wrapping_add(u32::from_le_bytes(word))
                .wrapping_add((sine.abs() * 4_294_967_296.0) as u32);
            (a, b, c, d) = (d, b.wrapping_add(sum.rotate_left(turn.into())), b, c);
            (sine, before) = (TURN * sine - before, sine);
        }
    }
    for (sum, part) in state.iter_mut().zip([a, b, c, d]) {
        *sum = sum.wrapping_add(part);
    }
}

/// `bytes`, a one bit, zeros, and the length in bits, which makes whole blocks.
fn padded(bytes: &[u8], length: fn(u64) -> [u8; 8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.push(0x80);
    while out.len() % 64 != 56 {
        out.push(0);
    }
    out.extend_from_slice(&length(bytes.len() as u64 * 8));
    out
}

#[cfg(test)]
mod tests {
    use super::super::algorithm::hex;
    use super::*;
    use md5::{Digest, Md5};
    use sha2::Sha256;

    /// RFC 1321 §A.5.
    #[test]
    fn rfc_1321_vectors() {
        for (text, hash) in [
            ("", "d41d8cd98f00b204e9800998ecf8427e"),
            ("a", "0cc175b9c0f1b6a831c399e269772661"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "d174ab98d277d9f5a5611c2c9f419d9f",
            ),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "57edf4a22be3c955ac49da2e2107b67a",
            ),
        ] {
            assert_eq!(hex(&md5(text.as_bytes())), hash, "{text:?}");
        }
    }

    #[test]
    fn every_length_hashes_as_the_known_crates_hash_it() {
        let text: Vec<u8> = (0..300u32).map(|i| (i * 31 % 251) as u8).collect();
        for length in 0..text.len() {
            let part = &text[..length];
            assert_eq!(md5(part)[..], Md5::digest(part)[..], "{length}");
            assert_eq!(sha256(part)[..], Sha256::digest(part)[..], "{length}");
        }
    }
}
