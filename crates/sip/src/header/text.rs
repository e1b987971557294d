//! The headers that are text: User-Agent, Server, Subject, Accept.

use super::Header;
use crate::error::HeaderError;

macro_rules! text {
    ($type:ident, $name:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(pub String);

        impl Header for $type {
            const NAME: &'static str = $name;

            fn parse(value: &str) -> Result<Self, HeaderError> {
                Ok(Self(value.to_owned()))
            }

            fn write(&self, out: &mut String) {
                out.push_str(&self.0);
            }
        }
    };
}

text!(
    UserAgent,
    "User-Agent",
    "The software that sent the request (RFC 3261 §20.41)."
);
text!(
    Server,
    "Server",
    "The software that sent the response (RFC 3261 §20.35)."
);
text!(Subject, "Subject", "What the call is about (RFC 3261 §20.36).");
text!(
    Accept,
    "Accept",
    "A body the sender can read, as `type/subtype` (RFC 3261 §20.1)."
);

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn text_is_kept() {
        assert_eq!(
            read("softphone/1.0 (wasm)"),
            Some(UserAgent("softphone/1.0 (wasm)".into()))
        );
        assert_eq!(read(""), Some(Subject(String::new())));
    }
}
