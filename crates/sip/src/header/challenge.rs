//! WWW-Authenticate and Proxy-Authenticate (RFC 3261 §20.44, §20.27).

use super::Header;
use crate::error::HeaderError;
use crate::params::Params;
use crate::scan::{Scan, quote_into};

/// A demand for credentials, of any scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme, such as `Digest`.
    pub scheme: String,
    /// Its parameters: `realm`, `nonce`, `qop` and others.
    pub params: Params,
}

/// The parameters of a Digest challenge that RFC 7616 §3.3 wants in quotes.
const QUOTED: [&str; 5] = ["realm", "domain", "nonce", "opaque", "qop"];

impl Challenge {
    /// A Digest challenge without parameters.
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

    fn read(name: &'static str, value: &str) -> Result<Self, HeaderError> {
        let (scheme, params) = read_auth(name, value)?;
        Ok(Self { scheme, params })
    }
}

/// Reads `scheme SP name=value *( COMMA name=value )`, the form of challenges and credentials alike.
/// Empty elements between commas are read over (RFC 7230 §7).
pub(super) fn read_auth(name: &'static str, value: &str) -> Result<(String, Params), HeaderError> {
    let mut scan = Scan::new(value);
    let mut params = Params::new();
    let scheme = scan.token().ok_or_else(|| scan.fail(name))?.to_owned();
    scan.space();
    while !scan.done() {
        if scan.separator(b',') {
            continue;
        }
        let key = scan
            .token()
            .filter(|_| scan.separator(b'='))
            .ok_or_else(|| scan.fail(name))?;
        // Quoted or not means the same here, and peers differ on it.
        let text = if scan.peek() == Some(b'"') {
            scan.quoted()
        } else {
            scan.some(|b| b.is_ascii_graphic() && !matches!(b, b',' | b'"'))
                .map(str::to_owned)
        };
        params.set_quoted(key, &text.ok_or_else(|| scan.fail(name))?);
        scan.space();
        if !scan.done() && scan.peek() != Some(b',') {
            return Err(scan.fail(name));
        }
    }
    Ok((scheme, params))
}

/// Appends `scheme name=value, …`, the names in `quoted` with quotes, others as their values need.
pub(super) fn write_auth(out: &mut String, scheme: &str, params: &Params, quoted: &[&str]) {
    let good = !scheme.is_empty() && scheme.bytes().all(crate::scan::is_token);
    out.push_str(if good { scheme } else { "Digest" });
    for (i, (name, value)) in params.iter().enumerate() {
        out.push_str(if i == 0 { " " } else { ", " });
        out.push_str(name);
        out.push('=');
        let plain = !value.is_empty() && value.bytes().all(crate::scan::is_token);
        if plain && !quoted.iter().any(|q| q.eq_ignore_ascii_case(name)) {
            out.push_str(value);
        } else {
            quote_into(out, value);
        }
    }
}

macro_rules! challenge {
    ($type:ident, $name:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(pub Challenge);

        impl Header for $type {
            const NAME: &'static str = $name;

            fn parse(value: &str) -> Result<Self, HeaderError> {
                Challenge::read($name, value).map(Self)
            }

            fn write(&self, out: &mut String) {
                write_auth(out, &self.0.scheme, &self.0.params, &QUOTED);
            }
        }
    };
}

challenge!(
    WwwAuthenticate,
    "WWW-Authenticate",
    "A server's demand for credentials (RFC 3261 §20.44)."
);
challenge!(
    ProxyAuthenticate,
    "Proxy-Authenticate",
    "A proxy's demand for credentials (RFC 3261 §20.27)."
);

#[cfg(test)]
mod tests {
    use super::super::tests::{read, written};
    use super::*;

    #[test]
    fn parameters_are_read_quoted_or_not() {
        let WwwAuthenticate(challenge) =
            read("Digest realm=\"a, \\\"b\\\"\" , nonce=x==,, Algorithm = MD5, qop=\"auth,auth-int\"")
                .unwrap();
        assert!(challenge.is_digest());
        let all: Vec<_> = challenge.params.iter().collect();
        let expected = [
            ("realm", "a, \"b\""),
            ("nonce", "x=="),
            ("Algorithm", "MD5"),
            ("qop", "auth,auth-int"),
        ];
        assert_eq!(all, expected);
        assert_eq!(
            written(&WwwAuthenticate(challenge)),
            "Digest realm=\"a, \\\"b\\\"\", nonce=\"x==\", Algorithm=MD5, qop=\"auth,auth-int\""
        );
    }

    #[test]
    fn malformed_challenges_are_refused() {
        for bad in [
            "",
            "Digest realm",
            "Digest realm=",
            "Digest realm=\"open",
            "Digest realm=a nonce=b",
            "=a",
        ] {
            assert_eq!(read::<ProxyAuthenticate>(bad), None, "{bad:?} was taken");
        }
    }
}
