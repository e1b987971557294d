//! `name-addr` and `addr-spec`, the value of most address headers (RFC 3261 §20.10, §25.1).

use std::fmt;

use crate::error::HeaderError;
use crate::params::Params;
use crate::scan::{Scan, quote_into};
use crate::text::{find, trim_end};
use crate::uri::Uri;

/// A URI with a name for people and header parameters.
#[derive(Clone, PartialEq, Eq)]
pub struct NameAddr {
    /// The display name, without quotes.
    pub display: Option<String>,
    /// The address.
    pub uri: Uri,
    /// Parameters behind the address: `tag`, `expires`, `+sip.instance`.
    pub params: Params,
}

impl NameAddr {
    /// The address alone.
    pub fn new(uri: Uri) -> Self {
        Self {
            display: None,
            uri,
            params: Params::new(),
        }
    }

    /// The address with a display name.
    pub fn named(display: impl Into<String>, uri: Uri) -> Self {
        Self {
            display: Some(display.into()).filter(|d: &String| !d.is_empty()),
            uri,
            params: Params::new(),
        }
    }

    /// Reads one address, as typed by a person or found in a header.
    pub fn parse(value: &str) -> Result<Self, HeaderError> {
        Self::read("address", value)
    }

    /// The dialog tag.
    pub fn tag(&self) -> Option<&str> {
        self.params.get("tag")
    }

    /// The same with dialog tag `tag`.
    pub fn with_tag(mut self, tag: &str) -> Self {
        self.params.set("tag", tag);
        self
    }

    /// What to call this party: the display name, else the user part, else the host.
    pub fn label(&self) -> String {
        self.display
            .clone()
            .or_else(|| self.uri.user())
            .unwrap_or_else(|| self.uri.host_text().to_owned())
    }

    /// Reads a whole value of header `name`.
    pub(super) fn read(name: &'static str, value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        match Self::scan(&mut scan) {
            Some(address) => scan.finish(name, address),
            None => Err(scan.fail(name)),
        }
    }

    fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        scan.space();
        let display = if scan.peek() == Some(b'"') {
            let text = scan.quoted()?;
            scan.space();
            Some(text)
        } else if find(scan.rest().as_bytes(), b'<').is_some() {
            // Wider than the grammar's tokens, as unquoted names in any script are common;
            // separators still need quotes, so `Bell, Alexander <..>` fails (RFC 4475 §3.1.2.15).
            let text =
                trim_end(scan.run(|b| b != b'<' && !matches!(b, b',' | b';' | b':' | b'"' | b'\\' | b'@')));
            Some(text.to_owned()).filter(|t| !t.is_empty())
        } else {
            None
        };
        let uri = if scan.eat(b'<') {
            Uri::parse(scan.until(b'>')?)
        } else if display.is_none() {
            // Outside angle brackets, parameters are the header's, and `?` and `,` cannot be the URI's
            // (RFC 3261 §20.10).
            Uri::parse(
                scan.some(|b| b.is_ascii_graphic() && !matches!(b, b';' | b',' | b'?' | b'<' | b'>' | b'"'))?,
            )
        } else {
            return None;
        };
        Some(Self {
            display,
            uri: uri.ok()?,
            params: Params::read(scan)?,
        })
    }

    /// Appends the address, always in angle brackets.
    pub(super) fn put(&self, out: &mut String) {
        if let Some(display) = &self.display {
            quote_into(out, display);
            out.push(' ');
        }
        out.push('<');
        out.push_str(self.uri.as_text());
        out.push('>');
        self.params.write(out);
    }
}

impl fmt::Display for NameAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.put(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for NameAddr {
    /// Hides name and number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.uri, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let full =
            NameAddr::parse("\"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>  ;  tag = 98asjd8")
                .unwrap();
        assert_eq!(full.display.as_deref(), Some("J Rosenberg \\\""));
        assert_eq!(full.tag(), Some("98asjd8"));
        assert_eq!(
            full.to_string(),
            "\"J Rosenberg \\\\\\\"\" <sip:jdrosen@example.com>;tag=98asjd8"
        );
        let bare = NameAddr::parse("sip:vivekg@chair.example.com;tag=1").unwrap();
        assert_eq!((bare.tag(), bare.uri.has_param("tag")), (Some("1"), false));
        let tokens = NameAddr::parse("token1~` token2'+_ token3*%!.-<sip:m@example.com>").unwrap();
        assert_eq!(tokens.display.as_deref(), Some("token1~` token2'+_ token3*%!.-"));
        assert_eq!(NameAddr::parse("अमित <sip:a@b>").unwrap().label(), "अमित");
    }

    #[test]
    fn malformed_addresses_are_refused() {
        for bad in [
            "",
            "<",
            "<>",
            "<sip:a@b",
            "\"open <sip:a@b>",
            "Bell, A <sip:a@b>",
            "< sip:a@b >",
            "sip:a@b?x=y",
            "<sip:a@b> x",
            "<sip:a@b>;",
            "\"x\" sip:a@b",
            "a@b",
        ] {
            assert!(NameAddr::parse(bad).is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn a_name_cannot_break_out() {
        let evil = NameAddr::named("a\" <sip:x@y>\r\nEvil: 1", Uri::parse("sip:a@b").unwrap());
        assert_eq!(evil.to_string(), "\"a\\\" <sip:x@y>  Evil: 1\" <sip:a@b>");
        assert_eq!(format!("{evil:?}"), "sip:..@b");
    }
}
