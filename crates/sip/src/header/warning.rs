//! Warning (RFC 3261 §20.43).

use super::Header;
use crate::error::HeaderError;
use crate::scan::{Scan, is_token, number_into, quote_into};

/// More about why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Three digits: 300 to 399 for SIP.
    pub code: u16,
    /// Who warns: a host or a pseudonym; written as `-` if it could not stand there.
    pub agent: String,
    /// Text for people.
    pub text: String,
}

impl Header for Warning {
    const NAME: &'static str = "Warning";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        let read = |scan: &mut Scan<'_>| {
            let code = scan
                .number()
                .and_then(|n| u16::try_from(n).ok())
                .filter(|n| (100..1000).contains(n))?;
            scan.space();
            let agent = scan.some(is_agent)?.to_owned();
            scan.space();
            Some(Self {
                code,
                agent,
                text: scan.quoted()?,
            })
        };
        match read(&mut scan) {
            Some(warning) => scan.finish(Self::NAME, warning),
            None => Err(scan.fail(Self::NAME)),
        }
    }

    fn write(&self, out: &mut String) {
        number_into(out, u64::from(self.code.clamp(100, 999)));
        out.push(' ');
        let good = !self.agent.is_empty() && self.agent.bytes().all(is_agent);
        out.push_str(if good { &self.agent } else { "-" });
        out.push(' ');
        quote_into(out, &self.text);
    }
}

fn is_agent(b: u8) -> bool {
    is_token(b) || matches!(b, b'[' | b']' | b':')
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn code_agent_and_text_are_read() {
        let warning: Warning = read("370 [2001:db8::1]:5060 \"Choose a bigger \\\"pipe\\\"\"").unwrap();
        assert_eq!(
            (warning.code, warning.text.as_str()),
            (370, "Choose a bigger \"pipe\"")
        );
        assert_eq!(read::<Warning>("1812 overture \"In Progress\""), None);
        assert_eq!(read::<Warning>("370 a"), None);
    }
}
