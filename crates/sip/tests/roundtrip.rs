//! What we write is what is read: messages, URIs, challenges and credentials, made of any values at all.

// Helpers outside of test functions may stop the test too.
#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use sip::header::*;
use sip::message::{Message, Method, Request, Response};
use sip::{Params, Uri};

fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9!%*_+`'~.-]{1,12}"
}

/// Any text, line breaks, quotes and other scripts included.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,20}", "[\\x00-\\x7f]{0,20}", "[\"\\\\\r\n;,<>= a]{0,12}"]
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\\.[a-z]{2,5}){0,2}",
        any::<[u8; 4]>().prop_map(|v4| std::net::Ipv4Addr::from(v4).to_string()),
        any::<[u8; 16]>().prop_map(|v6| format!("[{}]", std::net::Ipv6Addr::from(v6))),
    ]
}

fn uri() -> impl Strategy<Value = Uri> {
    let params = vec((text(), text()), 0..3);
    let headers = option::of("[A-Za-z-]{1,8}=[a-z]{0,6}(%20|%0D%0A)?(&[a-z]{1,5}=[a-z]{0,3}){0,2}");
    (text(), host(), option::of(any::<u16>()), params, headers).prop_map(
        |(user, host, port, params, headers)| {
            let mut place = host;
            if let Some(port) = port {
                place += &format!(":{port}");
            }
            let mut uri = Uri::sip(&user, &place).unwrap();
            for (name, value) in params {
                uri.set_param(&name, &value);
            }
            match headers {
                Some(headers) => Uri::parse(&format!("{uri}?{headers}")).unwrap(),
                None => uri,
            }
        },
    )
}

fn params() -> impl Strategy<Value = Params> {
    let value = prop_oneof![2 => text().prop_map(Some), 1 => Just(None)];
    vec((token(), value, any::<bool>()), 0..4).prop_map(|all| {
        let mut params = Params::new();
        for (name, value, quoted) in all {
            match value {
                Some(value) if quoted => params.set_quoted(&name, &value),
                Some(value) => params.set(&name, &value),
                None => params.set_flag(&name),
            }
        }
        params
    })
}

fn address() -> impl Strategy<Value = NameAddr> {
    (text(), uri(), params()).prop_map(|(display, uri, params)| NameAddr {
        params,
        ..NameAddr::named(display, uri)
    })
}

fn method() -> impl Strategy<Value = Method> {
    let known = [
        "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "INFO", "MESSAGE",
    ]
    .map(str::to_owned);
    prop_oneof![select(known.to_vec()), token()].prop_map(|name| Method::parse(&name).unwrap())
}

fn reason() -> impl Strategy<Value = Reason> {
    (text(), option::of(any::<u16>()), option::of(text())).prop_map(|(protocol, cause, text)| Reason {
        protocol,
        cause,
        text,
        params: Params::new(),
    })
}

fn request() -> impl Strategy<Value = Request> {
    let first = (method(), uri(), text(), host(), token(), address(), address());
    let second = (
        token(),
        0u32..1 << 31,
        vec(address(), 0..3),
        vec(reason(), 0..2),
        text(),
        vec(any::<u8>(), 0..40),
    );
    (first, second).prop_map(
        |((method, uri, transport, host, branch, from, to), (call, number, more, why, free, body))| {
            let mut request = Request::new(method, uri);
            let headers = &mut request.headers;
            headers.push(&Via::new(&transport, &host, &branch));
            headers.push(&From(from));
            headers.push(&To(to));
            headers.push(&CallId(call));
            headers.push(&CSeq {
                number,
                method: request.method.clone(),
            });
            for address in more {
                headers.push(&Route(address.clone()));
                headers.push(&Contact::Address(address));
            }
            why.iter().for_each(|reason| headers.push(reason));
            headers.push(&Subject(free.clone()));
            let _ = headers.push_raw("X-Free", &free);
            request.body = body;
            request
        },
    )
}

/// What a text becomes on its way.
fn tamed(text: &str) -> String {
    text.replace(|c: char| c.is_ascii_control() && c != '\t', " ")
}

proptest! {
    #[test]
    fn a_uri_reads_back(uri in uri()) {
        let again = Uri::parse(&uri.to_string()).unwrap();
        prop_assert_eq!(&again, &uri);
        prop_assert!(again.equivalent(&uri));
    }

    #[test]
    fn a_user_survives_its_escapes(user in text(), host in host()) {
        let uri = Uri::sip(&user, &host).unwrap();
        prop_assert_eq!(uri.user().unwrap_or_default(), user);
        prop_assert_eq!(uri.host_text(), host);
    }

    #[test]
    fn an_address_reads_back(display in text(), uri in uri(), tag in token()) {
        let written = NameAddr::named(display.clone(), uri.clone()).with_tag(&tag).to_string();
        prop_assert!(!written.contains(['\r', '\n', '\0']));
        let again = NameAddr::parse(&written).unwrap();
        prop_assert_eq!(again.display.unwrap_or_default(), tamed(&display));
        prop_assert_eq!(&again.uri, &uri);
        prop_assert_eq!(again.params.get("tag"), Some(tag.as_str()));
    }

    #[test]
    fn a_reason_reads_back(reason in reason()) {
        let mut response = Response::new(200);
        response.headers.push(&reason);
        let again = response.headers.typed::<Reason>().unwrap().unwrap();
        prop_assert_eq!(again.cause, reason.cause);
        prop_assert_eq!(again.text, reason.text.as_deref().map(tamed));
    }

    #[test]
    fn challenges_and_credentials_read_back(realm in text(), nonce in text(), opaque in text(), other in token(), value in text()) {
        let mut challenge = Challenge::digest();
        for (name, value) in [("realm", &realm), ("nonce", &nonce), ("opaque", &opaque)] {
            challenge.params.set_quoted(name, value);
        }
        challenge.params.set(&other, &value);
        let mut response = Response::new(401);
        response.headers.push(&WwwAuthenticate(challenge.clone()));
        response.headers.push(&Authorization(Credentials { scheme: "Digest".into(), params: challenge.params.clone() }));
        let text = response.to_text();
        let Ok(Message::Response(again)) = Message::parse(text.as_bytes()) else { panic!("{text}") };
        let read = again.headers.typed::<WwwAuthenticate>().unwrap().unwrap().0;
        let sent = again.headers.typed::<Authorization>().unwrap().unwrap().0;
        for (name, value) in challenge.params.iter() {
            prop_assert_eq!(read.params.get(name).map(str::to_owned), Some(tamed(value)));
            prop_assert_eq!(sent.params.get(name).map(str::to_owned), Some(tamed(value)));
        }
    }

    /// Whatever the values, the message has the headers that were put in and no other, and its own length.
    #[test]
    fn a_request_reads_back(request in request()) {
        let written = request.write();
        let Ok(Message::Request(again)) = Message::parse(&written) else {
            panic!("{:?}", String::from_utf8_lossy(&written))
        };
        prop_assert_eq!(&again, &request);
        prop_assert!(Message::parse(request.to_text().as_bytes()).is_ok());
        prop_assert_eq!(again.check(), request.check());
        let reply = request.reply(180);
        prop_assert_eq!(Message::parse(&reply.write()), Ok(Message::Response(reply)));
    }

    #[test]
    fn a_status_line_reads_back(status in any::<u16>(), phrase in text()) {
        let mut response = Response::new(status);
        response.reason = phrase.clone();
        let Ok(Message::Response(again)) = Message::parse(&response.write()) else { panic!() };
        prop_assert_eq!(again.status, if (100..700).contains(&status) { status } else { 500 });
        prop_assert_eq!(again.reason.len(), phrase.len());
        prop_assert!(again.headers.is_empty());
    }
}
