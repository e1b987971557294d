//! The torture messages of RFC 4475 and RFC 5118, each held to the RFC's own verdict, and mutations of them.
//!
//! The files under `tests/data` are the messages byte for byte, line ends included.

// Helpers outside of test functions may stop the test too.
#![allow(clippy::unwrap_used)]

mod application;
mod invalid;
mod ipv6;
mod limits;
mod mutations;
mod valid;

use std::path::PathBuf;

use sip::header::Header;
use sip::message::{Message, Method, Profile, Request, Response};
use sip::{ParseError, ParseErrorKind};

/// A user agent that does more than a phone, so that what is refused is refused for the right reason.
const SERVER: Profile<'_> = Profile {
    methods: &[
        Method::Invite,
        Method::Ack,
        Method::Bye,
        Method::Cancel,
        Method::Options,
        Method::Register,
        Method::Message,
    ],
    ..Profile::PHONE
};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    let old = folder("rfc4475").join(format!("{name}.sip"));
    let ipv6 = folder("rfc5118").join(format!("{name}.sip"));
    std::fs::read(old).or_else(|_| std::fs::read(ipv6)).unwrap()
}

/// Reads message `name`; what it writes must read back as the same.
fn parsed(name: &str) -> Result<Message, ParseError> {
    let message = Message::parse(&bytes(name))?;
    assert_eq!(
        Message::parse(&message.write()).as_ref(),
        Ok(&message),
        "{name} does not survive writing"
    );
    Ok(message)
}

fn request(name: &str) -> Request {
    match parsed(name) {
        Ok(Message::Request(request)) => request,
        other => panic!("{name}: {other:?}"),
    }
}

/// The request, which [`SERVER`] must be willing to act on.
fn accepted(name: &str) -> Request {
    let request = request(name);
    assert_eq!(request.check_as(&SERVER), Ok(()), "{name}");
    request
}

fn response(name: &str) -> Response {
    match parsed(name) {
        Ok(Message::Response(response)) => response,
        other => panic!("{name}: {other:?}"),
    }
}

/// The framing error of a request that still can be, and is, replied to.
fn framing(name: &str) -> (ParseErrorKind, Response) {
    let error = parsed(name).unwrap_err();
    let reply = *error
        .reply
        .clone()
        .unwrap_or_else(|| panic!("{name}: no reply to {error}"));
    assert_eq!(error.status(), Some(reply.status));
    assert_eq!(
        reply.check().map_err(|e| e.header).err(),
        None,
        "{name}: the reply itself must be sound"
    );
    (error.kind, reply)
}

/// Status and phrase with which [`SERVER`] refuses a request whose framing is sound.
fn refused(name: &str) -> (u16, &'static str) {
    let rejection = request(name).check_as(&SERVER).unwrap_err();
    (rejection.status, rejection.phrase)
}

fn typed<H: Header>(request: &Request) -> H {
    request.headers.typed::<H>().unwrap().unwrap()
}

fn all<H: Header>(request: &Request) -> Vec<H> {
    request
        .headers
        .typed_all::<H>()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// Every message is there, and nothing that no test names.
#[test]
fn the_corpora_are_whole() {
    for (name, count) in [("rfc4475", 49), ("rfc5118", 12)] {
        let files = std::fs::read_dir(folder(name)).unwrap();
        let sources = concat!(
            include_str!("valid.rs"),
            include_str!("invalid.rs"),
            include_str!("application.rs"),
            include_str!("ipv6.rs")
        );
        let mut seen = 0;
        for file in files {
            let stem = file
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let test = format!("fn {}()", stem.replace('-', "_"));
            assert!(sources.contains(&test), "{stem} has no test of its name");
            seen += 1;
        }
        assert_eq!(seen, count, "{name}");
    }
}
