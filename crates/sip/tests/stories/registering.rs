//! Registration, scripted registrar.

use sip::digest::{Algorithm, server};
use sip::header::{Authorization, Contact, ProxyAuthorization, WwwAuthenticate};
use sip::message::{Method, Request, Response};
use sip::{Event, RegisterError, Secret};

use crate::pair::config;
use crate::solo::{Solo, respond};

const NONCE: &str = "nonce-1";

fn challenge(request: &Request, nonce: &str, stale: bool) -> Response {
    let mut response = respond(request, 401, "reg");
    for challenge in server::issue("example.com", nonce, &[Algorithm::Sha256, Algorithm::Md5], stale) {
        response.headers.push(&WwwAuthenticate(challenge));
    }
    response
}

/// 200 OK that binds the request's own Contact for `expires` seconds, among others.
fn bind(request: &Request, expires: u32) -> Response {
    let mut response = respond(request, 200, "reg");
    response
        .headers
        .push_raw("Contact", "<sip:asha@desk.example.com>;expires=7")
        .unwrap();
    let Some(Ok(Contact::Address(mut contact))) = request.headers.typed::<Contact>() else {
        panic!("no Contact")
    };
    contact.params.set("expires", &expires.to_string());
    response.headers.push(&Contact::Address(contact));
    response
}

fn credentials(request: &Request) -> Authorization {
    request
        .headers
        .typed::<Authorization>()
        .expect("credentials")
        .unwrap()
}

fn param(request: &Request, name: &str) -> String {
    credentials(request)
        .0
        .params
        .get(name)
        .unwrap_or_default()
        .to_owned()
}

/// Registered for `expires` seconds, through one challenge.
fn registered(solo: &mut Solo, expires: u32) {
    solo.ua.register(solo.now);
    let first = solo.request(Method::Register);
    solo.receive(challenge(&first, NONCE, false));
    let second = solo.request(Method::Register);
    solo.receive(bind(&second, expires));
    assert!(matches!(solo.event(), Event::Registered { expires: e } if e == expires));
}

#[test]
fn register_says_who_and_where() {
    let mut solo = Solo::new();
    solo.nothing_sent();
    solo.ua.register(solo.now);
    let request = solo.request(Method::Register);
    assert_eq!(request.uri.to_string(), "sip:example.com");
    assert_eq!(request.headers.get("Expires"), Some("300"));
    assert_eq!(
        request.headers.all("Supported").collect::<Vec<_>>(),
        ["outbound", "path"]
    );
    let Some(Ok(Contact::Address(contact))) = request.headers.typed::<Contact>() else {
        panic!("no Contact")
    };
    assert!(contact.uri.host_text().ends_with(".invalid"));
    assert_eq!(contact.uri.param("transport").as_deref(), Some("ws"));
    assert_eq!(contact.params.get("reg-id"), Some("1"));
    assert!(
        contact
            .params
            .get("+sip.instance")
            .unwrap()
            .starts_with("<urn:uuid:")
    );
    assert!(request.headers.get("Via").unwrap().starts_with("SIP/2.0/WSS "));
    assert!(!solo.ua.is_registered(solo.now));
}

#[test]
fn challenged_bound_and_refreshed_at_four_fifths_over_the_same_nonce() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let first = solo.request(Method::Register);
    assert!(first.headers.get("Authorization").is_none());
    solo.receive(challenge(&first, NONCE, false));
    let second = solo.request(Method::Register);
    assert!(server::verify(
        &credentials(&second).0,
        &Method::Register,
        &Secret::new("secret")
    ));
    assert_eq!(param(&second, "algorithm"), "SHA-256");
    assert_eq!(second.headers.get("CSeq"), Some("2 REGISTER"));
    assert_eq!(second.headers.get("Call-ID"), first.headers.get("Call-ID"));
    assert_ne!(second.headers.get("Via"), first.headers.get("Via"));
    solo.receive(bind(&second, 60));
    assert!(matches!(solo.event(), Event::Registered { expires: 60 }));
    assert!(solo.ua.is_registered(solo.now));

    solo.run(47_000);
    solo.nothing_sent();
    solo.run(1_500);
    let refresh = solo.request(Method::Register);
    assert_eq!(
        (param(&refresh, "nonce").as_str(), param(&refresh, "nc").as_str()),
        (NONCE, "00000002")
    );
    assert!(server::verify(
        &credentials(&refresh).0,
        &Method::Register,
        &Secret::new("secret")
    ));
    assert!(solo.ua.is_registered(solo.now));
    solo.receive(bind(&refresh, 60));
    assert!(matches!(solo.event(), Event::Registered { .. }));
}

#[test]
fn a_stale_nonce_is_not_a_wrong_password() {
    let mut solo = Solo::new();
    registered(&mut solo, 60);
    solo.run(48_000);
    let refresh = solo.request(Method::Register);
    solo.receive(challenge(&refresh, "nonce-2", true));
    let again = solo.request(Method::Register);
    assert_eq!(
        (param(&again, "nonce").as_str(), param(&again, "nc").as_str()),
        ("nonce-2", "00000001")
    );
    solo.receive(bind(&again, 60));
    assert!(matches!(solo.event(), Event::Registered { .. }));
}

#[test]
fn a_restarted_server_that_forgets_to_say_stale_is_answered_once_more() {
    let mut solo = Solo::new();
    registered(&mut solo, 60);
    solo.run(48_000);
    let refresh = solo.request(Method::Register);
    solo.receive(challenge(&refresh, "nonce-2", false));
    let again = solo.request(Method::Register);
    solo.receive(challenge(&again, "nonce-3", false));
    assert_eq!(solo.event(), Event::RegisterFailed(RegisterError::WrongPassword));
    solo.nothing_sent();
}

#[test]
fn a_wrong_password_ends_after_one_retry() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let first = solo.request(Method::Register);
    solo.receive(challenge(&first, "n1", false));
    let second = solo.request(Method::Register);
    solo.receive(challenge(&second, "n2", false));
    assert_eq!(solo.event(), Event::RegisterFailed(RegisterError::WrongPassword));
    solo.run(600_000);
    solo.nothing_sent();
    solo.no_event();
    assert!(!solo.ua.is_registered(solo.now));
}

#[test]
fn a_proxy_may_ask_too() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let first = solo.request(Method::Register);
    let mut response = respond(&first, 407, "proxy");
    response
        .headers
        .push_raw(
            "Proxy-Authenticate",
            "Digest realm=\"edge\", nonce=\"p\", qop=\"auth\", algorithm=MD5",
        )
        .unwrap();
    solo.receive(response);
    let second = solo.request(Method::Register);
    let edge = second.headers.typed::<ProxyAuthorization>().unwrap().unwrap();
    assert!(server::verify(&edge.0, &Method::Register, &Secret::new("secret")));
    solo.receive(challenge(&second, "n", false));
    let third = solo.request(Method::Register);
    assert!(
        third.headers.get("Authorization").is_some() && third.headers.get("Proxy-Authorization").is_some()
    );
    solo.receive(bind(&third, 300));
    assert!(matches!(solo.event(), Event::Registered { .. }));
}

#[test]
fn a_challenge_beyond_us_is_named() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let first = solo.request(Method::Register);
    let mut response = respond(&first, 401, "reg");
    response
        .headers
        .push_raw(
            "WWW-Authenticate",
            "Digest realm=\"r\", nonce=\"n\", algorithm=AKAv1-MD5",
        )
        .unwrap();
    solo.receive(response);
    assert_eq!(
        solo.event(),
        Event::RegisterFailed(RegisterError::UnsupportedAuth)
    );
    solo.nothing_sent();
}

#[test]
fn refusals_carry_status_words_and_patience() {
    for status in [403, 404, 503] {
        let mut solo = Solo::new();
        solo.ua.register(solo.now);
        let request = solo.request(Method::Register);
        let mut response = respond(&request, status, "reg");
        response.reason = "Not You".into();
        response.headers.push_raw("Retry-After", "18 (busy)").unwrap();
        solo.receive(response);
        let refused = RegisterError::Refused {
            status,
            phrase: "Not You".into(),
            retry_after: Some(18),
        };
        assert_eq!(solo.event(), Event::RegisterFailed(refused));
    }
}

#[test]
fn interval_too_brief_is_followed_once() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let brief = |request: &Request, least: &str| {
        let mut response = respond(request, 423, "reg");
        response.headers.push_raw("Min-Expires", least).unwrap();
        response
    };
    let first = solo.request(Method::Register);
    solo.receive(brief(&first, "1800"));
    let second = solo.request(Method::Register);
    assert_eq!(second.headers.get("Expires"), Some("1800"));
    solo.receive(brief(&second, "3600"));
    assert!(matches!(
        solo.event(),
        Event::RegisterFailed(RegisterError::Refused { status: 423, .. })
    ));
}

#[test]
fn the_granted_time_is_read_where_it_stands() {
    // Only an Expires header.
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let request = solo.request(Method::Register);
    let mut response = respond(&request, 200, "reg");
    response.headers.push_raw("Expires", "120").unwrap();
    solo.receive(response);
    assert!(matches!(solo.event(), Event::Registered { expires: 120 }));
    // Nothing at all: what we asked for.
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let request = solo.request(Method::Register);
    solo.receive(respond(&request, 200, "reg"));
    assert!(matches!(solo.event(), Event::Registered { expires: 300 }));
}

#[test]
fn an_unanswered_register_gives_up_after_timer_f() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    solo.request(Method::Register);
    solo.run(31_900);
    solo.no_event();
    solo.run(200);
    assert_eq!(solo.event(), Event::RegisterFailed(RegisterError::NoAnswer));
    assert!(solo.ua.is_idle());
}

#[test]
fn a_binding_ends_when_its_refresh_goes_unanswered() {
    let mut solo = Solo::new();
    registered(&mut solo, 20);
    solo.run(16_000);
    solo.request(Method::Register);
    solo.run(3_900);
    assert!(solo.ua.is_registered(solo.now));
    solo.run(200);
    assert!(!solo.ua.is_registered(solo.now));
    assert_eq!(solo.event(), Event::RegisterFailed(RegisterError::NoAnswer));
}

#[test]
fn unregister_removes_our_binding_only() {
    let mut solo = Solo::new();
    registered(&mut solo, 300);
    solo.ua.unregister(solo.now);
    let request = solo.request(Method::Register);
    assert_eq!(request.headers.get("Expires"), Some("0"));
    assert!(request.headers.get("Contact").unwrap().contains(".invalid"));
    assert!(!solo.ua.is_registered(solo.now));
    solo.receive(challenge(&request, "n9", true));
    let again = solo.request(Method::Register);
    solo.receive(respond(&again, 200, "reg"));
    assert_eq!(solo.event(), Event::Unregistered);
    solo.run(600_000);
    solo.nothing_sent();
}

#[test]
fn registered_belongs_to_one_flow() {
    let mut solo = Solo::new();
    registered(&mut solo, 300);
    solo.cut();
    assert!(!solo.ua.is_registered(solo.now));
    solo.connect();
    assert!(!solo.ua.is_registered(solo.now), "a new flow knows nothing yet");
    solo.no_event();
    solo.ua.register(solo.now);
    let request = solo.request(Method::Register);
    assert_eq!(param(&request, "nc"), "00000002", "the nonce outlives the flow");
    solo.cut();
    assert_eq!(solo.event(), Event::RegisterFailed(RegisterError::FlowLost));
    solo.ua.register(solo.now);
    assert_eq!(solo.event(), Event::RegisterFailed(RegisterError::FlowLost));
    solo.nothing_sent();
}

#[test]
fn service_route_is_kept_for_calls() {
    let mut solo = Solo::new();
    solo.ua.register(solo.now);
    let request = solo.request(Method::Register);
    let mut response = bind(&request, 300);
    response
        .headers
        .push_raw("Service-Route", "<sip:orig@edge.example.com;lr>")
        .unwrap();
    solo.receive(response);
    solo.event();
    solo.ua
        .invite(
            solo.now,
            crate::pair::uri("sip:ben@example.com"),
            crate::pair::offer(),
            &[],
        )
        .unwrap();
    let invite = solo.request(Method::Invite);
    assert_eq!(
        invite.headers.get("Route"),
        Some("<sip:orig@edge.example.com;lr>")
    );
    assert!(
        invite.headers.get("Authorization").is_none(),
        "the registrar's nonce is not for calls"
    );
}

#[test]
fn another_auth_user_is_used_where_given() {
    let mut config = config("asha");
    config.auth_user = Some("agent-7".into());
    let mut solo = Solo::with(config);
    solo.ua.register(solo.now);
    let first = solo.request(Method::Register);
    solo.receive(challenge(&first, NONCE, false));
    let second = solo.request(Method::Register);
    assert_eq!(param(&second, "username"), "agent-7");
}
