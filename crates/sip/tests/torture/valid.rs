//! RFC 4475 §3.1.1: unusual and well-formed.

use sip::header::{CSeq, CallId, Contact, ContentType, From, MaxForwards, Route, Subject, To, Via};
use sip::message::Method;
use sip::{Host, sdp};

use super::{accepted, all, bytes, request, response, typed};

/// §3.1.1.1
#[test]
fn wsinv() {
    let request = accepted("wsinv");
    assert_eq!(request.method, Method::Invite);
    assert!(request.uri.has_param("unknownparam"));
    let to: To = typed(&request);
    assert_eq!(
        (to.tag(), to.uri.user().as_deref()),
        (Some("1918181833n"), Some("vivekg"))
    );
    let from: From = typed(&request);
    assert_eq!(
        (from.display.as_deref(), from.tag()),
        (Some("J Rosenberg \\\""), Some("98asjd8"))
    );
    assert_eq!(typed::<MaxForwards>(&request), MaxForwards(68));
    assert_eq!(
        typed::<CSeq>(&request),
        CSeq {
            number: 9,
            method: Method::Invite
        }
    );
    assert_eq!(typed::<Subject>(&request), Subject(String::new()));
    let vias: Vec<Via> = all(&request);
    let hops: Vec<_> = vias
        .iter()
        .map(|v| (v.transport(), v.host_text(), v.branch().unwrap()))
        .collect();
    assert_eq!(
        hops,
        [
            ("UDP", "192.0.2.2", "390skdjuw"),
            ("TCP", "spindle.example.com", "z9hG4bK9ikj8"),
            ("UDP", "192.168.255.111", "z9hG4bK30239"),
        ]
    );
    assert_eq!(vias[0].host(), Host::V4([192, 0, 2, 2].into()));
    assert_eq!(
        request.headers.get("NewFangledHeader"),
        Some("newfangled value continued newfangled value")
    );
    assert_eq!(
        request.headers.get("unknownheaderwithunusualvalue"),
        Some(";;,,;;,;")
    );
    let route: Route = typed(&request);
    assert!(route.uri.has_param("lr") && route.uri.has_param("unknown-no-value"));
    assert_eq!(route.uri.param("unknownwith").as_deref(), Some("value"));
    let contact: Contact = typed(&request);
    assert_eq!(contact.q(), 330);
    let address = contact.address().unwrap();
    assert_eq!(address.display.as_deref(), Some("Quoted string \"\""));
    assert_eq!(
        (address.params.get("newparam"), address.params.get("secondparam")),
        (Some("newvalue"), Some(""))
    );
    assert_eq!(request.body.len(), 150);
}

/// §3.1.1.2
#[test]
fn intmeth() {
    let request = request("intmeth");
    assert_eq!(
        request.method.as_str(),
        "!interesting-Method0123456789_*+`.%indeed'~"
    );
    assert_eq!(
        request.uri.user().as_deref(),
        Some("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*")
    );
    assert_eq!(
        request.uri.password().as_deref(),
        Some("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)")
    );
    assert_eq!(request.uri.host_text(), "example.com");
    assert_eq!(typed::<Via>(&request).branch(), Some("z9hG4bK-.!%66*_+`'~"));
    assert_eq!(
        typed::<To>(&request).display.as_deref(),
        Some("BEL:\u{7} NUL:\0 DEL:\u{7f}")
    );
    let from: From = typed(&request);
    assert_eq!(from.display.as_deref(), Some("token1~` token2'+_ token3*%!.-"));
    assert_eq!(from.params.get("fromParam''~+*_!.-%"), Some("работающий"));
    assert_eq!(from.tag(), Some("_token~1'+`*%!-."));
    assert_eq!(
        typed::<CallId>(&request).0,
        "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{"
    );
    assert_eq!(typed::<CSeq>(&request).number, 139_122_385);
    assert_eq!(
        request.headers.get("extensionHeader-!.%*+_`'~"),
        Some("\u{feff}大停電")
    );
    // An endpoint does not know the method: 501 and what it does know.
    let rejection = request.check().unwrap_err();
    assert_eq!(rejection.status, 501);
    assert_eq!(
        rejection.response(&request).headers.get("Allow"),
        Some("INVITE, ACK, BYE, CANCEL, OPTIONS, INFO")
    );
}

/// §3.1.1.3
#[test]
fn esc01() {
    let request = accepted("esc01");
    assert_eq!(request.uri.user().as_deref(), Some("sips:user@example.com"));
    assert_eq!(request.uri.host_text(), "example.net");
    assert_eq!(typed::<To>(&request).uri.user().as_deref(), Some("user"));
    assert_eq!(
        typed::<From>(&request).uri.user().as_deref(),
        Some("I have spaces")
    );
    let contact: Contact = typed(&request);
    let uri = &contact.address().unwrap().uri;
    assert_eq!(uri.user().as_deref(), Some("caller"));
    assert!(uri.has_param("lr"));
    assert_eq!(uri.param("name").as_deref(), Some("value%41"));
}

/// §3.1.1.4
#[test]
fn escnull() {
    let request = accepted("escnull");
    assert_eq!(typed::<To>(&request).uri.user().as_deref(), Some("null-\0-null"));
    let contacts: Vec<Contact> = all(&request);
    let users: Vec<_> = contacts
        .iter()
        .map(|c| c.address().unwrap().uri.user().unwrap())
        .collect();
    assert_eq!(users, ["\0", "\0\0"]);
    assert!(
        !contacts[0]
            .address()
            .unwrap()
            .uri
            .equivalent(&contacts[1].address().unwrap().uri)
    );
}

/// §3.1.1.5: a percent sign outside a URI escapes nothing.
#[test]
fn esc02() {
    let request = request("esc02");
    assert_eq!(request.method.as_str(), "RE%47IST%45R");
    assert_eq!(typed::<To>(&request).display.as_deref(), Some("%Z%45"));
    assert_eq!(typed::<Via>(&request).branch(), Some("z9hG4bK209%fzsnel234"));
    assert_eq!(request.headers.count("Contact"), 2);
    assert_eq!(
        request.headers.get("C%6Fntact"),
        Some("<sip:alias2@host2.example.com>")
    );
    assert_eq!(request.check().unwrap_err().status, 501);
}

/// §3.1.1.6
#[test]
fn lwsdisp() {
    let request = accepted("lwsdisp");
    assert_eq!(typed::<From>(&request).display.as_deref(), Some("caller"));
}

/// §3.1.1.7
#[test]
fn longreq() {
    let request = accepted("longreq");
    let vias: Vec<Via> = all(&request);
    assert_eq!(vias.len(), 34);
    assert_eq!(
        (vias[0].host_text(), vias[33].host_text()),
        ("sip33.example.com", "host.example.com")
    );
    assert_eq!(vias[33].params.get("received"), Some("192.0.2.5"));
    assert_eq!(
        vias[33].branch().map(str::len),
        Some("very".len() + 50 * 4 + "branchvalue".len())
    );
    let to: To = typed(&request);
    assert_eq!(to.uri.port(), Some(6000));
    assert_eq!(
        to.uri
            .param(&format!("longparam{}", "name".repeat(25)))
            .as_deref(),
        Some("shortvalue")
    );
    let from: From = typed(&request);
    assert_eq!(from.tag().map(str::len), Some(2 + 50 * 3 + 3));
    assert!(
        from.params
            .has(&format!("unknownValueless{}", "paramname".repeat(10)))
    );
}

/// §3.1.1.8: the second request is behind the end of the first and dropped.
#[test]
fn dblreq() {
    let request = accepted("dblreq");
    assert_eq!(request.method, Method::Register);
    assert!(request.body.is_empty());
    assert_eq!(
        typed::<CallId>(&request).0,
        "dblreq.0ha0isndaksdj99sdfafnl3lk233412"
    );
}

/// §3.1.1.9
#[test]
fn semiuri() {
    let request = accepted("semiuri");
    assert_eq!(request.uri.user().as_deref(), Some("user;par=u@example.net"));
    assert_eq!(request.uri.host_text(), "example.com");
    assert!(!request.uri.has_param("par"));
    assert_eq!(request.headers.count("Accept"), 6);
}

/// §3.1.1.10
#[test]
fn transports() {
    let request = accepted("transports");
    let vias: Vec<Via> = all(&request);
    let names: Vec<_> = vias.iter().map(Via::transport).collect();
    assert_eq!(names, ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
}

/// §3.1.1.11: the body is kept as it is, NUL and all.
#[test]
fn mpart01() {
    let request = accepted("mpart01");
    let kind: ContentType = typed(&request);
    assert!(kind.is("multipart/mixed"));
    assert_eq!(kind.params.get("boundary"), Some("7a9cbec02ceef655"));
    assert_eq!(request.body.len(), 553);
    assert_eq!(request.body, bytes("mpart01")[bytes("mpart01").len() - 553..]);
    assert!(request.body.contains(&0) && std::str::from_utf8(&request.body).is_err());
}

/// §3.1.1.12
#[test]
fn unreason() {
    let response = response("unreason");
    assert_eq!(response.status, 200);
    assert_eq!(response.reason, "= 2**3 * 5**2 но сто девяносто девять - простое");
    assert_eq!(response.check(), Ok(()));
    assert!(sdp::is_valid(std::str::from_utf8(&response.body).unwrap()));
}

/// §3.1.1.13
#[test]
fn noreason() {
    let response = response("noreason");
    assert_eq!((response.status, response.reason.as_str()), (100, ""));
    assert_eq!(response.check(), Ok(()));
}
