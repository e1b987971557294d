//! CSeq (RFC 3261 §20.16).

use super::Header;
use crate::error::HeaderError;
use crate::message::Method;
use crate::scan::{Scan, number_into};

/// The place of a request in its dialog, and its method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CSeq {
    /// The number, below 2^31 (RFC 3261 §8.1.1.5).
    pub number: u32,
    /// The method of the request, also in its response.
    pub method: Method,
}

impl Header for CSeq {
    const NAME: &'static str = "CSeq";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        let number = scan
            .number()
            .filter(|n| *n < 1 << 31)
            .and_then(|n| u32::try_from(n).ok());
        let number = number
            .filter(|_| scan.space())
            .ok_or_else(|| scan.fail(Self::NAME))?;
        let method = scan
            .token()
            .and_then(Method::parse)
            .ok_or_else(|| scan.fail(Self::NAME))?;
        scan.finish(Self::NAME, Self { number, method })
    }

    fn write(&self, out: &mut String) {
        number_into(out, u64::from(self.number));
        out.push(' ');
        out.push_str(self.method.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn number_and_method_are_read() {
        assert_eq!(
            read("0009   INVITE"),
            Some(CSeq {
                number: 9,
                method: Method::Invite
            })
        );
        assert_eq!(read::<CSeq>("2147483647 ACK").unwrap().number, 2_147_483_647);
    }

    #[test]
    fn absurd_numbers_are_refused() {
        for bad in [
            "",
            "1",
            "1INVITE",
            "INVITE",
            "-1 INVITE",
            "2147483648 ACK",
            "36893488147419103232 ACK",
            "1 A B",
        ] {
            assert_eq!(read::<CSeq>(bad), None, "{bad:?} was taken");
        }
    }
}
