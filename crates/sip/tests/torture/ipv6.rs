//! RFC 5118: IPv6. The Content-Length of its messages with a body was counted otherwise than on the wire.

use sip::header::{Contact, To, Via};
use sip::message::Message;
use sip::{Host, ParseErrorKind, sdp};

use super::{accepted, all, bytes, framing, typed};

fn v6(text: &str) -> Host<'static> {
    Host::V6(text.parse().unwrap())
}

/// §4.1
#[test]
fn ipv6_good() {
    let request = accepted("ipv6-good");
    assert_eq!(
        (request.uri.host(), request.uri.port()),
        (v6("2001:db8::10"), None)
    );
    assert_eq!(typed::<Via>(&request).host(), v6("2001:db8::9:1"));
    assert_eq!(
        typed::<Contact>(&request).address().unwrap().uri.host(),
        v6("2001:db8::1")
    );
}

/// §4.2: 400.
#[test]
fn ipv6_bad() {
    let (kind, reply) = framing("ipv6-bad");
    assert_eq!((kind, reply.status), (ParseErrorKind::RequestUri, 400));
}

/// §4.3: the port has become part of the address.
#[test]
fn port_ambiguous() {
    let request = accepted("port-ambiguous");
    assert_eq!(
        (request.uri.host(), request.uri.port()),
        (v6("2001:db8::10:5070"), None)
    );
}

/// §4.4
#[test]
fn port_unambiguous() {
    let request = accepted("port-unambiguous");
    assert_eq!(
        (request.uri.host(), request.uri.port()),
        (v6("2001:db8::10"), Some(5070))
    );
}

/// §4.5
#[test]
fn via_received_param_with_delim() {
    let via: Via = typed(&accepted("via-received-param-with-delim"));
    assert_eq!(via.params.get("received"), Some("[2001:db8::9:255]"));
    assert_eq!(via.branch(), Some("z9hG4bKas3-111"));
}

/// §4.5
#[test]
fn via_received_param_no_delim() {
    let via: Via = typed(&accepted("via-received-param-no-delim"));
    assert_eq!(via.params.get("received"), Some("2001:db8::9:255"));
}

/// §4.6: as printed it claims more body than it has (400, as clerr); with the right length it is accepted.
#[test]
fn ipv6_in_sdp() {
    assert_eq!(framing("ipv6-in-sdp").0, ParseErrorKind::BodyTooShort);
    let text = String::from_utf8(bytes("ipv6-in-sdp"))
        .unwrap()
        .replace("Content-Length: 268", "Content-Length: 251");
    let Ok(Message::Request(request)) = Message::parse(text.as_bytes()) else {
        panic!("{text}")
    };
    assert_eq!(request.check(), Ok(()));
    let body = std::str::from_utf8(&request.body).unwrap();
    assert!(sdp::is_valid(body) && body.contains("c=IN IP6 2001:db8::20\r\n"));
    assert_eq!(sdp::audio_codecs(body)[0].name, "G726-32");
}

/// §4.7
#[test]
fn mult_ip_in_header() {
    let vias: Vec<Via> = all(&accepted("mult-ip-in-header"));
    let hosts: Vec<_> = vias.iter().map(|v| (v.host(), v.port())).collect();
    let v4 = Host::V4([192, 0, 2, 1].into());
    assert_eq!(
        hosts,
        [
            (v6("2001:db8::9:1"), Some(6050)),
            (v4, None),
            (v6("2001:db8::9:255"), None)
        ]
    );
    assert_eq!(vias[2].params.get("received"), Some("192.0.2.200"));
}

/// §4.8
#[test]
fn mult_ip_in_sdp() {
    let request = accepted("mult-ip-in-sdp");
    assert_eq!(request.body.len(), 181);
    let body = std::str::from_utf8(&request.body).unwrap();
    assert!(body.contains("c=IN IP4 192.0.2.1\r\n") && body.contains("c=IN IP6 2001:db8::1\r\n"));
    assert!(sdp::has_audio(body));
}

/// §4.9
#[test]
fn ipv4_mapped_ipv6() {
    let request = accepted("ipv4-mapped-ipv6");
    let vias: Vec<Via> = all(&request);
    assert_eq!(
        (vias[0].host(), vias[0].port()),
        (v6("::ffff:192.0.2.10"), Some(19823))
    );
    assert_eq!((vias[1].host(), vias[1].port()), (v6("::ffff:192.0.2.2"), None));
    assert_eq!(
        typed::<Contact>(&request).address().unwrap().uri.host(),
        v6("::ffff:192.0.2.2")
    );
    assert_eq!(request.body.len(), 236);
}

/// §4.10: three colons, allowed by a bug of the old grammar, are taken for two.
#[test]
fn ipv6_bug_abnf_3_colons() {
    let request = accepted("ipv6-bug-abnf-3-colons");
    assert_eq!(request.uri.host(), v6("2001:db8::192.0.2.1"));
    assert_eq!(request.uri.host_text(), "[2001:db8:::192.0.2.1]");
    assert!(
        request
            .uri
            .equivalent(&typed::<To>(&accepted("ipv6-correct-abnf-2-colons")).uri)
    );
}

/// §4.10
#[test]
fn ipv6_correct_abnf_2_colons() {
    assert_eq!(
        accepted("ipv6-correct-abnf-2-colons").uri.host(),
        v6("2001:db8::192.0.2.1")
    );
}
