//! Choosing among the challenges of one response.

use super::{Algorithm, DigestError};
use crate::header::{Challenge, Header, ProxyAuthenticate, WwwAuthenticate};
use crate::message::Response;
use crate::text::{split, trim};

/// The challenges of a 401 or 407 that we will answer: for each realm the strongest we can, the topmost of
/// equals (RFC 8760 §2.4). Several realms come from several proxies (RFC 3261 §22.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenges(Vec<Accepted>);

/// A Digest challenge we can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Whose users and passwords.
    pub realm: String,
    /// The server's number to be used.
    pub nonce: String,
    /// To be sent back as it is.
    pub opaque: Option<String>,
    /// The algorithm; `None` if the challenge does not name one, which means MD5.
    pub algorithm: Option<Algorithm>,
    /// Whether qop `auth` is offered; otherwise RFC 2069's formula applies.
    pub auth: bool,
    /// Whether only the nonce was too old, not the password wrong.
    pub stale: bool,
}

impl Accepted {
    /// The algorithm in force.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm.unwrap_or(Algorithm::Md5)
    }

    fn from(challenge: &Challenge) -> Option<Self> {
        if !challenge.is_digest() {
            return None;
        }
        let params = &challenge.params;
        let text = |name: &str| params.get(name).map(str::to_owned);
        let algorithm = match params.get("algorithm") {
            Some(name) => Some(Algorithm::parse(name)?),
            None => None,
        };
        let auth = match params.get("qop") {
            // `auth-int` alone is beyond us.
            Some(offered) => split(offered, b',')
                .any(|q| trim(q).eq_ignore_ascii_case("auth"))
                .then_some(true)?,
            None => false,
        };
        Some(Self {
            realm: text("realm")?,
            nonce: text("nonce")?,
            opaque: text("opaque"),
            algorithm,
            auth,
            stale: params
                .get("stale")
                .is_some_and(|s| s.eq_ignore_ascii_case("true")),
        })
    }
}

impl Challenges {
    /// Reads the challenges of `response`: Proxy-Authenticate of a 407, WWW-Authenticate of any other.
    pub fn of(response: &Response) -> Result<Self, DigestError> {
        let mut readable = false;
        let mut chosen: Vec<Accepted> = Vec::new();
        let mut consider = |challenge: Challenge| {
            readable = true;
            let Some(new) = Accepted::from(&challenge) else {
                return;
            };
            match chosen.iter_mut().find(|c| c.realm == new.realm) {
                Some(old) if new.algorithm().strength() > old.algorithm().strength() => *old = new,
                Some(_) => {}
                None => chosen.push(new),
            }
        };
        // Two names, one grammar.
        let name = if response.status == 407 {
            ProxyAuthenticate::NAME
        } else {
            WwwAuthenticate::NAME
        };
        for value in response.headers.all(name) {
            if let Ok(WwwAuthenticate(challenge)) = WwwAuthenticate::parse(value) {
                consider(challenge);
            }
        }
        match (readable, chosen.is_empty()) {
            (_, false) => Ok(Self(chosen)),
            (true, true) => Err(DigestError::Unsupported),
            (false, true) => Err(DigestError::NoChallenge),
        }
    }

    /// The challenges to answer, one a realm.
    pub fn iter(&self) -> impl Iterator<Item = &Accepted> {
        self.0.iter()
    }

    pub(super) fn into_vec(self) -> Vec<Accepted> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(status: u16, values: &[&str]) -> Result<Challenges, DigestError> {
        let mut response = Response::new(status);
        let name = if status == 407 {
            "Proxy-Authenticate"
        } else {
            "WWW-Authenticate"
        };
        for value in values {
            response.headers.push_raw(name, value).unwrap();
        }
        Challenges::of(&response)
    }

    const MD5: &str = "Digest realm=\"r\", nonce=\"m\", algorithm=MD5, qop=\"auth\"";
    const SHA: &str = "Digest realm=\"r\", nonce=\"s\", algorithm=SHA-256, qop=\"auth,auth-int\"";
    const LONG: &str = "Digest realm=\"r\", nonce=\"l\", algorithm=SHA-512-256, qop=\"auth\"";

    #[test]
    fn the_strongest_we_can_wins_wherever_it_stands() {
        for order in [[MD5, SHA, LONG], [LONG, SHA, MD5], [SHA, MD5, LONG]] {
            let chosen = choose(401, &order).unwrap().into_vec();
            assert_eq!(chosen.len(), 1);
            assert_eq!(
                (chosen[0].nonce.as_str(), chosen[0].algorithm()),
                ("s", Algorithm::Sha256)
            );
        }
    }

    #[test]
    fn of_equals_the_topmost_wins() {
        let chosen = choose(407, &["Digest realm=r, nonce=a", MD5]).unwrap().into_vec();
        assert_eq!(
            (chosen[0].nonce.as_str(), chosen[0].auth, chosen[0].algorithm),
            ("a", false, None)
        );
    }

    #[test]
    fn realms_are_answered_apart() {
        assert_eq!(
            choose(407, &[MD5, "Digest realm=\"other\", nonce=\"o\", stale=TRUE"])
                .unwrap()
                .into_vec()
                .len(),
            2
        );
    }

    #[test]
    fn what_cannot_be_answered_says_why() {
        assert_eq!(choose(401, &[]), Err(DigestError::NoChallenge));
        assert_eq!(
            choose(401, &["Digest realm=\"open"]),
            Err(DigestError::NoChallenge)
        );
        for beyond in [
            LONG,
            "Basic realm=\"r\"",
            "Digest realm=r, nonce=n, qop=\"auth-int\"",
            "Digest nonce=n",
        ] {
            assert_eq!(choose(401, &[beyond]), Err(DigestError::Unsupported), "{beyond}");
        }
    }
}
