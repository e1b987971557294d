//! A SIP user agent without input or output, for reliable message transports (RFC 3261 over RFC 7118).
//!
//! This page is the manual; it grows with the crate. The layers, bottom up:
//!
//! - [`message`]: requests and responses, parsed from one frame and written to one frame.
//! - [`header`]: one type per header, read on demand: `headers.typed::<header::CSeq>()`.
//! - [`Uri`], [`sdp`], [`digest`]: what travels inside them.
//!
//! Rules that hold everywhere:
//!
//! - Time and randomness are arguments ([`Instant`]); no clock, socket or random source is named here.
//! - What a peer sends is an error value at worst, never a panic. [`error`] says which error is whose fault.
//! - Nothing a caller puts into a message can add a header or break a line.
//!
//! ```
//! use sip::message::{Message, Request};
//! use sip::header::CSeq;
//!
//! let frame = b"OPTIONS sip:asha@example.com SIP/2.0\r\n\
//!     v: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK56\r\n\
//!     f: <sip:probe@example.com>;tag=1\r\n\
//!     t: <sip:asha@example.com>\r\n\
//!     i: 77@example.com\r\n\
//!     CSeq: 8 OPTIONS\r\n\r\n";
//! let Message::Request(request) = Message::parse(frame).unwrap() else { panic!() };
//! assert!(request.check().is_ok());
//! assert_eq!(request.headers.typed::<CSeq>().unwrap().unwrap().number, 8);
//! let reply = request.reply(200);
//! assert!(reply.to_text().starts_with("SIP/2.0 200 OK\r\n"));
//! ```

mod dialog;
pub mod digest;
mod entropy;
pub mod error;
pub mod header;
mod host;
pub mod message;
mod params;
mod queue;
mod scan;
pub mod sdp;
mod secret;
mod text;
mod time;
mod transaction;
pub mod ua;
mod uri;

pub use entropy::Entropy;
pub use error::{HeaderError, InvalidHeader, ParseError, ParseErrorKind, UriError};
pub use host::Host;
pub use params::Params;
pub use queue::Queue;
pub use secret::Secret;
pub use time::Instant;
pub use ua::{
    CallError, CallId, Config, DTMF_RELAY, EndCause, Event, Output, RegisterError, Session, Transport,
    UserAgent,
};
pub use uri::{Scheme, Uri};
