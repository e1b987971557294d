//! How good a call was (seed: voice-client-sdk-guide §4.11).

use axum::extract::State;
use axum::http::StatusCode;
use protocol::admin::policy::Feature;
use protocol::history::Feedback;

use super::{Body, Sid};
use crate::auth::Caller;
use crate::phone::calls_seen;
use crate::{Answer, App, Refused, clock};

/// The longest statistics, in bytes.
const LONGEST: usize = 16 * 1024;

/// `POST /api/calls/{sid}/feedback`: a second one replaces the first.
pub async fn post(
    State(app): State<App>,
    caller: Caller,
    Sid(sid): Sid,
    Body(feedback): Body<Feedback>,
) -> Answer<StatusCode> {
    app.policy
        .check(Feature::Feedback, caller.role, &app.vendor.app_id())?;
    if !(1..=5).contains(&feedback.rating) {
        return Err(Refused::field(
            "rating",
            "A rating is 1 (terrible) to 5 (excellent).",
        ));
    }
    if let Some(statistics) = &feedback.statistics {
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(statistics).is_ok();
        if statistics.len() > LONGEST || !is_json {
            return Err(Refused::field(
                "statistics",
                "Statistics are JSON text of at most 16 KiB.",
            ));
        }
    }
    let call = calls_seen::own(&app, &caller, &sid).await?;
    app.store
        .put_feedback(&call.sid, caller.agent()?, &feedback, clock::now())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
