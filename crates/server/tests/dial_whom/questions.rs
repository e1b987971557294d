//! Who is named, in which form.

use exotel::hooks::DialWhomAnswer;
use serde_json::{Value, json};

use super::Stage;

/// A question as the sandbox asks it, of these parts.
fn question(from: &str, to: &str, message: &str) -> String {
    format!("/dial-whom?CallSid=7bea&CallFrom={from}&CallTo={to}&CustomField={message}&flow_id=249196")
}

#[tokio::test]
async fn message_then_caller_then_called_then_the_fallback() {
    let stage = Stage::new(|_| {}).await;
    let told = json!([
        {"key": {"called": "+918040408080"}, "destination": "frontdesk"},
        {"key": {"caller": "sip:asha@exoteldemo.voip.exotel.com"}, "destination": "ravi"},
        {"key": {"message": "order:42"}, "destination": "asha"},
    ]);
    assert_eq!(stage.put(&told).await, (204, Value::Null));
    for (from, to, message, who) in [
        ("sip%3Aasha", "08040408080", "order:42", "sip:asha"),
        ("sip%3Aasha", "08040408080", "order:43", "sip:ravi"),
        ("sip%3Ameera", "08040408080", "", "sip:frontdesk"),
        ("sip%3Ameera", "+918040408080", "", "sip:frontdesk"),
        ("sip%3Ameera", "09999999999", "", "sip:meera"),
    ] {
        let answer = stage.ask(&question(from, to, message)).await;
        assert_eq!(answer, (200, who.to_owned()), "{from} {to} {message}");
    }
    // A later context with the same key takes the place of the first.
    let told = json!([{"key": {"message": "order:42"}, "destination": "ravi"}]);
    assert_eq!(stage.put(&told).await.0, 204);
    assert_eq!(stage.ask(&question("", "", "order:42")).await.1, "sip:ravi");
}

#[tokio::test]
async fn each_form_is_read_back_by_the_platform() {
    let stage = Stage::new(|config| config.dial_whom.json = true).await;
    let told = json!([{
        "key": {"caller": "+919811111111"}, "destination": "asha", "outgoing_number": "+918040408080", "record": true,
    }]);
    assert_eq!(stage.put(&told).await.0, 204);
    let asked = "?CallSid=7bea&CallFrom=09811111111";
    let (status, text) = stage.ask(&format!("/dial-whom/text{asked}")).await;
    assert_eq!(text, "sip:asha");
    assert!(DialWhomAnswer::parse(status, text.as_bytes()).is_ok());
    for path in ["/dial-whom", "/dial-whom/json"] {
        let (status, body) = stage.ask(&format!("{path}{asked}")).await;
        let answer = DialWhomAnswer::parse(status, body.as_bytes()).unwrap();
        assert_eq!(answer.to_text(), Some("sip:asha"));
        assert_eq!(answer.outgoing_phone_number.reveal(), "+918040408080");
        assert!(answer.record);
    }
    assert_eq!(stage.ask("/dial-whom/xml").await.0, 404);
}

#[tokio::test]
async fn an_unreadable_question_still_rings_somebody() {
    let stage = Stage::new(|_| {}).await;
    for query in [
        "",
        "?",
        "?a=%ff%fe",
        "?CallSid=",
        &format!("?CallSid={}", "x".repeat(60_000)),
    ] {
        let answer = stage.ask(&format!("/dial-whom{query}")).await;
        assert_eq!(answer, (200, "sip:meera".to_owned()), "{:.40}", query);
    }
}

#[tokio::test]
async fn without_context_and_fallback_the_platform_is_told_so() {
    let stage = Stage::new(|config| config.dial_whom.fallback = None).await;
    let (status, body) = stage.ask("/dial-whom?CallSid=7bea&CallFrom=0981").await;
    assert_eq!(status, 404);
    assert!(body.contains("dial_whom.fallback"), "{body}");
}

#[tokio::test]
async fn a_wrong_secret_is_an_unknown_address() {
    let stage = Stage::new(|config| {
        config.hooks.basic = vec![("platform".to_owned(), "password".into())];
    })
    .await;
    let get = |path: &str| stage.server.http.get(stage.server.url(path));
    let mut bodies = Vec::new();
    for request in [
        get("/hooks/wrong-secret-of-the-same-size/dial-whom?CallSid=1"),
        get("/hooks/wrong-secret-of-the-same-size/dial-whom/text?CallSid=1"),
        get("/hooks/nothing/at/all/here"),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 404);
        bodies.push(answer.text().await.unwrap());
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
    let right = || {
        get(&format!(
            "/hooks/{}/dial-whom?CallSid=1",
            server::config::HOOKS_SECRET
        ))
    };
    // The path is right: now it may be said what is missing.
    let without = right().send().await.unwrap();
    assert_eq!(without.status(), 401);
    let wrong = right()
        .basic_auth("platform", Some("wrong"))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 401);
    let answer = right()
        .basic_auth("platform", Some("password"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.text().await.unwrap(), "sip:meera");
}
