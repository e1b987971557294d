//! One type per header. A message keeps its headers as text; these read and write single values.

mod address;
mod authorization;
mod call_id;
mod challenge;
mod contact;
mod content_type;
mod cseq;
mod name_addr;
mod numbers;
mod reason;
mod retry_after;
mod tags;
mod text;
mod via;
mod warning;

pub use address::{From, PAssertedIdentity, Path, RecordRoute, ReferTo, Route, ServiceRoute, To};
pub use authorization::{Authorization, Credentials, ProxyAuthorization};
pub use call_id::CallId;
pub use challenge::{Challenge, ProxyAuthenticate, WwwAuthenticate};
pub use contact::Contact;
pub use content_type::ContentType;
pub use cseq::CSeq;
pub use name_addr::NameAddr;
pub use numbers::{Expires, FlowTimer, MaxForwards, MinExpires};
pub use reason::Reason;
pub use retry_after::RetryAfter;
pub use tags::{Allow, ProxyRequire, Require, Supported, Unsupported};
pub use text::{Accept, Server, Subject, UserAgent};
pub use via::Via;
pub use warning::Warning;

use crate::error::HeaderError;

/// A header with a type. One value is one header value: of a list header, one element.
pub trait Header: Sized {
    /// The header's long name.
    const NAME: &'static str;

    /// Reads one value, unfolded and trimmed.
    fn parse(value: &str) -> Result<Self, HeaderError>;

    /// Appends the value.
    fn write(&self, out: &mut String);
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Header;

    /// `H` read from `value`, or `None`; and what it writes reads back as the same.
    pub(crate) fn read<H: Header + PartialEq + std::fmt::Debug>(value: &str) -> Option<H> {
        let header = H::parse(value).ok()?;
        assert_eq!(H::parse(&written(&header)).as_ref(), Ok(&header));
        Some(header)
    }

    /// What `header` writes.
    pub(crate) fn written<H: Header>(header: &H) -> String {
        let mut out = String::new();
        header.write(&mut out);
        out
    }
}
