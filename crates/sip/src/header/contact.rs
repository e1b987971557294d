//! Contact (RFC 3261 §20.10).

use super::{Header, NameAddr};
use crate::error::HeaderError;
use crate::scan::Scan;

/// Where a party can be reached next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// `*`: every binding, to remove them in a REGISTER with Expires 0.
    Any,
    /// One address.
    Address(NameAddr),
}

impl Contact {
    /// The address, unless this is `*`.
    pub fn address(&self) -> Option<&NameAddr> {
        match self {
            Self::Any => None,
            Self::Address(address) => Some(address),
        }
    }

    /// The lifetime in seconds, if given; a value past 32 bits counts as the largest one, one that is no
    /// number as an hour (RFC 3261 §20.10, §20.19, §10.3 step 7).
    pub fn expires(&self) -> Option<u32> {
        let text = self.address()?.params.get("expires")?;
        let mut scan = Scan::new(text);
        Some(match scan.number() {
            Some(seconds) if scan.done() => u32::try_from(seconds).unwrap_or(u32::MAX),
            _ => 3600,
        })
    }

    /// The preference in thousandths, 1000 where none or nonsense is given.
    pub fn q(&self) -> u16 {
        let text = self.address().and_then(|a| a.params.get("q")).unwrap_or("1");
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if whole == "1" || part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return 1000;
        }
        let digits = part.bytes().chain(*b"000").take(3);
        digits.fold(0, |n, b| n * 10 + u16::from(b - b'0'))
    }
}

impl Header for Contact {
    const NAME: &'static str = "Contact";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        if value == "*" {
            return Ok(Self::Any);
        }
        NameAddr::read(Self::NAME, value).map(Self::Address)
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Any => out.push('*'),
            Self::Address(address) => address.put(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn lifetime_and_preference_are_read() {
        let contact: Contact = read(
            "<sip:a@df7j.invalid;transport=ws>;reg-id=1;+sip.instance=\"<urn:uuid:f8-1>\";expires=300;q=0.75",
        )
        .unwrap();
        assert_eq!((contact.expires(), contact.q()), (Some(300), 750));
        assert_eq!(
            contact.address().unwrap().params.get("+sip.instance"),
            Some("<urn:uuid:f8-1>")
        );
        assert_eq!(read::<Contact>("*"), Some(Contact::Any));
        assert_eq!(read::<Contact>("sip:a@b").unwrap().expires(), None);
    }

    #[test]
    fn absurd_values_become_sane_ones() {
        let contact: Contact = read("<sip:a@b>;expires=280297596632815;q=5").unwrap();
        assert_eq!((contact.expires(), contact.q()), (Some(u32::MAX), 0));
        assert_eq!(
            read::<Contact>("<sip:a@b>;expires=soon;q=x.y").unwrap().expires(),
            Some(3600)
        );
        assert_eq!(read::<Contact>("<sip:a@b>;q=1.000").unwrap().q(), 1000);
    }

    #[test]
    fn headers_without_brackets_are_refused() {
        assert_eq!(
            read::<Contact>("sip:user@example.com?Route=%3Csip:sip.example.com%3E"),
            None
        );
        assert_eq!(read::<Contact>("\"Joe\" <sip:joe@example.org>;;;;"), None);
    }
}
