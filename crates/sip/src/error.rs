//! Which error where.
//!
//! - [`ParseError`]: the bytes are no SIP message. The peer's fault; carries the reply where one can be built.
//! - [`HeaderError`]: one header of a well-framed message is malformed. The peer's fault.
//! - [`Rejection`](crate::message::Rejection): a request we can read and must refuse.
//! - [`InvalidHeader`], [`UriError`]: text from our own side (or a form) that cannot go into a message.

use std::fmt;

use crate::message::Response;

/// Why bytes are no SIP message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// Where, as a byte offset into the input.
    pub at: usize,
    /// The reply to send, if the input is a request whose Via, From, To, Call-ID and CSeq could be read.
    pub reply: Option<Box<Response>>,
}

impl ParseError {
    /// The status to reject with, if a reply is possible.
    pub fn status(&self) -> Option<u16> {
        self.reply.as_ref().map(|reply| reply.status)
    }
}

/// What is wrong with bytes that should be a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// More than 64 KiB (replied to with 513).
    TooLarge,
    /// More than 200 header values.
    TooManyHeaders,
    /// No empty line after the headers, or nothing at all.
    Truncated,
    /// Neither a request line nor a status line.
    StartLine,
    /// A request line whose URI is malformed.
    RequestUri,
    /// A SIP version other than 2.0 (replied to with 505).
    Version,
    /// A status code outside 100 to 699.
    StatusCode,
    /// A header line without name or colon, or with a stray CR, LF or NUL.
    HeaderLine,
    /// Content-Length is no number, negative, absurd, or given twice.
    ContentLength,
    /// The body is shorter than Content-Length says.
    BodyTooShort,
}

impl ParseErrorKind {
    /// The status that says this (RFC 3261 §21.4, §21.5).
    pub fn status(self) -> u16 {
        match self {
            Self::TooLarge => 513,
            Self::Version => 505,
            Self::TooManyHeaders
            | Self::Truncated
            | Self::StartLine
            | Self::RequestUri
            | Self::StatusCode
            | Self::HeaderLine
            | Self::ContentLength
            | Self::BodyTooShort => 400,
        }
    }

    /// A phrase for people, usable as reason phrase.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooLarge => "Message Too Large",
            Self::TooManyHeaders => "Too Many Headers",
            Self::Truncated => "Message Truncated",
            Self::StartLine => "Malformed Start Line",
            Self::RequestUri => "Malformed Request-URI",
            Self::Version => "Version Not Supported",
            Self::StatusCode => "Malformed Status Code",
            Self::HeaderLine => "Malformed Header Line",
            Self::ContentLength => "Malformed Content-Length",
            Self::BodyTooShort => "Body Shorter Than Content-Length",
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind.as_str(), self.at)
    }
}

impl std::error::Error for ParseError {}

/// A header whose value does not follow its grammar, or is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderError {
    /// The header's name.
    pub header: &'static str,
    /// Where in its value, as a byte offset.
    pub at: usize,
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed {} at byte {} of its value", self.header, self.at)
    }
}

impl std::error::Error for HeaderError {}

/// Why [`Headers::push_raw`](crate::message::Headers::push_raw) refused a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidHeader {
    /// The name is no token.
    Name,
    /// The value holds CR, LF, NUL or another control character.
    Value,
    /// Content-Length is the writer's own business.
    Computed,
}

impl fmt::Display for InvalidHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "a header name must be a token",
            Self::Value => "a header value must not hold line breaks or control characters",
            Self::Computed => "Content-Length is computed, not set",
        })
    }
}

impl std::error::Error for InvalidHeader {}

/// Text that is no URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UriError {
    /// Where it stops being one, as a byte offset.
    pub at: usize,
}

impl fmt::Display for UriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed URI at byte {}", self.at)
    }
}

impl std::error::Error for UriError {}
