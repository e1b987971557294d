//! The one formula (RFC 7616 §3.4.1), for both sides.

use super::Algorithm;
use crate::scan::hex_digit;

/// Everything a response is made of.
pub(super) struct Inputs<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) user: &'a str,
    pub(super) realm: &'a str,
    pub(super) password: &'a str,
    pub(super) nonce: &'a str,
    /// Nonce count and client nonce with qop `auth`; `None` for RFC 2069's formula.
    pub(super) auth: Option<(&'a str, &'a str)>,
    /// The client nonce that the `-sess` algorithms bind A1 to.
    pub(super) session: &'a str,
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
}

impl Inputs<'_> {
    /// The `response` parameter.
    pub(super) fn response(&self) -> String {
        let h = self.algorithm;
        let mut a1 = h.hash(&[self.user, self.realm, self.password]);
        if h.is_session() {
            a1 = h.hash(&[&a1, self.nonce, self.session]);
        }
        let a2 = h.hash(&[self.method, self.uri]);
        match self.auth {
            Some((nc, cnonce)) => h.hash(&[&a1, self.nonce, nc, cnonce, "auth", &a2]),
            None => h.hash(&[&a1, self.nonce, &a2]),
        }
    }
}

/// A nonce count: eight hexadecimal digits.
pub(super) fn nonce_count(count: u32) -> String {
    (0..8)
        .rev()
        .map(|i| hex_digit((count >> (4 * i)) as u8 & 15))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 2617 §3.5, with and without qop; and the same as a session.
    #[test]
    fn rfc_2617_vectors() {
        let mut inputs = Inputs {
            algorithm: Algorithm::Md5,
            user: "Mufasa",
            realm: "testrealm@host.com",
            password: "Circle Of Life",
            nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
            auth: Some(("00000001", "0a4f113b")),
            session: "0a4f113b",
            method: "GET",
            uri: "/dir/index.html",
        };
        assert_eq!(inputs.response(), "6629fae49393a05397450978507c4ef1");
        inputs.auth = None;
        assert_eq!(inputs.response(), "670fd8c2df070c60b045671b8b24ff02");
    }

    /// RFC 7616 §3.9.1, both algorithms.
    #[test]
    fn rfc_7616_vectors() {
        let mut inputs = Inputs {
            algorithm: Algorithm::Md5,
            user: "Mufasa",
            realm: "http-auth@example.org",
            password: "Circle of Life",
            nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            auth: Some(("00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")),
            session: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
            method: "GET",
            uri: "/dir/index.html",
        };
        assert_eq!(inputs.response(), "8ca523f5e9506fed4657c9700eebdbec");
        inputs.algorithm = Algorithm::Sha256;
        assert_eq!(
            inputs.response(),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
        );
    }

    #[test]
    fn counts_have_eight_digits() {
        assert_eq!(nonce_count(1), "00000001");
        assert_eq!(nonce_count(0xABCD_EF12), "abcdef12");
    }
}
