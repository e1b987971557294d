//! Requests and responses (RFC 3261 §7), one per WebSocket frame (RFC 7118).
//!
//! Headers stay text until asked for by type; only their framing is checked on parsing.
//! [`Request::check`] and [`Response::check`] then judge the headers every message must have.

mod check;
mod headers;
mod method;
mod names;
mod parse;
mod request;
mod response;
mod write;

pub use check::{Profile, Rejection};
pub use headers::Headers;
pub use method::Method;
pub use request::Request;
pub use response::{Response, phrase};

use crate::error::ParseError;

/// The longest message we read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The most header values we read in one message.
pub const MAX_HEADERS: usize = 200;

/// A SIP message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
}

impl Message {
    /// Reads one message. Leading empty lines are skipped, bytes behind Content-Length dropped
    /// (RFC 3261 §7.5, §18.3); a missing Content-Length means "the rest of the frame".
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        parse::message(bytes)
    }

    /// The headers.
    pub fn headers(&self) -> &Headers {
        match self {
            Self::Request(request) => &request.headers,
            Self::Response(response) => &response.headers,
        }
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        match self {
            Self::Request(request) => &request.body,
            Self::Response(response) => &response.body,
        }
    }

    /// The message as it goes onto the wire, Content-Length included.
    pub fn write(&self) -> Vec<u8> {
        match self {
            Self::Request(request) => request.write(),
            Self::Response(response) => response.write(),
        }
    }

    /// The message as a text frame.
    pub fn to_text(&self) -> String {
        match self {
            Self::Request(request) => request.to_text(),
            Self::Response(response) => response.to_text(),
        }
    }
}

impl From<Request> for Message {
    fn from(request: Request) -> Self {
        Self::Request(request)
    }
}

impl From<Response> for Message {
    fn from(response: Response) -> Self {
        Self::Response(response)
    }
}
