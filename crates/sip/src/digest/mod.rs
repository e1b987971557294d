//! Digest authentication as SIP uses it (RFC 3261 §22, RFC 7616, RFC 8760).
//!
//! - [`Client`] answers 401 and 407 and then keeps using the nonce it was given.
//! - [`server`] issues challenges and verifies what comes back.
//!
//! MD5 and SHA-256, each also as `-sess`; qop `auth`, or none for servers of RFC 2069's age.

mod algorithm;
mod challenges;
mod client;
mod compute;
mod hash;
pub mod server;

pub use algorithm::Algorithm;
pub use challenges::{Accepted, Challenges};
pub use client::Client;
pub(crate) use hash::sha256;

use std::fmt;

/// Why a challenge cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestError {
    /// The response carries no challenge that could be read.
    NoChallenge,
    /// No challenge is of a scheme, algorithm and qop we know.
    Unsupported,
    /// The answer to a fresh challenge was refused: user or password are wrong.
    WrongPassword,
    /// One fresh nonce after another was called stale; the server's clock or storage is broken.
    EndlesslyStale,
}

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoChallenge => "the server asked for credentials without a readable challenge",
            Self::Unsupported => "the server asked for a kind of authentication this phone does not know",
            Self::WrongPassword => "the server refused user and password",
            Self::EndlesslyStale => "the server calls every answer stale",
        })
    }
}

impl std::error::Error for DigestError {}
