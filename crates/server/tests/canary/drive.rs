//! Everything that can be asked of the server, by everybody, right and wrong.

use reqwest::Method;
use serde_json::{Value, json};
use server::routes::routes;

use crate::loud::Mood;
use crate::stage::{HOOKS, HOOKS_WORD, Stage, Who};

/// What no line of the log may hold: customers' numbers, what is between a caller, an agent and a CRM, and the vendor's
/// words.
pub(crate) const PERSONAL: [&str; 9] = [
    "9811111003",
    "9811111007",
    "9811111009",
    "canary-words-of-a-note",
    "canary-words-of-a-search",
    "canary-payload-of-a-push",
    "canary:words:of:a:message",
    "908172635",
    // What the vendor says: it may hold anything.
    "usermapping?",
];

/// Changes of every sort. Gives a call's id and an allocation's.
pub(crate) async fn change_everything(stage: &mut Stage, asha: &Who, boss: &Who) -> (String, String) {
    let call = json!({ "to": "+919811111003", "key": "canary-click-1" });
    let placed = stage.ask(asha, Method::POST, "/api/calls", Some(call)).await;
    let sid = placed["placed"]["sid"]
        .as_str()
        .unwrap_or_else(|| panic!("{placed}"))
        .to_owned();
    stage
        .ask(
            asha,
            Method::POST,
            &format!("/api/calls/{sid}/leg"),
            Some(json!("answered")),
        )
        .await;
    let note = json!({ "text": "canary-words-of-a-note +919811111003" });
    stage
        .ask(asha, Method::PUT, &format!("/api/calls/{sid}/note"), Some(note))
        .await;
    let feedback = json!({ "rating": 5, "issue": "NO_ISSUE", "statistics": "{\"loss\":0}" });
    stage
        .ask(
            asha,
            Method::POST,
            &format!("/api/calls/{sid}/feedback"),
            Some(feedback),
        )
        .await;
    let log = json!({ "from": 1, "to": 2, "description": "to 09811111003", "lines": ["INVITE 09811111003"] });
    stage.ask(asha, Method::POST, "/api/logs", Some(log)).await;
    for device in ["phone", "sip"] {
        stage
            .ask(
                asha,
                Method::PUT,
                "/api/device",
                Some(json!({ "active": device })),
            )
            .await;
    }
    stage.ask(boss, Method::POST, "/api/webhooks/install", None).await;
    let new = json!({ "transaction_id": "order-1", "terms": {
        "a": { "vns": ["+916292134471"], "numbers": ["+919811111007"], "pin": "908172635" },
        "b": { "numbers": ["+919811111009"] },
    }});
    let made = stage
        .ask(boss, Method::POST, "/api/greenpin/allocations", Some(new))
        .await;
    let id = made["allocation"]["greenpin_id"]
        .as_str()
        .unwrap_or_else(|| panic!("{made}"))
        .to_owned();
    let terms = json!({ "usage": "oneway" });
    stage
        .ask(
            boss,
            Method::PUT,
            &format!("/api/greenpin/allocations/{id}"),
            Some(terms),
        )
        .await;
    let ravi = json!({ "role": "agent", "agent": "ravi", "password": "canary-password-of-ravi" });
    stage.ask(boss, Method::PUT, "/api/people/ravi", Some(ravi)).await;
    stage
        .secrets
        .add("the password of ravi", "canary-password-of-ravi");
    (sid, id)
}

/// Every route that reads, as it may be asked and as it may not.
pub(crate) async fn read_everything(stage: &mut Stage, who: &Who, sid: &str, id: &str) {
    for route in routes().iter().filter(|route| route.method == Method::GET) {
        let path = route
            .path
            .replace("{sid}", sid)
            .replace("{id}", id)
            .replace("{secret}", HOOKS[0]);
        let path = path.replace("{kind}", "passthru").replace("{form}", "json");
        let query = match route.path {
            "/api/calls" => "?search=9811111003",
            "/api/numbers" => "?text=09811111003",
            "/api/webhooks/deliveries" => "?whole=true",
            "/events" => "?after=x-0",
            path if path.starts_with("/hooks/") => {
                "?CallSid=c9&CallFrom=09811111003&CustomField=canary:words:of:a:message"
            }
            _ => "",
        };
        stage.ask(who, Method::GET, &format!("{path}{query}"), None).await;
    }
    stage
        .ask(
            who,
            Method::GET,
            "/api/calls?search=canary-words-of-a-search&limit=x",
            None,
        )
        .await;
}

/// Webhooks, good and bad.
pub(crate) async fn send_hooks(stage: &mut Stage) {
    let popup =
        json!({ "CallSid": "c1", "AppUserID": "asha", "FromNumber": "09811111003", "Direction": "inbound" });
    let push = json!({ "subscriberName": "AshaBrowser", "payload": "canary-payload-of-a-push" });
    let verified =
        json!({ "greenpin_id": "g1", "transaction_id": "o", "pin": "908172635", "call_sid": "c1" });
    let bodies = [
        ("popup", popup.to_string()),
        ("missedcall", popup.to_string()),
        ("push", push.to_string()),
        ("greenpin-verified", verified.to_string()),
        ("popup", "{\"FromNumber\":\"09811111003\"".to_owned()),
        ("push", "{\"payload\":\"canary-payload-of-a-push\"".to_owned()),
        ("popup", format!("09811111003{}", " ".repeat(65_536))),
        ("coffee", popup.to_string()),
    ];
    for secret in [HOOKS[0], HOOKS[1], "canary-hooks-secret-newest"] {
        for (kind, body) in &bodies {
            for word in [HOOKS_WORD, "wrong"] {
                // Whoever is refused is not read to the end.
                let taken = secret == HOOKS[0] && word == HOOKS_WORD;
                if body.len() > 65_536 && !taken {
                    continue;
                }
                let request = stage.request(Method::POST, &format!("/hooks/{secret}/{kind}"));
                let request = request.basic_auth("platform", Some(word)).body(body.clone());
                stage
                    .send(kind, request.header("content-type", "application/json"))
                    .await;
            }
        }
    }
}

/// What is wrong in itself, with secrets where they do not belong.
pub(crate) async fn ask_nonsense(stage: &mut Stage, asha: &Who) {
    let password = "canary-password-of-asha";
    for body in [
        json!({ "name": 9_811_111_003_i64, "password": [password] }),
        json!({ "name": "asha", "password": { "is": password } }),
        json!(password),
    ] {
        let request = stage.request(Method::POST, "/api/session").body(body.to_string());
        stage
            .send(
                "a sign-in of the wrong shape",
                request.header("content-type", "application/json"),
            )
            .await;
    }
    for body in [
        json!({ "to": 9_811_111_003_i64 }),
        json!({ "key": "+919811111003" }),
        json!("9811111003"),
    ] {
        stage.ask(asha, Method::POST, "/api/calls", Some(body)).await;
    }
    stage
        .ask(asha, Method::GET, "/api/calls?limit=9811111003999", None)
        .await;
    let [newer, older] = HOOKS;
    for path in [
        format!("/{newer}"),
        format!("/hooks/{newer}"),
        format!("/hooks/{older}/popup/more"),
        format!("/hooks/{newer}/dial-whom/xml"),
        format!("/api/{password}"),
        format!("/api/calls/{newer}"),
        format!("/api/people/{password}"),
        "/9811111003".to_owned(),
    ] {
        for method in [Method::GET, Method::DELETE, Method::PATCH] {
            stage.ask(asha, method, &path, None).await;
        }
    }
    let request = stage.request(Method::GET, "/api/session").bearer_auth(newer);
    stage.send("a secret as a session", request).await;
    let request = stage
        .request(Method::POST, "/api/tickets")
        .bearer_auth(newer)
        .body("{}");
    stage.send("a secret as a key", request).await;
}

/// All that asks the vendor, while it answers like this.
pub(crate) async fn ask_the_vendor(stage: &mut Stage, asha: &Who, boss: &Who, mood: Mood, id: &str) {
    stage.loud.be(mood);
    let key = format!("canary-{}", format!("{mood:?}").replace(['(', ')'], "-"));
    let call = json!({ "to": "+919811111003", "key": key });
    stage.ask(asha, Method::POST, "/api/calls", Some(call)).await;
    stage.ask(asha, Method::GET, "/api/phone", None).await;
    stage
        .ask(asha, Method::PUT, "/api/device", Some(json!({ "active": "sip" })))
        .await;
    if mood == Mood::Silent {
        return;
    }
    let one = format!("/api/greenpin/allocations/{id}");
    let party = json!({ "vns": ["+916292134471"], "numbers": ["+919811111007"], "pin": "908172635" });
    let terms = json!({ "a": party, "b": { "numbers": ["+919811111009"] } });
    let new = json!({ "transaction_id": "order-2", "terms": terms });
    for (method, path, body) in [
        (Method::GET, "/api/webhooks/drift", Value::Null),
        (Method::POST, "/api/webhooks/install", Value::Null),
        (Method::POST, "/api/greenpin/allocations", new),
        (Method::GET, &one, Value::Null),
        (Method::PUT, &one, terms),
        (Method::DELETE, &one, Value::Null),
    ] {
        let body = Some(body).filter(|body| !body.is_null());
        stage.ask(boss, method, path, body).await;
    }
    // An address of nobody: the vendor is asked for its users.
    let popup = json!({ "CallSid": format!("of-{key}"), "DialWhomNumber": "sip:stranger", "FromNumber": "09811111003" });
    let request = stage.request(Method::POST, &format!("/hooks/{}/popup", HOOKS[0]));
    let request = request
        .basic_auth("platform", Some(HOOKS_WORD))
        .body(popup.to_string());
    stage
        .send(
            "a popup for a stranger",
            request.header("content-type", "application/json"),
        )
        .await;
}
