use super::*;

fn uri(text: &str) -> Uri {
    Uri::parse(text).unwrap()
}

#[test]
fn every_part_is_read_and_written_back() {
    let text = "sips:al%69ce;day=tue:pa$$@[2001:db8::10]:5061;transport=wss;lr?Subject=a%20b&Priority=urgent";
    let uri = uri(text);
    assert_eq!(uri.scheme(), Scheme::Sips);
    assert_eq!(uri.user().as_deref(), Some("alice;day=tue"));
    assert_eq!(uri.password().as_deref(), Some("pa$$"));
    assert_eq!(uri.host(), Host::V6("2001:db8::10".parse().unwrap()));
    assert_eq!(uri.port(), Some(5061));
    assert_eq!(uri.param("Transport").as_deref(), Some("wss"));
    assert!(uri.has_param("lr"));
    let headers: Vec<_> = uri.headers().collect();
    assert_eq!(headers[0], ("Subject".into(), "a b".into()));
    assert_eq!(uri.to_string(), text);
    assert!(!uri.without_headers().has_headers());
}

#[test]
fn malformed_uris_are_refused() {
    for bad in [
        "",
        "sip:",
        "sip",
        "<sip:a@b>",
        "sip:a@b; lr",
        "sip:a@b;;lr",
        "sip:a@@b",
        "sip:a b@c",
        "sip:a%4@b",
        "sip:@b",
        "sip:2001:db8::10",
        "sip:[2001:db8::10",
        "sip:a@b:99999",
        "sip:a@b:",
        "sip:a@b?",
        "sip:é@b",
        "sip:a\r\n@b",
        "sip:[1:2]",
        ":a@b",
        "1x:y",
    ] {
        assert!(Uri::parse(bad).is_err(), "{bad:?} was taken");
    }
}

#[test]
fn other_schemes_are_kept_verbatim() {
    let tel = uri("tel:+911234567890;phone-context=+91");
    assert_eq!(tel.user().as_deref(), Some("+911234567890"));
    assert!(!tel.is_sip());
    for text in [
        "isbn:2983792873",
        "soap.beep://192.0.2.103:3002",
        "urn:service:sos",
    ] {
        assert_eq!(uri(text).to_string(), text);
    }
}

#[test]
fn a_typed_user_is_escaped() {
    let made = Uri::sip("#31#+91 98\r\nX: y@z", "example.com:5060").unwrap();
    assert_eq!(
        made.to_string(),
        "sip:%2331%23+91%2098%0D%0AX%3A%20y%40z@example.com:5060"
    );
    assert!(Uri::sip("a", "b\r\nX: y").is_err());
}

/// The examples of RFC 3261 §19.1.4.
#[test]
fn comparison_follows_the_rfc() {
    for (a, b) in [
        (
            "sip:%61lice@atlanta.com;transport=TCP",
            "sip:alice@AtLanTa.CoM;Transport=tcp",
        ),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
        ("sip:a@b;x=1;x=2", "sip:a@b;x=1;x=2"),
        (
            "sip:carol@chicago.com;security=on",
            "sip:carol@chicago.com;newparam=5",
        ),
        (
            "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
            "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        ),
        (
            "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
            "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        ),
    ] {
        assert!(uri(a).equivalent(&uri(b)), "{a} / {b}");
    }
    for (a, b) in [
        (
            "SIP:ALICE@AtLanTa.CoM;Transport=udp",
            "sip:alice@AtLanTa.CoM;Transport=UDP",
        ),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
        ("sip:bob@biloxi.com:6000;transport=tcp", "sip:bob@biloxi.com"),
        (
            "sip:carol@chicago.com",
            "sip:carol@chicago.com?Subject=next%20meeting",
        ),
        ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
        ("sip:a@b", "sips:a@b"),
    ] {
        assert!(!uri(a).equivalent(&uri(b)), "{a} / {b}");
    }
}

#[test]
fn debug_hides_the_number() {
    assert_eq!(
        format!("{:?}", uri("sip:+911234567890:pw@example.com;x=1")),
        "sip:..@example.com"
    );
    assert_eq!(format!("{:?}", uri("tel:+911234567890")), "tel:..@");
}
