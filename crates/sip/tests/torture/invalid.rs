//! RFC 4475 §3.1.2: malformed. Where the RFC leaves the choice between refusing and repairing, we refuse:
//! a guess at what was meant could differ from the next element's.

use sip::header::{Contact, Expires, Header, MaxForwards, RetryAfter, To, Warning};
use sip::message::Message;
use sip::{HeaderError, ParseErrorKind};

use super::{accepted, bytes, framing, parsed, refused, request, response, typed};

/// §3.1.2.1: 400.
#[test]
fn badinv01() {
    assert_eq!(refused("badinv01"), (400, "Missing or Malformed Via"));
    let contact = request("badinv01").headers.typed::<Contact>().unwrap();
    assert_eq!(contact.unwrap_err().header, Contact::NAME);
}

/// §3.1.2.2: 400.
#[test]
fn clerr() {
    let (kind, reply) = framing("clerr");
    assert_eq!((kind, reply.status), (ParseErrorKind::BodyTooShort, 400));
    assert_eq!(
        reply.headers.get("Call-ID"),
        Some("clerr.0ha0isndaksdjweiafasdk3")
    );
}

/// §3.1.2.3: 400.
#[test]
fn ncl() {
    let (kind, reply) = framing("ncl");
    assert_eq!((kind, reply.status), (ParseErrorKind::ContentLength, 400));
}

/// §3.1.2.4: 400, for CSeq and Max-Forwards; lifetimes past the range count as the largest.
#[test]
fn scalar02() {
    assert_eq!(refused("scalar02"), (400, "Missing or Malformed CSeq"));
    let request = request("scalar02");
    assert!(request.headers.typed::<MaxForwards>().unwrap().is_err());
    assert_eq!(typed::<Expires>(&request), Expires(u32::MAX));
    assert_eq!(typed::<Contact>(&request).expires(), Some(u32::MAX));
}

/// §3.1.2.5: dropped.
#[test]
fn scalarlg() {
    let response = response("scalarlg");
    assert_eq!(response.check().map_err(|e| e.header), Err("CSeq"));
    assert_eq!(
        response.headers.typed::<RetryAfter>(),
        Some(Ok(RetryAfter(u32::MAX)))
    );
    assert_eq!(
        response.headers.typed::<Warning>(),
        Some(Err(HeaderError {
            header: "Warning",
            at: 4
        }))
    );
}

/// §3.1.2.6: 400.
#[test]
fn quotbal() {
    assert_eq!(refused("quotbal"), (400, "Missing or Malformed To"));
}

/// §3.1.2.7: 400.
#[test]
fn ltgtruri() {
    let (kind, reply) = framing("ltgtruri");
    assert_eq!((kind, reply.status), (ParseErrorKind::RequestUri, 400));
}

/// §3.1.2.8: 400.
#[test]
fn lwsruri() {
    let (kind, reply) = framing("lwsruri");
    assert_eq!((kind, reply.status), (ParseErrorKind::RequestUri, 400));
    assert_eq!(
        parsed("lwsruri").unwrap_err().at,
        "INVITE sip:user@example.com;".len()
    );
}

/// §3.1.2.9: 400.
#[test]
fn lwsstart() {
    let (kind, reply) = framing("lwsstart");
    assert_eq!((kind, reply.status), (ParseErrorKind::RequestUri, 400));
}

/// §3.1.2.10: 400.
#[test]
fn trws() {
    let (kind, reply) = framing("trws");
    assert_eq!((kind, reply.status), (ParseErrorKind::StartLine, 400));
}

/// §3.1.2.11: 400.
#[test]
fn escruri() {
    assert_eq!(refused("escruri"), (400, "Headers in the Request-URI"));
}

/// §3.1.2.12: accepted; an endpoint has no use for Date and need not read it.
#[test]
fn baddate() {
    let request = accepted("baddate");
    assert_eq!(request.headers.get("Date"), Some("Fri, 01 Jan 2010 16:00:00 EST"));
}

/// §3.1.2.13: 400.
#[test]
fn regbadct() {
    assert_eq!(refused("regbadct"), (400, "Missing or Malformed Contact"));
}

/// §3.1.2.14: 400.
#[test]
fn badaspec() {
    assert_eq!(refused("badaspec"), (400, "Missing or Malformed To"));
    assert_eq!(
        request("badaspec")
            .headers
            .typed::<To>()
            .unwrap()
            .unwrap_err()
            .header,
        "To"
    );
}

/// §3.1.2.15: 400; the same without the empty line at its end, as some copies have it.
#[test]
fn baddn() {
    assert_eq!(refused("baddn"), (400, "Missing or Malformed From"));
    let whole = bytes("baddn");
    let error = Message::parse(&whole[..whole.len() - 2]).unwrap_err();
    assert_eq!(
        (error.kind, error.status()),
        (ParseErrorKind::Truncated, Some(400))
    );
}

/// §3.1.2.16: 505.
#[test]
fn badvers() {
    let (kind, reply) = framing_of_another_version();
    assert_eq!((kind, reply), (ParseErrorKind::Version, Some(505)));
}

/// Its Via is of another version too, so the reply is checked for its status only.
fn framing_of_another_version() -> (ParseErrorKind, Option<u16>) {
    let error = parsed("badvers").unwrap_err();
    (error.kind, error.status())
}

/// §3.1.2.17: 400.
#[test]
fn mismatch01() {
    assert_eq!(refused("mismatch01"), (400, "CSeq Does Not Match the Method"));
}

/// §3.1.2.18: 400 (the RFC also allows 501).
#[test]
fn mismatch02() {
    assert_eq!(refused("mismatch02"), (400, "CSeq Does Not Match the Method"));
}

/// §3.1.2.19: dropped; a response is never answered.
#[test]
fn bigcode() {
    let error = parsed("bigcode").unwrap_err();
    assert_eq!((error.kind, error.reply), (ParseErrorKind::StatusCode, None));
}
