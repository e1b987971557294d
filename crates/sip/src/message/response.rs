//! A response and the standard phrases.

use super::{Headers, check, write};
use crate::error::HeaderError;
use crate::scan::number_into;
use crate::text::{clean_into, cut, lossy, number, split};

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code. Written as three digits: values outside 100 to 699 go out as 500.
    pub status: u16,
    /// The reason phrase; may be empty. Control characters other than HTAB are read and written as spaces.
    pub reason: String,
    /// The headers.
    pub headers: Headers,
    /// The body; empty if there is none.
    pub body: Vec<u8>,
}

impl Response {
    /// A response with the standard phrase of `status`, without headers or body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            reason: phrase(status).to_owned(),
            headers: Headers::new(),
            body: Vec::new(),
        }
    }

    /// Whether the headers every response needs are there and well-formed. One that fails is dropped:
    /// there is nobody to tell (RFC 3261 §8.1.3.3, §18.1.2).
    pub fn check(&self) -> Result<(), HeaderError> {
        check::common(&self.headers).map(|_| ())
    }

    /// Whether this is a 1xx.
    pub fn is_provisional(&self) -> bool {
        self.status < 200
    }

    /// Whether this is a 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The response as it goes onto the wire, Content-Length included.
    pub fn write(&self) -> Vec<u8> {
        let mut out = self.head(self.body.len()).into_bytes();
        out.extend_from_slice(&self.body);
        out
    }

    /// The response as a text frame; a body that is no UTF-8 is made so first.
    pub fn to_text(&self) -> String {
        let body = lossy(&self.body);
        let mut out = self.head(body.len());
        out.push_str(&body);
        out
    }

    fn head(&self, body_length: usize) -> String {
        let mut out = String::with_capacity(512 + body_length);
        out.push_str("SIP/2.0 ");
        number_into(
            &mut out,
            u64::from(if (100..700).contains(&self.status) {
                self.status
            } else {
                500
            }),
        );
        out.push(' ');
        clean_into(&mut out, &self.reason);
        out.push_str("\r\n");
        write::headers(&mut out, &self.headers, body_length);
        out
    }
}

/// The standard phrases (RFC 3261 §21) of what a phone and its registrar send, and those of the classes. One text, for the
/// table of pointers that a list needs is longer than the search.
const PHRASES: &str = "\
100 Trying\n\
180 Ringing\n\
200 OK\n\
400 Bad Request\n\
401 Unauthorized\n\
403 Forbidden\n\
404 Not Found\n\
405 Method Not Allowed\n\
406 Not Acceptable\n\
408 Request Timeout\n\
415 Unsupported Media Type\n\
416 Unsupported URI Scheme\n\
420 Bad Extension\n\
480 Temporarily Unavailable\n\
481 Call/Transaction Does Not Exist\n\
482 Loop Detected\n\
486 Busy Here\n\
487 Request Terminated\n\
488 Not Acceptable Here\n\
491 Request Pending\n\
500 Server Internal Error\n\
501 Not Implemented\n\
503 Service Unavailable\n\
505 Version Not Supported\n\
513 Message Too Large\n\
603 Decline\n\
1 Progress\n\
2 OK\n\
3 Redirection\n\
4 Request Failure\n\
5 Server Failure";

/// The standard phrase of `status`; that of its class where there is none.
pub fn phrase(status: u16) -> &'static str {
    let named = |code: u16| {
        split(PHRASES, b'\n')
            .filter_map(|line| cut(line, b' '))
            .find(|(known, _)| number(known) == Some(code.into()))
    };
    let found = named(status).or_else(|| named(status / 100));
    found.map_or("Global Failure", |(_, phrase)| phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_those_of_the_status_or_its_class() {
        for (status, expected) in [
            (100, "Trying"),
            (481, "Call/Transaction Does Not Exist"),
            (603, "Decline"),
            (199, "Progress"),
            (299, "OK"),
            (499, "Request Failure"),
            (699, "Global Failure"),
        ] {
            assert_eq!(phrase(status), expected, "{status}");
        }
    }

    #[test]
    fn the_status_line_cannot_be_broken() {
        let mut response = Response::new(486);
        response.reason = "Busy\r\nEvil: 1\0".into();
        assert!(
            response
                .to_text()
                .starts_with("SIP/2.0 486 Busy  Evil: 1 \r\nContent-Length: 0\r\n")
        );
        response.status = 7;
        assert!(response.to_text().starts_with("SIP/2.0 500 "));
    }
}
