//! Secrets that we make up: of sessions, tickets and API keys.

use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use protocol::Secret;
use sha2::{Digest, Sha256};

use crate::Refused;
use crate::store::TokenHash;

/// The system gave no random bytes.
#[derive(Debug)]
pub struct NoRandomness;

/// 256 random bits as 43 letters, and what is kept of them.
///
/// # Errors
/// The system has no random bytes.
pub fn fresh() -> Result<(Secret, TokenHash), NoRandomness> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    let text = BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let hash = hash(&text);
    Ok((Secret::new(text), hash))
}

/// What is kept of a secret. A plain hash is enough, because nobody can guess 256 random bits; and since the records are
/// searched by the hash, the time of the search says nothing about the secret.
pub fn hash(secret: &str) -> TokenHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// A hash as people and the log see it.
pub fn hex(hash: &TokenHash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The reverse of [`hex`].
pub fn unhex(text: &str) -> Option<TokenHash> {
    let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut hash = [0; 32];
    for (index, byte) in hash.iter_mut().enumerate().filter(|_| digits) {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    digits.then_some(hash)
}

impl From<NoRandomness> for Refused {
    fn from(_: NoRandomness) -> Self {
        let message = "The server has no random numbers now. Nothing was changed; try again in a moment.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "no_randomness", message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_read_back_and_nothing_else_does() {
        let (secret, kept) = fresh().unwrap();
        assert_eq!(secret.reveal().len(), 43);
        assert_eq!(hash(secret.reveal()), kept);
        assert_eq!(unhex(&hex(&kept)), Some(kept));
        for wrong in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
