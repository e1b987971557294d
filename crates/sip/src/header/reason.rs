//! Reason (RFC 3326): why a call is being ended.

use super::Header;
use crate::error::HeaderError;
use crate::params::Params;
use crate::scan::{Scan, is_token, number_into};
use crate::text::number;

/// Why a request was sent, in the words of some protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// `SIP`, `Q.850` or another; written as `SIP` if it is no token.
    pub protocol: String,
    /// The cause: a status code for `SIP`, a release cause for `Q.850`.
    pub cause: Option<u16>,
    /// Text for people; any characters.
    pub text: Option<String>,
    /// Other parameters.
    pub params: Params,
}

impl Reason {
    /// `SIP;cause=status;text="…"`.
    pub fn sip(status: u16, text: &str) -> Self {
        Self {
            protocol: "SIP".into(),
            cause: Some(status),
            text: Some(text.into()),
            params: Params::new(),
        }
    }

    /// `Q.850;cause=cause;text="…"` (ITU-T Q.850 release causes; 16 is normal clearing).
    pub fn q850(cause: u16, text: &str) -> Self {
        Self {
            protocol: "Q.850".into(),
            ..Self::sip(cause, text)
        }
    }
}

impl Header for Reason {
    const NAME: &'static str = "Reason";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        let protocol = scan.token().ok_or_else(|| scan.fail(Self::NAME))?.to_owned();
        let mut params = Params::read(&mut scan).ok_or_else(|| scan.fail(Self::NAME))?;
        let cause = match params.get("cause") {
            Some(text) => {
                let number = number(text).and_then(|cause| u16::try_from(cause).ok());
                Some(number.ok_or_else(|| scan.fail(Self::NAME))?)
            }
            None => None,
        };
        let text = params.get("text").map(str::to_owned);
        params.remove("cause");
        params.remove("text");
        scan.finish(
            Self::NAME,
            Self {
                protocol,
                cause,
                text,
                params,
            },
        )
    }

    fn write(&self, out: &mut String) {
        let good = !self.protocol.is_empty() && self.protocol.bytes().all(is_token);
        out.push_str(if good { &self.protocol } else { "SIP" });
        if let Some(cause) = self.cause {
            out.push_str(";cause=");
            number_into(out, u64::from(cause));
        }
        let mut params = Params::new();
        if let Some(text) = &self.text {
            params.set_quoted("text", text);
        }
        params.write(out);
        self.params.write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, written};
    use super::*;

    #[test]
    fn cause_and_text_are_read() {
        let reason: Reason = read("SIP ;cause=200 ;text=\"Call completed elsewhere\"").unwrap();
        assert_eq!(
            (reason.cause, reason.text.as_deref()),
            (Some(200), Some("Call completed elsewhere"))
        );
        let reason: Reason = read("Q.850;cause=16;text=Terminated;loc=USER").unwrap();
        assert_eq!(reason.params.get("loc"), Some("USER"));
        assert_eq!(written(&reason), "Q.850;cause=16;text=\"Terminated\";loc=USER");
        assert_eq!(read::<Reason>("preemption").unwrap().cause, None);
    }

    #[test]
    fn any_text_is_written_safely() {
        let evil = Reason::sip(487, "a\"; b\r\nEvil: ü\\");
        assert_eq!(written(&evil), "SIP;cause=487;text=\"a\\\"; b  Evil: ü\\\\\"");
        assert_eq!(
            Reason::parse(&written(&evil)).unwrap().text.as_deref(),
            Some("a\"; b  Evil: ü\\")
        );
    }

    #[test]
    fn malformed_reasons_are_refused() {
        for bad in [
            "",
            ";cause=1",
            "SIP;cause=many",
            "SIP;cause=99999",
            "SIP;text=\"open",
        ] {
            assert_eq!(read::<Reason>(bad), None, "{bad:?} was taken");
        }
    }
}
