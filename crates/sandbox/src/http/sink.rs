//! `/sink/…`: somebody who takes every webhook, for those who have no server of their own at hand.

use std::time::Duration;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::Deserialize;

/// The longest a sender can be kept waiting, ms: longer than the platform waits.
const LONGEST: u64 = 20_000;

/// How it is to behave.
#[derive(Deserialize)]
pub(super) struct Wish {
    /// The answer's status; 200 if nothing is said.
    status: Option<u16>,
    /// How long to keep the sender waiting.
    wait_ms: Option<u64>,
    /// The answer's body; dial-whom wants one.
    say: Option<String>,
}

/// Any method on `/sink/{name}?status=&wait_ms=&say=`. What came is in the log of what went out, so nothing is kept.
pub(super) async fn take(Path(_name): Path<String>, Query(wish): Query<Wish>) -> (StatusCode, String) {
    if let Some(ms) = wish.wait_ms {
        tokio::time::sleep(Duration::from_millis(ms.min(LONGEST))).await;
    }
    let status = wish.status.and_then(|status| StatusCode::from_u16(status).ok());
    // 1xx is no final answer.
    let status = status
        .filter(|status| status.as_u16() >= 200)
        .unwrap_or(StatusCode::OK);
    (status, wish.say.unwrap_or_default())
}
