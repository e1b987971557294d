//! Request methods.

use crate::scan::is_token;

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

const KNOWN: [(Method, &str); 14] = [
    (Method::Invite, "INVITE"),
    (Method::Ack, "ACK"),
    (Method::Bye, "BYE"),
    (Method::Cancel, "CANCEL"),
    (Method::Options, "OPTIONS"),
    (Method::Register, "REGISTER"),
    (Method::Info, "INFO"),
    (Method::Prack, "PRACK"),
    (Method::Update, "UPDATE"),
    (Method::Refer, "REFER"),
    (Method::Message, "MESSAGE"),
    (Method::Subscribe, "SUBSCRIBE"),
    (Method::Notify, "NOTIFY"),
    (Method::Publish, "PUBLISH"),
];

impl Method {
    /// Reads a method; `None` if `text` is no token.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((method, _)) = KNOWN.iter().find(|(_, name)| *name == text) {
            return Some(method.clone());
        }
        let token = !text.is_empty() && text.bytes().all(is_token);
        token.then(|| Self::Other(OtherMethod(text.into())))
    }

    /// The method's name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Invite => "INVITE",
            Self::Ack => "ACK",
            Self::Bye => "BYE",
            Self::Cancel => "CANCEL",
            Self::Options => "OPTIONS",
            Self::Register => "REGISTER",
            Self::Info => "INFO",
            Self::Prack => "PRACK",
            Self::Update => "UPDATE",
            Self::Refer => "REFER",
            Self::Message => "MESSAGE",
            Self::Subscribe => "SUBSCRIBE",
            Self::Notify => "NOTIFY",
            Self::Publish => "PUBLISH",
            Self::Other(name) => &name.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_read_back() {
        for (method, name) in &KNOWN {
            assert_eq!(method.as_str(), *name);
            assert_eq!(Method::parse(name).as_ref(), Some(method));
        }
    }

    #[test]
    fn unknown_methods_must_be_tokens() {
        assert_eq!(Method::parse("invite").unwrap().as_str(), "invite");
        assert_ne!(Method::parse("invite"), Some(Method::Invite));
        assert_eq!(Method::parse("A B"), None);
        assert_eq!(Method::parse(""), None);
    }
}
