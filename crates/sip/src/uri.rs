//! SIP and SIPS URIs (RFC 3261 §19.1); other schemes are kept as they came.

use std::fmt;

use crate::error::UriError;
use crate::host::{Host, host_of, read_host};
use crate::scan::{Scan, escape_into, escapes_are_whole, is_unreserved, unescape};
use crate::text::{self, cut, find, head};

/// The scheme of a [`Uri`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme<'a> {
    /// `sip:`
    Sip,
    /// `sips:`
    Sips,
    /// Any other, such as `tel` or `urn`, as written.
    Other(&'a str),
}

/// A URI. `==` compares letter by letter; for the comparison of RFC 3261 §19.1.4, which is no equivalence
/// relation, use [`Uri::equivalent`].
///
/// Kept as written (the schemes we know in small letters), and taken apart each time: reading it is cheap, and it is copied
/// and sent more often than looked into.
#[derive(Clone, PartialEq, Eq)]
pub struct Uri(String);

/// What a URI says, all of it still escaped.
struct Parts<'a> {
    scheme: Scheme<'a>,
    user: Option<&'a str>,
    password: Option<&'a str>,
    /// IPv6 with its brackets; with another scheme everything behind the colon.
    host: &'a str,
    port: Option<u16>,
    /// Host and port as they stand.
    place: &'a str,
    /// `;name=value…`, or nothing.
    params: &'a str,
    /// Behind the question mark.
    headers: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Result<Self, UriError> {
        let mut scan = Scan::new(text);
        match Self::read(&mut scan) {
            Some(parts) if scan.done() => Ok(parts),
            _ => Err(UriError { at: scan.at() }),
        }
    }

    fn read(scan: &mut Scan<'a>) -> Option<Self> {
        let name = scan.run(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        if !name.bytes().next()?.is_ascii_alphabetic() || !scan.eat(b':') {
            return None;
        }
        let scheme = if name.eq_ignore_ascii_case("sip") {
            Scheme::Sip
        } else if name.eq_ignore_ascii_case("sips") {
            Scheme::Sips
        } else {
            Scheme::Other(name)
        };
        let mut parts = Self {
            scheme,
            user: None,
            password: None,
            host: "",
            port: None,
            place: "",
            params: "",
            headers: None,
        };
        match scheme {
            Scheme::Sip | Scheme::Sips => parts.read_sip(scan)?,
            Scheme::Other(_) => {
                parts.host = scan.some(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"'))?
            }
        }
        Some(parts)
    }

    fn read_sip(&mut self, scan: &mut Scan<'a>) -> Option<()> {
        // The user part may hold `;`, `?` and `/`, so it is the at sign that decides, not the first delimiter.
        if find(scan.rest().as_bytes(), b'@').is_some() {
            self.user = Some(whole(scan.some(|b| is_user(b) || b == b'%' || b == b'#')?)?);
            if scan.eat(b':') {
                self.password = Some(whole(scan.run(|b| is_password(b) || b == b'%'))?);
            }
            if !scan.eat(b'@') {
                return None;
            }
        }
        let place = scan.rest();
        self.host = read_host(scan)?;
        if scan.eat(b':') {
            self.port = Some(u16::try_from(scan.number()?).ok()?);
        }
        let params = scan.rest();
        self.place = place.get(..place.len() - params.len())?;
        while scan.eat(b';') {
            whole(scan.some(|b| is_param(b) || b == b'%')?)?;
            if scan.eat(b'=') {
                whole(scan.some(|b| is_param(b) || b == b'%')?)?;
            }
        }
        self.params = params.get(..params.len() - scan.rest().len())?;
        if scan.eat(b'?') {
            self.headers = Some(whole(
                scan.some(|b| is_header(b) || matches!(b, b'%' | b'=' | b'&'))?,
            )?);
        }
        Some(())
    }

    /// Parameters by name, still escaped.
    fn params(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        split(self.params, b';')
    }
}

/// `name=value` pairs between separators; no value is an empty one.
fn split(text: &str, separator: u8) -> impl Iterator<Item = (&str, &str)> {
    text::split(text, separator)
        .filter(|pair| !pair.is_empty())
        .map(|pair| cut(pair, b'=').unwrap_or((pair, "")))
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
        let known = match Parts::of(text)?.scheme {
            Scheme::Sip => "sip",
            Scheme::Sips => "sips",
            Scheme::Other(_) => "",
        };
        let mut uri = String::from(known);
        uri.push_str(text.get(known.len()..).unwrap_or_default());
        Ok(Self(uri))
    }

    #[inline(never)]
    fn parts(&self) -> Parts<'_> {
        // Checked when it was made.
        Parts::of(&self.0).unwrap_or(Parts {
            scheme: Scheme::Other(""),
            user: None,
            password: None,
            host: "",
            port: None,
            place: "",
            params: "",
            headers: None,
        })
    }

    /// The scheme.
    pub fn scheme(&self) -> Scheme<'_> {
        self.parts().scheme
    }

    /// Whether this is a `sip:` or `sips:` URI.
    pub fn is_sip(&self) -> bool {
        !matches!(self.scheme(), Scheme::Other(_))
    }

    /// The user part, escapes resolved. For `tel:` the number.
    pub fn user(&self) -> Option<String> {
        let parts = self.parts();
        match parts.scheme {
            Scheme::Sip | Scheme::Sips => parts.user.map(unescape),
            Scheme::Other(name) if name.eq_ignore_ascii_case("tel") => {
                Some(head(parts.host, b';').to_owned())
            }
            Scheme::Other(_) => None,
        }
    }

    /// The password part, escapes resolved. Its use is discouraged (RFC 3261 §19.1.1).
    pub fn password(&self) -> Option<String> {
        self.parts().password.map(unescape)
    }

    /// The host as written, IPv6 with its brackets. Everything behind the colon of another scheme.
    pub fn host_text(&self) -> &str {
        self.parts().host
    }

    /// The host.
    pub fn host(&self) -> Host<'_> {
        host_of(self.host_text())
    }

    /// Host and port as written; empty with another scheme.
    pub fn place(&self) -> &str {
        self.parts().place
    }

    /// The port, if it is written.
    pub fn port(&self) -> Option<u16> {
        self.parts().port
    }

    /// The value of parameter `name`, escapes resolved; the empty string if it has none.
    pub fn param(&self, name: &str) -> Option<String> {
        self.parts()
            .params()
            .find(|(known, _)| unescape(known).eq_ignore_ascii_case(name))
            .map(|(_, value)| unescape(value))
    }

    /// Whether parameter `name` is there, as in `;lr`.
    pub fn has_param(&self, name: &str) -> bool {
        self.param(name).is_some()
    }

    /// Sets parameter `name`, escaping what needs it; an empty `value` writes the name alone. Other schemes have none.
    pub fn set_param(&mut self, name: &str, value: &str) {
        let mut text = String::new();
        if !name.is_empty() {
            text.push(';');
            escape_into(&mut text, name, is_param);
            if !value.is_empty() {
                text.push('=');
                escape_into(&mut text, value, is_param);
            }
        }
        self.put_param(name, &text);
    }

    /// Adds `param` (`;name=value`), which is well-formed and not there yet.
    pub(crate) fn add_param(&mut self, param: &str) {
        let query = self.parts().headers.map_or(0, |headers| headers.len() + 1);
        self.0.insert_str(self.0.len() - query, param);
    }

    /// Removes parameter `name`.
    pub fn remove_param(&mut self, name: &str) {
        self.put_param(name, "");
    }

    /// `text` takes the place of parameter `name`, behind all others.
    fn put_param(&mut self, name: &str, text: &str) {
        if !self.is_sip() {
            return;
        }
        let parts = self.parts();
        let query = parts.headers.map_or(0, |headers| headers.len() + 1);
        let (front, query) = self.0.split_at(self.0.len() - query);
        let mut made = front
            .get(..front.len() - parts.params.len())
            .unwrap_or(front)
            .to_owned();
        for param in text::split(parts.params, b';').filter(|param| !param.is_empty()) {
            let known = head(param, b'=');
            if !unescape(known).eq_ignore_ascii_case(name) {
                made.push(';');
                made.push_str(param);
            }
        }
        made.push_str(text);
        made.push_str(query);
        self.0 = made;
    }

    /// The header part (`?Subject=x&Priority=urgent`), names and values with escapes resolved.
    pub fn headers(&self) -> impl Iterator<Item = (String, String)> {
        split(self.parts().headers.unwrap_or_default(), b'&')
            .map(|(name, value)| (unescape(name), unescape(value)))
    }

    /// Whether there is a header part. A Request-URI must not have one (RFC 3261 §19.1.1).
    pub fn has_headers(&self) -> bool {
        self.parts().headers.is_some()
    }

    /// Removes the header part, as a Request-URI needs it.
    pub fn without_headers(mut self) -> Self {
        if let Some(headers) = self.parts().headers {
            self.0.truncate(self.0.len() - headers.len() - 1);
        }
        self
    }

    /// The URI as written.
    pub fn as_text(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Uri {
    /// Hides the user, which is somebody's number, and all that may carry one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts();
        let (scheme, host) = match parts.scheme {
            Scheme::Sip => ("sip", parts.host),
            Scheme::Sips => ("sips", parts.host),
            Scheme::Other(name) => (name, ""),
        };
        let open = parts.user.is_none() && !host.is_empty();
        for text in [scheme, if open { ":" } else { ":..@" }, host] {
            f.write_str(text)?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Uri {
    type Err = UriError;

    fn from_str(text: &str) -> Result<Self, UriError> {
        Self::parse(text)
    }
}

fn whole(text: &str) -> Option<&str> {
    escapes_are_whole(text).then_some(text)
}

fn is_user(b: u8) -> bool {
    is_password(b) || matches!(b, b';' | b'?' | b'/')
}

fn is_password(b: u8) -> bool {
    is_unreserved(b) || matches!(b, b'&' | b'=' | b'+' | b'$' | b',')
}

fn is_param(b: u8) -> bool {
    is_unreserved(b) || matches!(b, b'[' | b']' | b'/' | b':' | b'&' | b'+' | b'$')
}

fn is_header(b: u8) -> bool {
    is_unreserved(b) || matches!(b, b'[' | b']' | b'/' | b'?' | b':' | b'+' | b'$')
}

#[path = "uri/compare.rs"]
mod compare;
#[cfg(test)]
#[path = "uri/tests.rs"]
mod tests;
