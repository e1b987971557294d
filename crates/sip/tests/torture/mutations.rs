//! Bytes nobody meant to send: no panic, and what is accepted can be written and read again.

use proptest::prelude::*;
use sip::header::*;
use sip::message::{Headers, Message};
use sip::{Uri, sdp};

use super::{SERVER, folder};

/// Reads everything that can be read from `bytes`.
fn exercise(bytes: &[u8]) {
    let message = match Message::parse(bytes) {
        Ok(message) => message,
        Err(error) => {
            assert!(error.at <= bytes.len() && !error.to_string().is_empty());
            if let Some(reply) = error.reply {
                assert!(Message::parse(&reply.write()).is_ok());
            }
            return;
        }
    };
    let written = message.write();
    assert_eq!(Message::parse(&written).as_ref(), Ok(&message));
    assert!(Message::parse(message.to_text().as_bytes()).is_ok());
    touch(message.headers());
    match &message {
        Message::Request(request) => {
            let reply = match request.check_as(&SERVER) {
                Ok(()) => request.reply(200),
                Err(rejection) => rejection.response(request),
            };
            assert!(Message::parse(&reply.write()).is_ok());
        }
        Message::Response(response) => {
            let _ = response.check();
            let _ = sip::digest::Challenges::of(response);
        }
    }
    let body = String::from_utf8_lossy(message.body());
    if let Some(direction) = sdp::audio_direction(&body) {
        assert_eq!(
            sdp::audio_direction(&sdp::with_audio_direction(&body, direction.reversed())),
            Some(direction.reversed())
        );
    }
    let _ = (
        sdp::is_valid(&body),
        sdp::audio_codecs(&body),
        sdp::telephone_event(&body),
    );
}

/// Reads every header by every type; what reads is written, and reads as the same again.
fn touch(headers: &Headers) {
    macro_rules! read {
        ($($type:ty),*) => { $(
            // We never write control characters, not even escaped: a value with one does not read back as the same.
            let whole = headers.all(<$type>::NAME).filter(|value| !value.contains(|c: char| c.is_ascii_control() && c != '\t'));
            for header in whole.filter_map(|value| <$type>::parse(value).ok()) {
                let mut again = Headers::new();
                again.push(&header);
                assert_eq!(again.typed::<$type>(), Some(Ok(header)));
            }
        )* };
    }
    read!(
        Via,
        From,
        To,
        CSeq,
        CallId,
        Contact,
        MaxForwards,
        Expires,
        Route,
        RecordRoute,
        ContentType,
        Allow,
        Supported,
        Require,
        Reason,
        RetryAfter,
        Warning,
        WwwAuthenticate,
        Authorization,
        ProxyAuthenticate,
        UserAgent
    );
    for uri in headers.iter().filter_map(|(_, value)| Uri::parse(value).ok()) {
        assert!(uri.equivalent(&Uri::parse(&uri.to_string()).unwrap()));
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let files = ["rfc4475", "rfc5118"]
        .into_iter()
        .flat_map(|name| std::fs::read_dir(folder(name)).unwrap());
    let mut all: Vec<_> = files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    all.sort();
    all
}

#[derive(Clone, Debug)]
enum Edit {
    Replace(u8),
    Insert(u8),
    Remove(u8),
    Repeat(u8),
    Truncate,
}

fn edit() -> impl Strategy<Value = (f64, Edit)> {
    let telling = prop::sample::select(b"\r\n \t,;:<>\"\\?@%=()[]*\0\xff0".to_vec());
    let byte = prop_oneof![any::<u8>(), telling];
    let kind = prop_oneof![
        4 => byte.clone().prop_map(Edit::Replace),
        4 => byte.prop_map(Edit::Insert),
        2 => any::<u8>().prop_map(Edit::Remove),
        2 => any::<u8>().prop_map(Edit::Repeat),
        1 => Just(Edit::Truncate),
    ];
    (0.0..1.0f64, kind)
}

fn apply(bytes: &mut Vec<u8>, at: f64, edit: &Edit) {
    let at = ((bytes.len() as f64 * at) as usize).min(bytes.len().saturating_sub(1));
    if bytes.is_empty() {
        return;
    }
    match *edit {
        Edit::Replace(byte) => bytes[at] = byte,
        Edit::Insert(byte) => bytes.insert(at, byte),
        Edit::Remove(count) => drop(bytes.drain(at..(at + count as usize).min(bytes.len()))),
        Edit::Repeat(count) => {
            let piece = bytes[at..(at + count as usize).min(bytes.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        Edit::Truncate => bytes.truncate(at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn mutated_messages_never_panic(which in any::<prop::sample::Index>(), edits in prop::collection::vec(edit(), 1..8)) {
        let corpus = corpus();
        let mut bytes = which.get(&corpus).clone();
        for (at, edit) in &edits {
            apply(&mut bytes, *at, edit);
        }
        exercise(&bytes);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        exercise(&bytes);
    }

    #[test]
    fn arbitrary_headers_never_panic(name in "[A-Za-z-]{1,12}", value in "\\PC{0,60}") {
        exercise(format!("OPTIONS sip:a@b SIP/2.0\r\n{name}: {value}\r\n\r\n").as_bytes());
        for known in ["Via", "From", "Contact", "CSeq", "Reason", "Warning", "WWW-Authenticate", "Authorization", "c"] {
            exercise(format!("OPTIONS sip:a@b SIP/2.0\r\n{known}: {value}\r\n\r\n").as_bytes());
        }
    }

    #[test]
    fn arbitrary_sdp_never_panics(lines in prop::collection::vec("(m=audio |m=video |a=sendonly|a=rtpmap:|v=0|c=|)\\PC{0,20}\r?", 0..12)) {
        exercise(format!("OPTIONS sip:a@b SIP/2.0\r\n\r\n{}", lines.join("\n")).as_bytes());
    }
}

/// Every prefix of every message.
#[test]
fn half_messages_never_panic() {
    for bytes in corpus() {
        for end in 0..bytes.len() {
            let _ = Message::parse(&bytes[..end]);
        }
        exercise(&bytes);
    }
}
