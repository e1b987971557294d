//! A request, and the replies made from it.

use super::check::{self, Profile, Rejection};
use super::{Headers, Method, Response, write};
use crate::text::lossy;
use crate::uri::Uri;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// The Request-URI.
    pub uri: Uri,
    /// The headers.
    pub headers: Headers,
    /// The body; empty if there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, uri: Uri) -> Self {
        Self {
            method,
            uri,
            headers: Headers::new(),
            body: Vec::new(),
        }
    }

    /// A response with the Via, From, To, Call-ID and CSeq of this request and the standard phrase
    /// (RFC 3261 §8.2.6.2). The To tag is the caller's to add. Record-Route is copied too where the
    /// response can make a dialog: 101 to 299 (§12.1.1).
    pub fn reply(&self, status: u16) -> Response {
        let mut response = Response::new(status);
        response.headers = reply_headers(&self.headers);
        if (101..300).contains(&status) && matches!(self.method, Method::Invite | Method::Subscribe) {
            response.headers.copy(&self.headers, "Record-Route");
        }
        response
    }

    /// Whether a phone can act on this request: [`Request::check_as`] with [`Profile::PHONE`].
    pub fn check(&self) -> Result<(), Rejection> {
        self.check_as(&Profile::PHONE)
    }

    /// Whether a user agent of `profile` can act on this request (RFC 3261 §8.2). ACK and CANCEL are not
    /// held to Require (§8.2.2.3), and an ACK that fails here is dropped, not answered.
    pub fn check_as(&self, profile: &Profile<'_>) -> Result<(), Rejection> {
        check::syntax(self)?;
        check::support(self, profile)
    }

    /// The request as it goes onto the wire, Content-Length included.
    pub fn write(&self) -> Vec<u8> {
        let mut out = self.head(self.body.len()).into_bytes();
        out.extend_from_slice(&self.body);
        out
    }

    /// The request as a text frame; a body that is no UTF-8 is made so first.
    pub fn to_text(&self) -> String {
        let body = lossy(&self.body);
        let mut out = self.head(body.len());
        out.push_str(&body);
        out
    }

    fn head(&self, body_length: usize) -> String {
        let mut out = String::with_capacity(512 + body_length);
        out.push_str(self.method.as_str());
        out.push(' ');
        out.push_str(self.uri.as_text());
        out.push_str(" SIP/2.0\r\n");
        write::headers(&mut out, &self.headers, body_length);
        out
    }
}

/// The headers every response takes over from its request.
pub(super) fn reply_headers(request: &Headers) -> Headers {
    let mut headers = Headers::new();
    for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
        headers.copy(request, name);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn a_reply_echoes_what_it_must() {
        let text = "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/WSS x;branch=z9hG4bK1, SIP/2.0/WSS y;branch=z9hG4bK2\r\n\
            Record-Route: <sip:p1;lr>\r\nFrom: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 9\r\n\
            CSeq: 1 INVITE\r\nSubject: x\r\n\r\n";
        let Message::Request(request) = Message::parse(text.as_bytes()).unwrap() else {
            panic!()
        };
        assert_eq!(
            request.reply(180).to_text(),
            "SIP/2.0 180 Ringing\r\nVia: SIP/2.0/WSS x;branch=z9hG4bK1\r\nVia: SIP/2.0/WSS y;branch=z9hG4bK2\r\n\
             From: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 9\r\nCSeq: 1 INVITE\r\n\
             Record-Route: <sip:p1;lr>\r\nContent-Length: 0\r\n\r\n"
        );
        assert_eq!(request.reply(486).headers.get("Record-Route"), None);
    }

    #[test]
    fn content_length_counts_bytes() {
        let mut request = Request::new(Method::Message, Uri::parse("sip:a@b").unwrap());
        request.body = "é".into();
        assert!(request.to_text().contains("Content-Length: 2\r\n"));
        request.body = vec![0xFF];
        assert!(request.write().windows(19).any(|w| w == b"Content-Length: 1\r\n"));
        assert!(request.to_text().ends_with("Content-Length: 3\r\n\r\n\u{FFFD}"));
    }
}
