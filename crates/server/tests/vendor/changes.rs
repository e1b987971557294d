//! Changes: sent once, recorded however they went. Readings: tried again where it may help.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use server::Refused;
use server::vendor::{Broken, VendorError};

use super::scripted::{Say, Scripted, Seen, no, success};
use super::{CALL, CANARY, Client, DEVICE, NUMBER, TOKEN, USER, outbound_call, sip_on};

/// A vendor that gives tokens and otherwise says what `answer` says.
async fn vendor(answer: impl Fn(&Seen, usize) -> Say + Send + Sync + 'static) -> Scripted {
    Scripted::start(move |request, before| match request.line == TOKEN {
        true => success(json!("token-canary")),
        false => answer(request, before),
    })
    .await
}

#[tokio::test]
async fn a_call_that_may_have_arrived_is_not_sent_twice() {
    for (say, why) in [(0, Broken::Cut), (1, Broken::Silence)] {
        let scripted = vendor(move |_, _| if say == 0 { Say::Cut } else { Say::Silence }).await;
        let client = Client::new(&scripted.origin).await;
        let error = client.vendor.call("asha", &outbound_call()).await.unwrap_err();
        assert_eq!(error, VendorError::Unreachable { sent: true, why });
        assert!(error.outcome_is_unknown());
        assert_eq!(scripted.count(CALL), 1);
        assert_eq!(client.audit().await[0].record.result, "unknown");
    }
}

#[tokio::test]
async fn a_failing_vendor_leaves_the_outcome_unknown_and_is_not_pressed() {
    for status in [500, 502, 503, 504] {
        let scripted = vendor(move |_, _| no(status, "failed")).await;
        let client = Client::new(&scripted.origin).await;
        let error = client.vendor.call("asha", &outbound_call()).await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{status}");
        assert_eq!(scripted.count(CALL), 1, "{status}");
    }
}

#[tokio::test]
async fn readings_are_tried_again() {
    let scripted = vendor(|_, before| match before {
        0 => Say::Cut,
        1 => no(503, "busy"),
        _ => success(json!({ "AppUserId": "asha" })),
    })
    .await;
    let client = Client::new(&scripted.origin).await;
    assert_eq!(
        client.vendor.user("asha", "asha").await.unwrap().app_user_id,
        "asha"
    );
    assert_eq!(scripted.count(USER), 3);
    assert!(client.audit().await.is_empty(), "a reading leaves no record");
}

#[tokio::test]
async fn the_vendors_rate_limit_is_obeyed() {
    let limited = |seconds: u32| {
        let body = json!({ "Status": "Failed", "Code": 429, "Error": "Too many requests" });
        Say::With(429, "retry-after", seconds.to_string(), body)
    };
    let scripted = vendor(move |request, before| match (request.line.as_str(), before) {
        (USER, 0) => limited(1),
        (USER, _) => success(json!({ "AppUserId": "asha" })),
        _ => limited(30),
    })
    .await;
    let client = Client::new(&scripted.origin).await;
    let began = std::time::Instant::now();
    client.vendor.user("asha", "asha").await.unwrap();
    assert!(began.elapsed().as_millis() >= 1000);
    let error = client.vendor.call("asha", &outbound_call()).await.unwrap_err();
    assert_eq!((scripted.count(CALL), error.retry_after()), (1, Some(30)));
    assert!(!error.outcome_is_unknown());
    let refused = Refused::from(error);
    assert_eq!(
        (refused.status.as_u16(), refused.problem.retry_after),
        (429, Some(30))
    );
}

#[tokio::test]
async fn nobody_there_is_known_to_have_changed_nothing() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let client = Client::new(&origin).await;
    let error = client.vendor.call("asha", &outbound_call()).await.unwrap_err();
    assert!(!error.outcome_is_unknown(), "{error:?}");
    assert_eq!(client.audit().await[0].record.result, "refused");
    assert!(!format!("{error:?} {error}").contains("127.0.0.1"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_flood_not_read() {
    let touched = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&touched);
    let elsewhere = Scripted::start(move |_, _| {
        seen.store(true, Ordering::Relaxed);
        success(json!({ "AppUserId": "asha" }))
    })
    .await;
    let location = elsewhere.origin.clone();
    let scripted = vendor(move |request, _| match request.line.as_str() {
        DEVICE => Say::Long(5 * 1024 * 1024),
        _ => Say::With(307, "location", location.clone(), json!({})),
    })
    .await;
    let client = Client::new(&scripted.origin).await;
    assert!(client.vendor.user("asha", "asha").await.is_err());
    assert!(
        !touched.load(Ordering::Relaxed),
        "a credential went where it was not meant to go"
    );
    let error = client.vendor.call("asha", &sip_on()).await.unwrap_err();
    let why = Broken::TooLong;
    assert_eq!(error, VendorError::Unreachable { sent: true, why });
}

#[tokio::test]
async fn a_record_says_who_what_and_how_it_went_and_no_secret_or_number() {
    let scripted = vendor(|request, _| match request.line.as_str() {
        DEVICE => success(json!({ "AppUserId": "asha" })),
        _ => Say::Json(
            404,
            json!({ "Status": "Failed", "Code": 404, "Error": { "code": 10706, "description": format!("{NUMBER} is busy") } }),
        ),
    })
    .await;
    let client = Client::new(&scripted.origin).await;
    client.vendor.call("meera", &sip_on()).await.unwrap();
    client.vendor.call("asha", &outbound_call()).await.unwrap_err();
    let records: Vec<_> = client
        .audit()
        .await
        .into_iter()
        .map(|stored| stored.record)
        .collect();
    let short: Vec<_> = records
        .iter()
        .map(|it| {
            (
                it.who.as_str(),
                it.what.as_str(),
                it.target.as_str(),
                it.result.as_str(),
            )
        })
        .collect();
    assert_eq!(
        short,
        [
            ("asha", "outbound_call", "asha", "refused"),
            ("meera", "set_device", "asha", "done"),
        ]
    );
    assert_eq!(records[0].detail, "refused, code 10706");
    let text = serde_json::to_string(&records).unwrap();
    for secret in [CANARY, "token-canary", NUMBER, &NUMBER[1..]] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
