//! The side that asks: challenges, nonces and verification, for servers and tests.

use super::Algorithm;
use super::algorithm::hex;
use super::compute::Inputs;
use super::hash::sha256;
use crate::header::{Challenge, Credentials};
use crate::message::Method;
use crate::scan::{Scan, number_into};
use crate::secret::Secret;
use crate::time::Instant;

/// One challenge an algorithm, in the given order. `stale` says that only the nonce was too old.
pub fn issue(realm: &str, nonce: &str, algorithms: &[Algorithm], stale: bool) -> Vec<Challenge> {
    let challenge = |algorithm: &Algorithm| {
        let mut challenge = Challenge::digest();
        challenge.params.set_quoted("realm", realm);
        challenge.params.set_quoted("nonce", nonce);
        challenge.params.set("algorithm", algorithm.as_str());
        challenge.params.set_quoted("qop", "auth");
        if stale {
            challenge.params.set("stale", "true");
        }
        challenge
    };
    algorithms.iter().map(challenge).collect()
}

/// Whether `credentials` prove knowledge of `password` for a request with `method`. That the user is the right
/// one, the `uri` the request's and the nonce one of ours is for the caller to check ([`Nonces::check`]).
pub fn verify(credentials: &Credentials, method: &Method, password: &Secret) -> bool {
    let params = &credentials.params;
    let text = |name: &str| params.get(name).unwrap_or("");
    let Some(algorithm) = Algorithm::parse(params.get("algorithm").unwrap_or("MD5")) else {
        return false;
    };
    let auth = match params.get("qop") {
        None => None,
        Some(qop) if qop.eq_ignore_ascii_case("auth") => Some((text("nc"), text("cnonce"))),
        Some(_) => return false,
    };
    let expected = Inputs {
        algorithm,
        user: text("username"),
        realm: text("realm"),
        password: password.reveal(),
        nonce: text("nonce"),
        auth,
        session: text("cnonce"),
        method: method.as_str(),
        uri: text("uri"),
    }
    .response();
    credentials.is_digest()
        && same(
            expected.as_bytes(),
            text("response").to_ascii_lowercase().as_bytes(),
        )
}

/// Compares without telling by the time taken where the first difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (x, y)| seen | (x ^ y)) == 0
}

/// What a nonce is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceState {
    /// Ours, young enough, and with a count not used before.
    Good,
    /// Ours, but too old or used again: challenge anew with `stale`.
    Stale,
    /// Not ours.
    Unknown,
}

/// Makes nonces and knows them again: each is its time of issue and a hash over that and a secret seed.
#[derive(Debug)]
pub struct Nonces {
    seed: Secret,
    /// How long a nonce is good for, in milliseconds.
    lifetime: u64,
    /// The last nonces used, each with its highest count: the guard against replay.
    used: Vec<(String, u64)>,
}

/// How many nonces in use are remembered; one forgotten could be replayed within its lifetime.
const REMEMBERED: usize = 256;

impl Nonces {
    /// Nonces good for `lifetime` milliseconds, from a seed nobody can guess.
    pub fn new(seed: &[u8; 32], lifetime: u64) -> Self {
        Self {
            seed: Secret::new(hex(seed)),
            lifetime,
            used: Vec::new(),
        }
    }

    /// A nonce issued at `now`.
    pub fn issue(&self, now: Instant) -> String {
        let mut nonce = String::new();
        number_into(&mut nonce, now.0);
        nonce.push('-');
        let input = [self.seed.reveal().as_bytes(), &now.0.to_be_bytes()].concat();
        let digest = hex(&sha256(&input));
        nonce.push_str(digest.get(..32).unwrap_or(""));
        nonce
    }

    /// Judges the nonce of `credentials`, and notes its use.
    pub fn check(&mut self, now: Instant, credentials: &Credentials) -> NonceState {
        let nonce = credentials.params.get("nonce").unwrap_or("");
        let issued = Instant(Scan::new(nonce).number().unwrap_or(0));
        if self.issue(issued) != nonce {
            return NonceState::Unknown;
        }
        if now.since(issued) > self.lifetime {
            return NonceState::Stale;
        }
        let count = credentials
            .params
            .get("nc")
            .and_then(|nc| u64::from_str_radix(nc, 16).ok());
        match (count, self.used.iter_mut().find(|(used, _)| used == nonce)) {
            (None, None) => self.note(nonce, u64::MAX),
            (Some(count), None) => self.note(nonce, count),
            (Some(count), Some((_, highest))) if count > *highest => *highest = count,
            _ => return NonceState::Stale,
        }
        NonceState::Good
    }

    fn note(&mut self, nonce: &str, count: u64) {
        if self.used.len() >= REMEMBERED {
            self.used.remove(0);
        }
        self.used.push((nonce.to_owned(), count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials(nonce: &str, nc: &str) -> Credentials {
        let mut credentials = Credentials::digest();
        credentials.params.set_quoted("nonce", nonce);
        credentials.params.set("nc", nc);
        credentials
    }

    #[test]
    fn nonces_age_and_are_not_replayed() {
        let mut nonces = Nonces::new(&[7; 32], 60_000);
        let nonce = nonces.issue(Instant(1_000));
        assert_eq!(
            nonces.check(Instant(2_000), &credentials(&nonce, "00000001")),
            NonceState::Good
        );
        assert_eq!(
            nonces.check(Instant(2_000), &credentials(&nonce, "00000001")),
            NonceState::Stale
        );
        assert_eq!(
            nonces.check(Instant(61_000), &credentials(&nonce, "00000002")),
            NonceState::Good
        );
        assert_eq!(
            nonces.check(Instant(61_001), &credentials(&nonce, "00000003")),
            NonceState::Stale
        );
    }

    #[test]
    fn foreign_nonces_are_unknown() {
        let mut nonces = Nonces::new(&[7; 32], 60_000);
        let other = Nonces::new(&[8; 32], 60_000).issue(Instant(0));
        for foreign in ["", "1000-", "x", other.as_str()] {
            assert_eq!(
                nonces.check(Instant(0), &credentials(foreign, "1")),
                NonceState::Unknown
            );
        }
    }

    #[test]
    fn only_what_was_offered_verifies() {
        let mut made = credentials("n", "00000001");
        made.params.set("algorithm", "SHA-512-256");
        assert!(!verify(&made, &Method::Bye, &Secret::new("x")));
        made.params.set("algorithm", "MD5");
        made.params.set("qop", "auth-int");
        assert!(!verify(&made, &Method::Bye, &Secret::new("x")));
    }
}
