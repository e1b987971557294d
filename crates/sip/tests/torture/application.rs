//! RFC 4475 §3.2 to §3.4: well-formed, and a test of what is done with it.

use sip::header::{Authorization, Contact, From, MaxForwards, RecordRoute, To, Via};
use sip::message::{Method, Profile};
use sip::{ParseErrorKind, Scheme, sdp};

use super::{accepted, all, framing, refused, request, response, typed};

/// §3.2.1: accepted, but its branch names no transaction; it is matched by RFC 2543's rules.
#[test]
fn badbranch() {
    let via: Via = typed(&accepted("badbranch"));
    assert_eq!((via.branch(), via.unique_branch()), (Some("z9hG4bK"), None));
}

/// §3.3.1: 400; From, To and Call-ID are missing, and the reply still goes to its Via.
#[test]
fn insuf() {
    assert_eq!(refused("insuf"), (400, "Missing or Malformed From"));
    let request = request("insuf");
    let reply = request.check().unwrap_err().response(&request);
    assert_eq!(
        reply.headers.get("Via"),
        Some("SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf")
    );
}

/// §3.3.2: 416.
#[test]
fn unkscm() {
    assert_eq!(refused("unkscm"), (416, "Unsupported URI Scheme"));
    assert_eq!(
        request("unkscm").uri.scheme(),
        Scheme::Other("nobodyKnowsThisScheme")
    );
}

/// §3.3.3: 416.
#[test]
fn novelsc() {
    assert_eq!(refused("novelsc"), (416, "Unsupported URI Scheme"));
    assert_eq!(request("novelsc").uri.to_string(), "soap.beep://192.0.2.103:3002");
}

/// §3.3.4: well-formed for a user agent; what a registrar makes of the addresses is its own affair.
#[test]
fn unksm2() {
    let request = accepted("unksm2");
    assert_eq!(typed::<To>(&request).uri.to_string(), "isbn:2983792873");
    assert_eq!(typed::<From>(&request).uri.scheme(), Scheme::Other("http"));
    assert_eq!(
        typed::<Contact>(&request).address().unwrap().uri.host_text(),
        "John_Smith"
    );
}

/// §3.3.5: 420, naming both.
#[test]
fn bext01() {
    assert_eq!(refused("bext01"), (420, "Bad Extension"));
    let request = request("bext01");
    let reply = request.check().unwrap_err().response(&request);
    assert_eq!(
        reply.headers.get("Unsupported"),
        Some("nothingSupportsThis, nothingSupportsThisEither")
    );
}

/// §3.3.6: 415, naming what is read.
#[test]
fn invut() {
    assert_eq!(refused("invut"), (415, "Unsupported Media Type"));
    let request = request("invut");
    assert_eq!(
        request
            .check()
            .unwrap_err()
            .response(&request)
            .headers
            .get("Accept"),
        Some("application/sdp")
    );
    assert_eq!(request.body.len(), 40);
}

/// §3.3.7: accepted as a request without credentials we know, to be challenged with 401.
#[test]
fn regaut01() {
    let credentials: Authorization = typed(&accepted("regaut01"));
    assert!(!credentials.0.is_digest());
    assert_eq!(credentials.0.params.get("opaque-data"), Some("here"));
}

/// §3.3.8: 400.
#[test]
fn multi01() {
    assert_eq!(refused("multi01"), (400, "Missing or Malformed From"));
    assert_eq!(request("multi01").headers.count("Call-ID"), 2);
}

/// §3.3.9: 400.
#[test]
fn mcl01() {
    let (kind, reply) = framing("mcl01");
    assert_eq!((kind, reply.status), (ParseErrorKind::ContentLength, 400));
}

/// §3.3.10: well-formed; dropped because its top Via is not ours, which shows here.
#[test]
fn bcast() {
    let response = response("bcast");
    assert_eq!(response.check(), Ok(()));
    let vias: Vec<Via> = response.headers.typed_all().collect::<Result<_, _>>().unwrap();
    assert_eq!(
        (vias.len(), vias[0].host_text(), vias[1].host_text()),
        (2, "192.0.2.198", "255.255.255.255")
    );
}

/// §3.3.11: an endpoint answers it; only a proxy would refuse to forward it (483).
#[test]
fn zeromf() {
    assert_eq!(typed::<MaxForwards>(&accepted("zeromf")), MaxForwards(0));
}

/// §3.3.12: the parameter is the header's.
#[test]
fn cparam01() {
    let contact: Contact = typed(&accepted("cparam01"));
    let address = contact.address().unwrap();
    assert!(address.params.has("unknownparam") && !address.uri.has_param("unknownparam"));
}

/// §3.3.13: the parameter is the URI's.
#[test]
fn cparam02() {
    let contact: Contact = typed(&accepted("cparam02"));
    let address = contact.address().unwrap();
    assert!(!address.params.has("unknownparam") && address.uri.has_param("unknownparam"));
}

/// §3.3.14: the escaped header stays part of the URI.
#[test]
fn regescrt() {
    let contact: Contact = typed(&accepted("regescrt"));
    let headers: Vec<_> = contact.address().unwrap().uri.headers().collect();
    assert_eq!(
        headers,
        [("Route".to_owned(), "<sip:sip.example.com>".to_owned())]
    );
}

/// §3.3.15: 406.
#[test]
fn sdp01() {
    assert_eq!(refused("sdp01"), (406, "Not Acceptable"));
}

/// §3.4.1: accepted although it has neither branch, tag, Max-Forwards, Contact nor Content-Length.
#[test]
fn inv2543() {
    let request = accepted("inv2543");
    assert_eq!(request.check_as(&Profile::PHONE), Ok(()));
    assert_eq!(request.method, Method::Invite);
    let via: Via = typed(&request);
    assert_eq!((via.branch(), via.host_text()), (None, "iftgw.example.com"));
    let from: From = typed(&request);
    assert_eq!(
        (from.tag(), from.uri.param("user").as_deref()),
        (None, Some("phone"))
    );
    let to: To = typed(&request);
    assert_eq!(to.params.get("user"), Some("phone"));
    let routes: Vec<RecordRoute> = all(&request);
    assert_eq!(routes[0].uri.param("maddr").as_deref(), Some("ss1.example.com"));
    assert!(sdp::has_audio(std::str::from_utf8(&request.body).unwrap()));
}
