//! SIP and SIPS URIs (RFC 3261 §19.1); other schemes are kept as they came.

use std::fmt;

use crate::error::UriError;
use crate::host::{Host, host_of, read_host};
use crate::scan::{Scan, escape_into, escapes_are_whole, is_unreserved, number_into, unescape};

/// The scheme of a [`Uri`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `sip:`
    Sip,
    /// `sips:`
    Sips,
    /// Any other, such as `tel` or `urn`.
    Other(String),
}

/// A URI. `==` compares letter by letter; for the comparison of RFC 3261 §19.1.4, which is no equivalence
/// relation, use [`Uri::equivalent`].
#[derive(Clone, PartialEq, Eq)]
pub struct Uri {
    scheme: Scheme,
    /// As written, still escaped.
    user: Option<String>,
    password: Option<String>,
    /// As written, IPv6 with its brackets; with another scheme everything behind the colon.
    host: String,
    port: Option<u16>,
    /// As written, still escaped.
    params: Vec<(String, Option<String>)>,
    /// As written, behind the question mark.
    headers: Option<String>,
}

impl Uri {
    /// `sip:user@host`, the user escaped where needed. `host` may carry a port; IPv6 needs its brackets.
    pub fn sip(user: &str, host: &str) -> Result<Self, UriError> {
        let mut text = String::from("sip:");
        if !user.is_empty() {
            escape_into(&mut text, user, is_user);
            text.push('@');
        }
        text.push_str(host);
        Self::parse(&text)
    }

    /// Reads a URI. Strict: white space, brackets or non-ASCII characters are errors.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let mut scan = Scan::new(text);
        let scheme = scan.run(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        if !scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) || !scan.eat(b':') {
            return Err(UriError { at: scan.at() });
        }
        let scheme = if scheme.eq_ignore_ascii_case("sip") {
            Scheme::Sip
        } else if scheme.eq_ignore_ascii_case("sips") {
            Scheme::Sips
        } else {
            Scheme::Other(scheme.to_owned())
        };
        let mut uri = Self {
            scheme,
            user: None,
            password: None,
            host: String::new(),
            port: None,
            params: Vec::new(),
            headers: None,
        };
        let read = match uri.scheme {
            Scheme::Sip | Scheme::Sips => uri.read_sip(&mut scan),
            Scheme::Other(_) => uri.read_other(&mut scan),
        };
        match read {
            Some(()) if scan.done() => Ok(uri),
            _ => Err(UriError { at: scan.at() }),
        }
    }

    fn read_other(&mut self, scan: &mut Scan<'_>) -> Option<()> {
        self.host = scan
            .some(|b| b.is_ascii_graphic() && !b"<>\"".contains(&b))?
            .to_owned();
        Some(())
    }

    fn read_sip(&mut self, scan: &mut Scan<'_>) -> Option<()> {
        // The user part may hold `;`, `?` and `/`, so it is the at sign that decides, not the first delimiter.
        if memchr::memchr(b'@', scan.rest().as_bytes()).is_some() {
            self.user = Some(whole(scan.some(|b| is_user(b) || b == b'%' || b == b'#')?)?);
            if scan.eat(b':') {
                self.password = Some(whole(scan.run(|b| is_password(b) || b == b'%'))?);
            }
            if !scan.eat(b'@') {
                return None;
            }
        }
        self.host = read_host(scan)?.to_owned();
        if scan.eat(b':') {
            self.port = Some(u16::try_from(scan.number()?).ok()?);
        }
        while scan.eat(b';') {
            let name = whole(scan.some(|b| is_param(b) || b == b'%')?)?;
            let value = if scan.eat(b'=') {
                Some(whole(scan.some(|b| is_param(b) || b == b'%')?)?)
            } else {
                None
            };
            self.params.push((name, value));
        }
        if scan.eat(b'?') {
            self.headers = Some(whole(scan.some(|b| is_header(b) || b"%=&".contains(&b))?)?);
        }
        Some(())
    }

    /// The scheme.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Whether this is a `sip:` or `sips:` URI.
    pub fn is_sip(&self) -> bool {
        !matches!(self.scheme, Scheme::Other(_))
    }

    /// The user part, escapes resolved. For `tel:` the number.
    pub fn user(&self) -> Option<String> {
        match &self.scheme {
            Scheme::Sip | Scheme::Sips => self.user.as_deref().map(unescape),
            Scheme::Other(name) if name.eq_ignore_ascii_case("tel") => {
                self.host.split(';').next().map(str::to_owned)
            }
            Scheme::Other(_) => None,
        }
    }

    /// The password part, escapes resolved. Its use is discouraged (RFC 3261 §19.1.1).
    pub fn password(&self) -> Option<String> {
        self.password.as_deref().map(unescape)
    }

    /// The host as written, IPv6 with its brackets. Everything behind the colon of another scheme.
    pub fn host_text(&self) -> &str {
        &self.host
    }

    /// The host.
    pub fn host(&self) -> Host<'_> {
        host_of(&self.host)
    }

    /// The port, if it is written.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The value of parameter `name`, escapes resolved; the empty string if it has none.
    pub fn param(&self, name: &str) -> Option<String> {
        self.params
            .iter()
            .find(|(n, _)| unescape(n).eq_ignore_ascii_case(name))
            .map(|(_, value)| unescape(value.as_deref().unwrap_or("")))
    }

    /// Whether parameter `name` is there, as in `;lr`.
    pub fn has_param(&self, name: &str) -> bool {
        self.param(name).is_some()
    }

    /// Sets parameter `name`, escaping what needs it; an empty `value` writes the name alone.
    pub fn set_param(&mut self, name: &str, value: &str) {
        self.remove_param(name);
        if name.is_empty() {
            return;
        }
        let mut text = (String::new(), None);
        escape_into(&mut text.0, name, is_param);
        if !value.is_empty() {
            escape_into(text.1.insert(String::new()), value, is_param);
        }
        self.params.push(text);
    }

    /// Removes parameter `name`.
    pub fn remove_param(&mut self, name: &str) {
        self.params
            .retain(|(n, _)| !unescape(n).eq_ignore_ascii_case(name));
    }

    /// The header part (`?Subject=x&Priority=urgent`), names and values with escapes resolved.
    pub fn headers(&self) -> impl Iterator<Item = (String, String)> {
        self.headers
            .as_deref()
            .unwrap_or("")
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (unescape(name), unescape(value))
            })
    }

    /// Whether there is a header part. A Request-URI must not have one (RFC 3261 §19.1.1).
    pub fn has_headers(&self) -> bool {
        self.headers.is_some()
    }

    /// Removes the header part, as a Request-URI needs it.
    pub fn without_headers(mut self) -> Self {
        self.headers = None;
        self
    }

    /// Whether both name the same resource (RFC 3261 §19.1.4).
    pub fn equivalent(&self, other: &Self) -> bool {
        match (&self.scheme, &other.scheme) {
            (Scheme::Other(mine), Scheme::Other(theirs)) => {
                return mine.eq_ignore_ascii_case(theirs) && self.host == other.host;
            }
            (mine, theirs) if mine != theirs => return false,
            _ => {}
        }
        let same_host = self.host.eq_ignore_ascii_case(&other.host)
            || matches!((self.host(), other.host()), (Host::V6(mine), Host::V6(theirs)) if mine == theirs);
        same_host
            && self.user() == other.user()
            && self.password() == other.password()
            && self.port == other.port
            && self.params_agree(other)
            && other.params_agree(self)
            && self.headers_agree(other)
    }

    fn params_agree(&self, other: &Self) -> bool {
        self.params.iter().all(|(name, _)| {
            let name = unescape(name);
            // A name given twice is an error of the sender's (RFC 3261 §19.1.1); the first one counts, on both sides.
            match (self.param(&name), other.param(&name)) {
                (Some(mine), Some(theirs)) => mine.eq_ignore_ascii_case(&theirs),
                // These matter even where only one side has them.
                _ => !["user", "ttl", "method", "maddr", "transport"]
                    .iter()
                    .any(|counted| name.eq_ignore_ascii_case(counted)),
            }
        })
    }

    fn headers_agree(&self, other: &Self) -> bool {
        let all = |uri: &Self| -> Vec<(String, String)> {
            uri.headers().map(|(n, v)| (n.to_ascii_lowercase(), v)).collect()
        };
        let (mine, theirs) = (all(self), all(other));
        // In any order. They are few, so counting beats sorting.
        let times = |list: &[(String, String)], pair| list.iter().filter(|p| *p == pair).count();
        mine.len() == theirs.len() && mine.iter().all(|pair| times(&mine, pair) == times(&theirs, pair))
    }

    /// Appends the URI.
    pub(crate) fn write(&self, out: &mut String) {
        match &self.scheme {
            Scheme::Sip => out.push_str("sip"),
            Scheme::Sips => out.push_str("sips"),
            Scheme::Other(name) => out.push_str(name),
        }
        out.push(':');
        if let Some(user) = &self.user {
            out.push_str(user);
            if let Some(password) = &self.password {
                out.push(':');
                out.push_str(password);
            }
            out.push('@');
        }
        out.push_str(&self.host);
        if let Some(port) = self.port {
            out.push(':');
            number_into(out, u64::from(port));
        }
        for (name, value) in &self.params {
            out.push(';');
            out.push_str(name);
            if let Some(value) = value {
                out.push('=');
                out.push_str(value);
            }
        }
        if let Some(headers) = &self.headers {
            out.push('?');
            out.push_str(headers);
        }
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for Uri {
    /// Hides the user, which is somebody's number, and all that may carry one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match &self.scheme {
            Scheme::Sip => "sip",
            Scheme::Sips => "sips",
            Scheme::Other(name) => name,
        };
        f.write_str(scheme)?;
        f.write_str(if self.is_sip() && self.user.is_none() {
            ":"
        } else {
            ":..@"
        })?;
        f.write_str(if self.is_sip() { &self.host } else { "" })
    }
}

impl std::str::FromStr for Uri {
    type Err = UriError;

    fn from_str(text: &str) -> Result<Self, UriError> {
        Self::parse(text)
    }
}

fn whole(text: &str) -> Option<String> {
    escapes_are_whole(text).then(|| text.to_owned())
}

fn is_user(b: u8) -> bool {
    is_password(b) || b";?/".contains(&b)
}

fn is_password(b: u8) -> bool {
    is_unreserved(b) || b"&=+$,".contains(&b)
}

fn is_param(b: u8) -> bool {
    is_unreserved(b) || b"[]/:&+$".contains(&b)
}

fn is_header(b: u8) -> bool {
    is_unreserved(b) || b"[]/?:+$".contains(&b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        Uri::parse(text).unwrap()
    }

    #[test]
    fn every_part_is_read_and_written_back() {
        let text =
            "sips:al%69ce;day=tue:pa$$@[2001:db8::10]:5061;transport=wss;lr?Subject=a%20b&Priority=urgent";
        let uri = uri(text);
        assert_eq!(uri.scheme(), &Scheme::Sips);
        assert_eq!(uri.user().as_deref(), Some("alice;day=tue"));
        assert_eq!(uri.password().as_deref(), Some("pa$$"));
        assert_eq!(uri.host(), Host::V6("2001:db8::10".parse().unwrap()));
        assert_eq!(uri.port(), Some(5061));
        assert_eq!(uri.param("Transport").as_deref(), Some("wss"));
        assert!(uri.has_param("lr"));
        let headers: Vec<_> = uri.headers().collect();
        assert_eq!(headers[0], ("Subject".into(), "a b".into()));
        assert_eq!(uri.to_string(), text);
        assert!(!uri.without_headers().has_headers());
    }

    #[test]
    fn malformed_uris_are_refused() {
        for bad in [
            "",
            "sip:",
            "sip",
            "<sip:a@b>",
            "sip:a@b; lr",
            "sip:a@b;;lr",
            "sip:a@@b",
            "sip:a b@c",
            "sip:a%4@b",
            "sip:@b",
            "sip:2001:db8::10",
            "sip:[2001:db8::10",
            "sip:a@b:99999",
            "sip:a@b:",
            "sip:a@b?",
            "sip:é@b",
            "sip:a\r\n@b",
            "sip:[1:2]",
            ":a@b",
            "1x:y",
        ] {
            assert!(Uri::parse(bad).is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn other_schemes_are_kept_verbatim() {
        let tel = uri("tel:+911234567890;phone-context=+91");
        assert_eq!(tel.user().as_deref(), Some("+911234567890"));
        assert!(!tel.is_sip());
        for text in [
            "isbn:2983792873",
            "soap.beep://192.0.2.103:3002",
            "urn:service:sos",
        ] {
            assert_eq!(uri(text).to_string(), text);
        }
    }

    #[test]
    fn a_typed_user_is_escaped() {
        let made = Uri::sip("#31#+91 98\r\nX: y@z", "example.com:5060").unwrap();
        assert_eq!(
            made.to_string(),
            "sip:%2331%23+91%2098%0D%0AX%3A%20y%40z@example.com:5060"
        );
        assert!(Uri::sip("a", "b\r\nX: y").is_err());
    }

    /// The examples of RFC 3261 §19.1.4.
    #[test]
    fn comparison_follows_the_rfc() {
        for (a, b) in [
            (
                "sip:%61lice@atlanta.com;transport=TCP",
                "sip:alice@AtLanTa.CoM;Transport=tcp",
            ),
            ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
            ("sip:a@b;x=1;x=2", "sip:a@b;x=1;x=2"),
            (
                "sip:carol@chicago.com;security=on",
                "sip:carol@chicago.com;newparam=5",
            ),
            (
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
                "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
            ),
            (
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
                "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
            ),
        ] {
            assert!(uri(a).equivalent(&uri(b)), "{a} / {b}");
        }
        for (a, b) in [
            (
                "SIP:ALICE@AtLanTa.CoM;Transport=udp",
                "sip:alice@AtLanTa.CoM;Transport=UDP",
            ),
            ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
            ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
            ("sip:bob@biloxi.com:6000;transport=tcp", "sip:bob@biloxi.com"),
            (
                "sip:carol@chicago.com",
                "sip:carol@chicago.com?Subject=next%20meeting",
            ),
            ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
            ("sip:a@b", "sips:a@b"),
        ] {
            assert!(!uri(a).equivalent(&uri(b)), "{a} / {b}");
        }
    }

    #[test]
    fn debug_hides_the_number() {
        assert_eq!(
            format!("{:?}", uri("sip:+911234567890:pw@example.com;x=1")),
            "sip:..@example.com"
        );
        assert_eq!(format!("{:?}", uri("tel:+911234567890")), "tel:..@");
    }
}
