//! Sizes no honest peer needs: a typed error each, and a reply where there is somebody to reply to.

use sip::header::CSeq;
use sip::message::{MAX_BYTES, MAX_HEADERS, Message};
use sip::{ParseError, ParseErrorKind};

const START: &str = "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/WSS x;branch=z9hG4bK1\r\nFrom: <sip:c@d>;tag=1\r\n\
    To: <sip:a@b>\r\nCall-ID: 9\r\nCSeq: 1 INVITE\r\n";

fn with(rest: &str) -> Result<Message, ParseError> {
    Message::parse(format!("{START}{rest}").as_bytes())
}

fn kind(rest: &str) -> ParseErrorKind {
    with(rest).unwrap_err().kind
}

#[test]
fn a_message_may_have_64_kib_and_not_a_byte_more() {
    let room = MAX_BYTES - START.len() - 2;
    assert!(with(&format!("\r\n{}", "x".repeat(room))).is_ok());
    let error = with(&format!("\r\n{}", "x".repeat(room + 1))).unwrap_err();
    assert_eq!(
        (error.kind, error.at, error.status()),
        (ParseErrorKind::TooLarge, MAX_BYTES, Some(513))
    );
    let one_header = with(&format!("X: {}\r\n\r\n", "x".repeat(MAX_BYTES))).unwrap_err();
    assert_eq!(
        (one_header.kind, one_header.status()),
        (ParseErrorKind::TooLarge, Some(513))
    );
    let error = Message::parse(&vec![b'x'; MAX_BYTES + 1]).unwrap_err();
    assert_eq!((error.kind, error.reply), (ParseErrorKind::TooLarge, None));
}

#[test]
fn a_message_may_have_200_header_values() {
    let mandatory = 5;
    let room = MAX_HEADERS - mandatory;
    assert!(with(&format!("{}\r\n", "X: y\r\n".repeat(room))).is_ok());
    let error = with(&format!("{}\r\n", "X: y\r\n".repeat(room + 1))).unwrap_err();
    assert_eq!(
        (error.kind, error.status()),
        (ParseErrorKind::TooManyHeaders, Some(400))
    );
    // A list counts by its values.
    assert!(with(&format!("Allow: {}A\r\n\r\n", "A,".repeat(room - 1))).is_ok());
    assert_eq!(
        kind(&format!("Allow: {}A\r\n\r\n", "A,".repeat(room))),
        ParseErrorKind::TooManyHeaders
    );
    assert_eq!(
        kind(&format!("Allow: {}\r\n\r\n", ",".repeat(60_000))),
        ParseErrorKind::TooManyHeaders
    );
}

#[test]
fn an_absurd_content_length_is_an_error() {
    for length in [
        "-1",
        "",
        "1x",
        "0x10",
        "+5",
        "4294967296",
        "99999999999999999999999999",
        "1 2",
        "1,1",
    ] {
        assert_eq!(
            kind(&format!("l: {length}\r\n\r\n")),
            ParseErrorKind::ContentLength,
            "{length:?}"
        );
    }
    assert_eq!(kind("l: 4294967295\r\n\r\nx"), ParseErrorKind::BodyTooShort);
    assert_eq!(
        kind("l: 1\r\nContent-Length: 1\r\n\r\nx"),
        ParseErrorKind::ContentLength
    );
    assert_eq!(with("l: 0001\r\n\r\nxyz").unwrap().body(), b"x");
    assert_eq!(
        with("\r\nxyz").unwrap().body(),
        b"xyz",
        "RFC 7118 §5: a frame ends where it ends"
    );
}

#[test]
fn an_absurd_cseq_is_an_error_and_refused() {
    for number in ["2147483648", "4294967296", "99999999999999999999999", "-1", ""] {
        let text = START.replace("CSeq: 1 ", &format!("CSeq: {number} "));
        let Ok(Message::Request(request)) = Message::parse(format!("{text}\r\n").as_bytes()) else {
            panic!()
        };
        assert_eq!(
            request.headers.typed::<CSeq>().unwrap().unwrap_err().header,
            "CSeq"
        );
        assert_eq!(request.check().unwrap_err().status, 400, "{number}");
    }
}

#[test]
fn broken_lines_are_errors_at_their_place() {
    for bad in [
        "no colon\r\n\r\n",
        ": no name\r\n\r\n",
        "X Y: z\r\n\r\n",
        "X: a\rb\r\n\r\n",
        "X: a\nb\r\n\r\n",
        "X: a\0b\r\n\r\n",
    ] {
        let error = with(bad).unwrap_err();
        assert_eq!(
            (error.kind, error.at, error.status()),
            (ParseErrorKind::HeaderLine, START.len(), Some(400)),
            "{bad:?}"
        );
    }
    assert_eq!(kind(" folded: start\r\n"), ParseErrorKind::Truncated);
    for truncated in [
        "",
        "\r\n\r\n",
        "INVITE sip:a@b SIP/2.0",
        "INVITE sip:a@b SIP/2.0\r\n",
        "INVITE sip:a@b SIP/2.0\r\nTo: x",
    ] {
        let error = Message::parse(truncated.as_bytes()).unwrap_err();
        assert_eq!(
            (error.kind, error.reply),
            (ParseErrorKind::Truncated, None),
            "{truncated:?}"
        );
    }
}

#[test]
fn an_ack_and_a_response_are_never_replied_to() {
    let ack = START.replace("INVITE", "ACK");
    assert_eq!(
        Message::parse(format!("{ack}l: x\r\n\r\n").as_bytes())
            .unwrap_err()
            .status(),
        None
    );
    let response = START.replace("INVITE sip:a@b SIP/2.0", "SIP/2.0 200 OK");
    assert_eq!(
        Message::parse(format!("{response}l: x\r\n\r\n").as_bytes())
            .unwrap_err()
            .status(),
        None
    );
    for code in ["099", "700", "20", "2000", "2x0", ""] {
        let line = format!("SIP/2.0 {code} X\r\n\r\n");
        assert_eq!(
            Message::parse(line.as_bytes()).unwrap_err().kind,
            ParseErrorKind::StatusCode,
            "{code}"
        );
    }
}
