//! Request methods.

use crate::scan::is_token;
use crate::text::split;

/// A request method. Methods compare with case (RFC 3261 §7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// INVITE
    Invite,
    /// ACK
    Ack,
    /// BYE
    Bye,
    /// CANCEL
    Cancel,
    /// OPTIONS
    Options,
    /// REGISTER
    Register,
    /// INFO (RFC 6086)
    Info,
    /// PRACK (RFC 3262)
    Prack,
    /// UPDATE (RFC 3311)
    Update,
    /// REFER (RFC 3515)
    Refer,
    /// MESSAGE (RFC 3428)
    Message,
    /// SUBSCRIBE (RFC 6665)
    Subscribe,
    /// NOTIFY (RFC 6665)
    Notify,
    /// PUBLISH (RFC 3903)
    Publish,
    /// A method we do not know; a token, so that it can be written back.
    Other(OtherMethod),
}

/// The name of a method we do not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherMethod(Box<str>);

const KNOWN: [Method; 14] = [
    Method::Invite,
    Method::Ack,
    Method::Bye,
    Method::Cancel,
    Method::Options,
    Method::Register,
    Method::Info,
    Method::Prack,
    Method::Update,
    Method::Refer,
    Method::Message,
    Method::Subscribe,
    Method::Notify,
    Method::Publish,
];

/// Their names, in the same order.
const NAMES: &str =
    "INVITE ACK BYE CANCEL OPTIONS REGISTER INFO PRACK UPDATE REFER MESSAGE SUBSCRIBE NOTIFY PUBLISH";

impl Method {
    /// Reads a method; `None` if `text` is no token.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((known, _)) = Self::known().find(|(_, name)| *name == text) {
            return Some(known.clone());
        }
        let token = !text.is_empty() && text.bytes().all(is_token);
        token.then(|| Self::Other(OtherMethod(text.into())))
    }

    /// The method's name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(name) => &name.0,
            known => Self::known()
                .find(|(method, _)| *method == known)
                .map_or("", |(_, name)| name),
        }
    }

    fn known() -> impl Iterator<Item = (&'static Self, &'static str)> {
        KNOWN.iter().zip(split(NAMES, b' '))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_read_back() {
        for (method, name) in Method::known() {
            assert_eq!(method.as_str(), name);
            assert_eq!(Method::parse(name).as_ref(), Some(method));
        }
        assert_eq!(Method::known().count(), split(NAMES, b' ').count());
        assert_eq!(
            (Method::Ack.as_str(), Method::Publish.as_str()),
            ("ACK", "PUBLISH")
        );
    }

    #[test]
    fn unknown_methods_must_be_tokens() {
        assert_eq!(Method::parse("invite").unwrap().as_str(), "invite");
        assert_ne!(Method::parse("invite"), Some(Method::Invite));
        assert_eq!(Method::parse("A B"), None);
        assert_eq!(Method::parse(""), None);
    }
}
