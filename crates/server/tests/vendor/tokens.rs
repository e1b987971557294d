//! Tokens: made once for everybody, kept, made anew when the vendor takes them no longer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use server::vendor::{NoCredential, VendorError};

use super::scripted::{Say, Scripted, no, success};
use super::{CALL, CANARY, Client, TOKEN, USER, outbound_call};

/// Gives out `token-1`, `token-2` and so on; takes only the latest, and only from number `good` on.
async fn vendor(good: usize) -> Scripted {
    let given = Arc::new(AtomicUsize::new(0));
    Scripted::start(move |request, _| {
        if request.line == TOKEN {
            let number = given.fetch_add(1, Ordering::Relaxed) + 1;
            return success(json!(format!("token-{number}")));
        }
        let latest = given.load(Ordering::Relaxed);
        match latest >= good && request.authorization == format!("token-{latest}") {
            true if request.line == CALL => success(json!({ "CallSid": "sid1" })),
            true => success(json!({ "AppUserId": "asha" })),
            false => no(401, "Invalid token"),
        }
    })
    .await
}

async fn users_at_once(client: &Client, many: usize) -> Vec<Result<String, VendorError>> {
    let asked: Vec<_> = (0..many)
        .map(|_| {
            let vendor = Arc::clone(&client.vendor);
            tokio::spawn(async move { vendor.user("asha", "asha").await.map(|user| user.app_user_id) })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in asked {
        answers.push(answer.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn a_hundred_callers_make_one_token_request() {
    let scripted = vendor(1).await;
    let client = Client::new(&scripted.origin).await;
    let answers = users_at_once(&client, 100).await;
    assert!(
        answers.iter().all(|answer| answer.as_deref() == Ok("asha")),
        "{answers:?}"
    );
    assert_eq!((scripted.count(TOKEN), scripted.count(USER)), (1, 100));
    assert!(
        scripted
            .authorizations(USER)
            .iter()
            .all(|token| token == "token-1")
    );
}

#[tokio::test]
async fn after_401_there_is_one_new_token_for_all() {
    let scripted = vendor(2).await;
    let client = Client::new(&scripted.origin).await;
    let answers = users_at_once(&client, 40).await;
    assert!(
        answers.iter().all(|answer| answer.as_deref() == Ok("asha")),
        "{answers:?}"
    );
    assert_eq!(scripted.count(TOKEN), 2);
}

#[tokio::test]
async fn a_refused_token_never_placed_a_call_so_the_call_is_sent_again() {
    let scripted = vendor(2).await;
    let client = Client::new(&scripted.origin).await;
    let placed = client.vendor.call("asha", &outbound_call()).await.unwrap();
    assert_eq!(placed.call_sid, "sid1");
    assert_eq!(scripted.authorizations(CALL), ["token-1", "token-2"]);
    assert_eq!(client.audit().await.len(), 1, "one change, one record");
}

#[tokio::test]
async fn a_vendor_that_takes_no_token_is_not_asked_for_ever() {
    let scripted = vendor(usize::MAX).await;
    let client = Client::new(&scripted.origin).await;
    let error = client.vendor.call("asha", &outbound_call()).await.unwrap_err();
    assert!(!error.outcome_is_unknown());
    assert_eq!((scripted.count(TOKEN), scripted.count(CALL)), (2, 2));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_that_is_known() {
    let scripted = Scripted::start(|_, _| no(500, "down")).await;
    let client = Client::new(&scripted.origin).await;
    let error = client.vendor.call("asha", &outbound_call()).await.unwrap_err();
    assert!(
        matches!(&error, VendorError::NoCredential(NoCredential::NoToken(why)) if why.outcome_is_unknown()),
        "{error:?}"
    );
    assert!(!error.outcome_is_unknown());
    assert_eq!(scripted.count(CALL), 0);
    assert!(!format!("{error:?} {error}").contains(CANARY));
}

#[tokio::test]
async fn a_subscribers_token_is_kept_for_its_device() {
    const MAKE: &str = "POST /v2/accounts/exoteldemo/subscriber-token";
    let scripted = Scripted::start(|_, before| {
        let token = json!({ "refresh_token": "r", "access_token": format!("a{before}") });
        let data = json!({ "subscriber_name": "asha", "subscriber_token": token });
        let item = json!({ "code": 200, "error_data": null, "status": "success", "data": data });
        Say::Json(
            200,
            json!({ "request_id": "r1", "method": "POST", "http_code": 200, "response": item }),
        )
    })
    .await;
    let client = Client::new(&scripted.origin).await;
    for (device, wanted) in [("d1", "a0"), ("d1", "a0"), ("d2", "a1"), ("d1", "a0")] {
        let token = client
            .vendor
            .subscriber_token("asha", "asha", device)
            .await
            .unwrap();
        assert_eq!(token.reveal()["access_token"], wanted, "{device}");
    }
    assert_eq!(scripted.count(MAKE), 2);
}

#[tokio::test]
async fn without_a_customer_nothing_is_sent_and_the_next_one_asks_again() {
    const APP: &str = "GET /v2/integrations/app?entity=app";
    let scripted = Scripted::start(|request, before| match (request.line.as_str(), before) {
        (TOKEN, _) => success(json!("token-1")),
        (_, 0..=3) => Say::Cut,
        (_, 4) => success(json!({ "AppID": "app1", "CustomerID": "" })),
        _ => success(json!({ "AppID": "app1", "CustomerID": "customer1" })),
    })
    .await;
    let client = Client::with(&scripted.origin, |config| config.vendor.customer = None).await;
    let mut outcomes = Vec::new();
    while outcomes.last().is_none_or(Result::is_err) && outcomes.len() < 6 {
        outcomes.push(client.vendor.customer_id().await);
    }
    let nothing_sent = |outcome: &&Result<String, VendorError>| matches!(outcome, Err(error @ VendorError::NoCredential(_)) if !error.outcome_is_unknown());
    let failed = outcomes.len() - 1;
    assert_eq!(
        outcomes.iter().filter(nothing_sent).count(),
        failed,
        "{outcomes:?}"
    );
    assert_eq!(
        outcomes[failed - 1],
        Err(VendorError::NoCredential(NoCredential::NotConfigured(
            "vendor.customer_id"
        )))
    );
    assert_eq!(outcomes[failed].as_deref(), Ok("customer1"));
    let asked = scripted.count(APP);
    assert_eq!(client.vendor.customer_id().await.as_deref(), Ok("customer1"));
    assert_eq!(scripted.count(APP), asked, "what is known is kept");
}
