//! The hashes.

use super::hash::{md5, sha256};
use crate::scan::hex_digit;

/// A digest algorithm, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// `MD5`
    Md5,
    /// `MD5-sess`
    Md5Sess,
    /// `SHA-256`
    Sha256,
    /// `SHA-256-sess`
    Sha256Sess,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 4] = [Self::Md5, Self::Md5Sess, Self::Sha256, Self::Sha256Sess];

    /// Reads an `algorithm` parameter; `None` if we do not know it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|a| a.as_str().eq_ignore_ascii_case(text))
    }

    /// The `algorithm` parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Md5Sess => "MD5-sess",
            Self::Sha256 => "SHA-256",
            Self::Sha256Sess => "SHA-256-sess",
        }
    }

    /// How hard it is to break. The session variants are no harder, so of equals the topmost wins (RFC 8760 §2.4).
    pub fn strength(self) -> u8 {
        match self {
            Self::Md5 | Self::Md5Sess => 0,
            Self::Sha256 | Self::Sha256Sess => 1,
        }
    }

    /// Whether A1 is bound to the first nonce and cnonce (RFC 7616 §3.4.2).
    pub(super) fn is_session(self) -> bool {
        match self {
            Self::Md5 | Self::Sha256 => false,
            Self::Md5Sess | Self::Sha256Sess => true,
        }
    }

    /// The hash of `parts` joined by colons, in lower-case hexadecimal.
    pub(super) fn hash(self, parts: &[&str]) -> String {
        let mut text = String::new();
        for (i, part) in parts.iter().enumerate() {
            text.push_str(if i > 0 { ":" } else { "" });
            text.push_str(part);
        }
        match self {
            Self::Md5 | Self::Md5Sess => hex(&md5(text.as_bytes())),
            Self::Sha256 | Self::Sha256Sess => hex(&sha256(text.as_bytes())),
        }
    }
}

/// `bytes` in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        out.push(hex_digit(b >> 4));
        out.push(hex_digit(b & 15));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_unknown_ones_do_not() {
        for algorithm in Algorithm::ALL {
            assert_eq!(
                Algorithm::parse(&algorithm.as_str().to_lowercase()),
                Some(algorithm)
            );
        }
        assert_eq!(Algorithm::parse("SHA-512-256"), None);
    }

    #[test]
    fn hashes_are_the_known_ones() {
        assert_eq!(Algorithm::Md5.hash(&["abc"]), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(
            Algorithm::Sha256.hash(&["abc"]),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
