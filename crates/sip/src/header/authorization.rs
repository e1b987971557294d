//! Authorization and Proxy-Authorization (RFC 3261 §20.7, §20.28).

use std::fmt;

use super::Header;
use super::challenge::{read_auth, write_auth};
use crate::error::HeaderError;
use crate::params::Params;

/// The answer to a challenge, of any scheme.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The scheme, such as `Digest`.
    pub scheme: String,
    /// Its parameters: `username`, `response` and others.
    pub params: Params,
}

/// The parameters of Digest credentials that RFC 7616 §3.4 wants in quotes.
const QUOTED: [&str; 7] = [
    "username", "realm", "nonce", "uri", "response", "cnonce", "opaque",
];

impl Credentials {
    /// Digest credentials without parameters.
    pub fn digest() -> Self {
        Self {
            scheme: "Digest".into(),
            params: Params::new(),
        }
    }

    /// Whether the scheme is Digest.
    pub fn is_digest(&self) -> bool {
        self.scheme.eq_ignore_ascii_case("Digest")
    }
}

impl fmt::Debug for Credentials {
    /// The scheme only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scheme)?;
        f.write_str(" ..")
    }
}

macro_rules! credentials {
    ($type:ident, $name:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(pub Credentials);

        impl Header for $type {
            const NAME: &'static str = $name;

            fn parse(value: &str) -> Result<Self, HeaderError> {
                let (scheme, params) = read_auth($name, value)?;
                Ok(Self(Credentials { scheme, params }))
            }

            fn write(&self, out: &mut String) {
                write_auth(out, &self.0.scheme, &self.0.params, &QUOTED);
            }
        }
    };
}

credentials!(
    Authorization,
    "Authorization",
    "Credentials for a server (RFC 3261 §20.7)."
);
credentials!(
    ProxyAuthorization,
    "Proxy-Authorization",
    "Credentials for a proxy (RFC 3261 §20.28)."
);

#[cfg(test)]
mod tests {
    use super::super::tests::{read, written};
    use super::*;

    #[test]
    fn quotes_are_where_servers_look_for_them() {
        let text = "Digest username=\"bob\", uri=\"sip:a@b\", nc=00000001, qop=auth, algorithm=SHA-256, cnonce=\"x\"";
        let header: Authorization = read(text).unwrap();
        assert_eq!(written(&header), text);
        assert_eq!(format!("{header:?}"), "Authorization(Digest ..)");
        assert!(!read::<ProxyAuthorization>("Basic YTpi").is_some_and(|c| c.0.is_digest()));
    }
}
