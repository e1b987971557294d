//! Call-ID (RFC 3261 §20.8).

use super::Header;
use crate::error::HeaderError;

/// What all messages of one call, or of one registration, have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallId(pub String);

impl Header for CallId {
    const NAME: &'static str = "Call-ID";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        // Wider than `word [ "@" word ]`: it is compared byte for byte and echoed, never taken apart.
        match value.bytes().position(|b| !b.is_ascii_graphic()) {
            None if !value.is_empty() => Ok(Self(value.to_owned())),
            at => Err(HeaderError {
                header: Self::NAME,
                at: at.unwrap_or(0),
            }),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn any_word_passes_and_no_space() {
        let odd = "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{";
        assert_eq!(read(odd), Some(CallId(odd.into())));
        assert_eq!(read::<CallId>(""), None);
        assert_eq!(read::<CallId>("a b"), None);
    }
}
