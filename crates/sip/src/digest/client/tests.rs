use super::*;
use crate::digest::{Algorithm, server};
use crate::message::Method;
use crate::uri::Uri;

fn challenged(status: u16, value: &str) -> Response {
    let mut response = Response::new(status);
    let name = if status == 407 {
        "Proxy-Authenticate"
    } else {
        "WWW-Authenticate"
    };
    response.headers.push_raw(name, value).unwrap();
    response
}

fn request() -> Request {
    Request::new(Method::Register, Uri::parse("sip:example.com").unwrap())
}

fn client() -> Client {
    Client::new("asha", Secret::new("secret"))
}

fn param(request: &Request, name: &str) -> Option<String> {
    let credentials = request.headers.typed::<Authorization>()?.ok()?.0;
    credentials.params.get(name).map(str::to_owned)
}

const FRESH: &str = "Digest realm=\"r\", nonce=\"n1\", opaque=\"o\", qop=\"auth\", algorithm=SHA-256";

#[test]
fn an_answer_satisfies_a_server_of_every_algorithm() {
    for algorithm in Algorithm::ALL {
        let mut response = Response::new(407);
        for challenge in server::issue("r", "n1", &[algorithm], false) {
            response
                .headers
                .push(&crate::header::ProxyAuthenticate(challenge));
        }
        let (mut client, mut request) = (client(), request());
        client.retry(&response, &mut request, "c1").unwrap();
        // A second use, with another client nonce, must satisfy it too.
        for cnonce in ["c2", "c3"] {
            let sent = request.headers.typed::<ProxyAuthorization>().unwrap().unwrap().0;
            assert!(
                server::verify(&sent, &Method::Register, &Secret::new("secret")),
                "{algorithm:?}"
            );
            assert!(
                !server::verify(&sent, &Method::Register, &Secret::new("Secret")),
                "{algorithm:?}"
            );
            assert!(
                !server::verify(&sent, &Method::Invite, &Secret::new("secret")),
                "{algorithm:?}"
            );
            client.authorize(&mut request, cnonce);
        }
    }
}

#[test]
fn a_wrong_password_is_tried_once() {
    let (mut client, mut request) = (client(), request());
    client.retry(&challenged(401, FRESH), &mut request, "c1").unwrap();
    let again = challenged(401, &FRESH.replace("n1", "n2"));
    assert_eq!(
        client.retry(&again, &mut request, "c2"),
        Err(DigestError::WrongPassword)
    );
}

#[test]
fn a_stale_nonce_is_not_a_wrong_password() {
    let (mut client, mut request) = (client(), request());
    client.retry(&challenged(401, FRESH), &mut request, "c1").unwrap();
    let stale = |n: &str| challenged(401, &format!("{}, stale=true", FRESH.replace("n1", n)));
    client.retry(&stale("n2"), &mut request, "c2").unwrap();
    assert_eq!(param(&request, "nonce").as_deref(), Some("n2"));
    client.retry(&stale("n3"), &mut request, "c3").unwrap();
    assert_eq!(
        client.retry(&stale("n4"), &mut request, "c4"),
        Err(DigestError::EndlesslyStale)
    );
}

#[test]
fn uses_are_counted_and_an_expired_nonce_is_replaced_without_the_word_stale() {
    let (mut client, mut first) = (client(), request());
    client.retry(&challenged(401, FRESH), &mut first, "c1").unwrap();
    assert_eq!(param(&first, "nc").as_deref(), Some("00000001"));
    assert_eq!(param(&first, "opaque").as_deref(), Some("o"));
    let mut second = request();
    client.authorize(&mut second, "c2");
    assert_eq!(
        (
            param(&second, "nc").as_deref(),
            param(&second, "cnonce").as_deref()
        ),
        (Some("00000002"), Some("c2"))
    );
    // An hour later the server has forgotten n1 and says so with a plain challenge.
    client
        .retry(&challenged(401, &FRESH.replace("n1", "n9")), &mut second, "c3")
        .unwrap();
    assert_eq!(
        (
            param(&second, "nonce").as_deref(),
            param(&second, "nc").as_deref()
        ),
        (Some("n9"), Some("00000001"))
    );
    assert_eq!(
        client.retry(&challenged(401, &FRESH.replace("n1", "n10")), &mut second, "c4"),
        Err(DigestError::WrongPassword)
    );
}

#[test]
fn the_same_nonce_refused_after_many_uses_is_a_wrong_password() {
    let (mut client, mut request) = (client(), request());
    client.retry(&challenged(401, FRESH), &mut request, "c1").unwrap();
    client.authorize(&mut request, "c2");
    assert_eq!(
        client.retry(&challenged(401, FRESH), &mut request, "c3"),
        Err(DigestError::WrongPassword)
    );
}

#[test]
fn a_server_of_rfc_2069_gets_no_count() {
    let (mut client, mut request) = (client(), request());
    let old = challenged(401, "Digest realm=\"r\", nonce=\"n\"");
    client.retry(&old, &mut request, "c").unwrap();
    for absent in ["nc", "cnonce", "qop", "algorithm"] {
        assert_eq!(param(&request, absent), None);
    }
    assert_eq!(
        client.retry(&old, &mut request, "c"),
        Err(DigestError::WrongPassword)
    );
    let mut next = Request::new(Method::Bye, Uri::parse("sip:a@b").unwrap());
    client.authorize(&mut next, "c");
    assert!(next.headers.is_empty());
}

#[test]
fn proxy_and_server_are_answered_together() {
    let (mut client, mut request) = (client(), request());
    client
        .retry(
            &challenged(407, "Digest realm=\"p\", nonce=\"a\", qop=\"auth\""),
            &mut request,
            "c",
        )
        .unwrap();
    client.retry(&challenged(401, FRESH), &mut request, "d").unwrap();
    assert_eq!(request.headers.count("Authorization"), 1);
    assert_eq!(request.headers.count("Proxy-Authorization"), 1);
    client.forget();
    client.authorize(&mut request, "e");
    assert_eq!(
        request.headers.count("Authorization"),
        1,
        "nothing known, nothing touched"
    );
}
