//! The headers that list words: Allow, Supported, Require and their kin. One value is one word.

use super::Header;
use crate::error::HeaderError;
use crate::message::Method;
use crate::scan::Scan;

/// A method the sender acts on (RFC 3261 §20.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow(pub Method);

impl Header for Allow {
    const NAME: &'static str = "Allow";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        Method::parse(value).map(Self).ok_or(HeaderError {
            header: Self::NAME,
            at: 0,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(self.0.as_str());
    }
}

macro_rules! tag {
    ($type:ident, $name:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(pub String);

        impl Header for $type {
            const NAME: &'static str = $name;

            fn parse(value: &str) -> Result<Self, HeaderError> {
                let mut scan = Scan::new(value);
                match scan.token() {
                    Some(tag) => scan.finish($name, Self(tag.to_owned())),
                    None => Err(scan.fail($name)),
                }
            }

            fn write(&self, out: &mut String) {
                out.push_str(&self.0);
            }
        }
    };
}

tag!(
    Supported,
    "Supported",
    "An extension the sender knows (RFC 3261 §20.37)."
);
tag!(
    Require,
    "Require",
    "An extension the receiver must know (RFC 3261 §20.32)."
);
tag!(
    ProxyRequire,
    "Proxy-Require",
    "An extension every proxy must know (RFC 3261 §20.29)."
);
tag!(
    Unsupported,
    "Unsupported",
    "An extension that was asked for in vain (RFC 3261 §20.40)."
);

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn one_word_each() {
        assert_eq!(read("INVITE"), Some(Allow(Method::Invite)));
        assert_eq!(read("100rel"), Some(Supported("100rel".into())));
        assert_eq!(read::<Require>("two words"), None);
        assert_eq!(read::<Require>(""), None);
    }
}
