//! A response and the standard phrases.

use super::{Headers, check, write};
use crate::error::HeaderError;
use crate::scan::number_into;
use crate::text::{clean_into, lossy};

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code. Written as three digits: values outside 100 to 699 go out as 500.
    pub status: u16,
    /// The reason phrase; may be empty. Control characters are read and written as spaces.
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

/// The standard phrase of `status`; that of its class where there is none (RFC 3261 §21).
pub fn phrase(status: u16) -> &'static str {
    match status {
        100 => "Trying",
        180 => "Ringing",
        181 => "Call Is Being Forwarded",
        182 => "Queued",
        183 => "Session Progress",
        200 => "OK",
        202 => "Accepted",
        301 => "Moved Permanently",
        302 => "Moved Temporarily",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        410 => "Gone",
        413 => "Request Entity Too Large",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        421 => "Extension Required",
        423 => "Interval Too Brief",
        430 => "Flow Failed",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        483 => "Too Many Hops",
        484 => "Address Incomplete",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        491 => "Request Pending",
        500 => "Server Internal Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        504 => "Server Time-out",
        505 => "Version Not Supported",
        513 => "Message Too Large",
        600 => "Busy Everywhere",
        603 => "Decline",
        604 => "Does Not Exist Anywhere",
        606 => "Not Acceptable",
        _ => match status / 100 {
            1 => "Progress",
            2 => "OK",
            3 => "Redirection",
            4 => "Request Failure",
            5 => "Server Failure",
            _ => "Global Failure",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
