//! Content-Type (RFC 3261 §20.15).

use super::Header;
use crate::error::HeaderError;
use crate::params::Params;
use crate::scan::{Scan, is_token};
use crate::text::cut;

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentType {
    /// `application`; written as `application` if it is no token.
    pub media_type: String,
    /// `sdp`; written as `octet-stream` if it is no token.
    pub subtype: String,
    /// `charset`, `boundary` and others.
    pub params: Params,
}

impl ContentType {
    /// `type/subtype`.
    pub fn new(media_type: &str, subtype: &str) -> Self {
        Self {
            media_type: media_type.into(),
            subtype: subtype.into(),
            params: Params::new(),
        }
    }

    /// A session description.
    pub fn sdp() -> Self {
        Self::new("application", "sdp")
    }

    /// Whether this is `name` (`type/subtype`), whatever its parameters.
    pub fn is(&self, name: &str) -> bool {
        cut(name, b'/').is_some_and(|(media_type, subtype)| {
            self.media_type.eq_ignore_ascii_case(media_type) && self.subtype.eq_ignore_ascii_case(subtype)
        })
    }
}

impl Header for ContentType {
    const NAME: &'static str = "Content-Type";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        let read = |scan: &mut Scan<'_>| {
            let media_type = scan.token()?.to_owned();
            let subtype = if scan.separator(b'/') {
                scan.token()?.to_owned()
            } else {
                return None;
            };
            Some(Self {
                media_type,
                subtype,
                params: Params::read(scan)?,
            })
        };
        match read(&mut scan) {
            Some(kind) => scan.finish(Self::NAME, kind),
            None => Err(scan.fail(Self::NAME)),
        }
    }

    fn write(&self, out: &mut String) {
        let good = |text: &str| !text.is_empty() && text.bytes().all(is_token);
        out.push_str(if good(&self.media_type) {
            &self.media_type
        } else {
            "application"
        });
        out.push('/');
        out.push_str(if good(&self.subtype) {
            &self.subtype
        } else {
            "octet-stream"
        });
        self.params.write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, written};
    use super::*;

    #[test]
    fn type_and_parameters_are_read() {
        let kind: ContentType = read("multipart/mixed;boundary=\"7a9cbec02ceef655\"").unwrap();
        assert!(kind.is("Multipart/Mixed") && !kind.is("multipart"));
        assert_eq!(kind.params.get("boundary"), Some("7a9cbec02ceef655"));
        assert!(
            read::<ContentType>("Application / SDP")
                .unwrap()
                .is("application/sdp")
        );
        assert_eq!(read::<ContentType>("text"), None);
        assert_eq!(
            written(&ContentType::new("a b", "c\r\nd")),
            "application/octet-stream"
        );
    }
}
