//! What the vendor refuses, by each documented status and code of its APIs: a sentence of ours with a next step, and its own
//! words beside it. (GreenPin's codes are in `greenpin.rs`.)

use reqwest::Method;
use serde_json::{Value, json};

use super::Desk;

/// HTTP status and code of the vendor's answer; our status, code, and how our sentence begins.
type Row = (u16, Option<i64>, u16, &'static str, &'static str);

/// Subscriber Management API and Integrations API, and what exotel-facts add to them.
const ROWS: [Row; 12] = [
    (
        400,
        None,
        422,
        "vendor_refused",
        "The calling platform does not take one of the values.",
    ),
    (
        401,
        None,
        502,
        "vendor_credentials",
        "The calling platform does not accept this server's credentials.",
    ),
    (403, None, 502, "vendor_refused", "The account may not do this."),
    (
        404,
        None,
        404,
        "vendor_refused",
        "The calling platform does not know it.",
    ),
    (
        404,
        Some(1000),
        404,
        "vendor_refused",
        "The calling platform does not know it.",
    ),
    (
        409,
        None,
        409,
        "vendor_refused",
        "It clashes with something that exists",
    ),
    (
        410,
        None,
        410,
        "vendor_refused",
        "It has been deleted at the calling platform.",
    ),
    (413, None, 422, "vendor_refused", "This is too much at once"),
    (418, None, 422, "vendor_refused", "The calling platform refused."),
    (
        422,
        None,
        422,
        "vendor_refused",
        "The calling platform does not take one of the values.",
    ),
    (
        429,
        None,
        429,
        "vendor_refused",
        "The calling platform takes no more requests now.",
    ),
    (
        500,
        None,
        504,
        "outcome_unknown",
        "The calling platform gave no readable answer.",
    ),
];

async fn each_row(api: &str, operation: &str, method: Method, path: &str, body: Value) {
    let desk = Desk::new().await;
    for (status, code, ours, word, begins) in ROWS {
        // After 401 a token is made anew and the request sent once more.
        let times = if status == 401 && api == "integrations" {
            2
        } else {
            1
        };
        let fault = json!({ "api": api, "operation": operation, "status": status, "code": code, "times": times,
            "words": "Said by the vendor" });
        desk.vendor.make("platform/faults", fault).await;
        let (got, problem) = desk.refused(method.clone(), path, Some(body.clone())).await;
        assert_eq!(
            (got, problem.code.as_str()),
            (ours, word),
            "{status} {code:?}: {problem:?}"
        );
        assert!(
            problem.message.starts_with(begins),
            "{status}: {}",
            problem.message
        );
        let sentences = problem.message.matches(['.', ';', ':']).count();
        assert!(sentences > 1, "{status}: no next step in {}", problem.message);
        assert_eq!(problem.vendor.as_deref(), Some("Said by the vendor"), "{status}");
    }
}

#[tokio::test]
async fn the_integrations_apis_statuses_are_sentences_with_a_next_step() {
    let body = json!({ "active": "sip" });
    each_row(
        "integrations",
        "set_device",
        Method::PUT,
        "/api/admin/users/asha/device",
        body,
    )
    .await;
}

#[tokio::test]
async fn the_subscribers_apis_statuses_are_sentences_with_a_next_step() {
    let body = json!({ "status": "active" });
    each_row(
        "subscribers",
        "update",
        Method::PUT,
        "/api/admin/subscribers/alex",
        body,
    )
    .await;
}
