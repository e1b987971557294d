//! Makes ids, secrets, pins and tokens out of one seed.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::entropy;

/// Everything it makes is unlike anything it made before, and unlike what another seed makes.
#[derive(Debug)]
pub(crate) struct Mint {
    seed: [u8; 32],
    drawn: u64,
}

impl Mint {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: 0 }
    }

    /// 64 bits.
    pub(crate) fn number(&mut self) -> u64 {
        self.drawn += 1;
        let mut hasher = DefaultHasher::new();
        (&self.seed, self.drawn).hash(&mut hasher);
        hasher.finish()
    }

    /// 16 bytes.
    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        let both = u128::from(self.number()) << 64 | u128::from(self.number());
        both.to_be_bytes()
    }

    /// 32 hexadecimal digits: a CallSid, a request id.
    pub(crate) fn hex(&mut self) -> String {
        entropy::hex(&self.bytes())
    }

    /// A UUID in form: `d7ffd4b3-c861-4bda-a024-9cef1ae2f2a8`.
    pub(crate) fn uuid(&mut self) -> String {
        let hex = self.hex();
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or_default());
        parts.join("-")
    }

    /// A SIP user as the platform makes them: a letter, then letters and digits.
    pub(crate) fn sip_user(&mut self) -> String {
        let hex = self.hex();
        ["a", hex.get(..7).unwrap_or_default()].concat()
    }

    /// A JWT with these claims. Nobody checks the signature: the platform looks its tokens up.
    pub(crate) fn jwt(&mut self, claims: &Value) -> String {
        let header = URL_SAFE_NO_PAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
        let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
        let signature = URL_SAFE_NO_PAD.encode([self.bytes(), self.bytes()].concat());
        [header, payload, signature].join(".")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_comes_twice_and_a_seed_repeats_itself() {
        let (mut one, mut same, mut other) = (Mint::new([1; 32]), Mint::new([1; 32]), Mint::new([2; 32]));
        let (first, second) = (one.uuid(), one.uuid());
        assert_ne!(first, second);
        assert_eq!(first, same.uuid());
        assert_ne!(first, other.uuid());
        assert_eq!((first.len(), first.matches('-').count()), (36, 4));
    }

    #[test]
    fn a_token_has_three_parts_of_base64() {
        let token = Mint::new([0; 32]).jwt(&json!({"exp": 7}));
        let payload = token.split('.').nth(1).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(payload).unwrap(), br#"{"exp":7}"#);
        assert_eq!(token.split('.').count(), 3);
    }
}
