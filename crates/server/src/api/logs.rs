//! Log lines that an agent uploads for support (seed: voice-client-sdk-guide §4.10).

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::admin::policy::Feature;
use protocol::history::{LogReceipt, LogUpload};

use super::Body;
use crate::auth::Caller;
use crate::phone::redaction::without_numbers;
use crate::{Answer, App, Refused, clock};

/// The largest upload, in bytes of JSON.
pub const LARGEST: usize = 1024 * 1024;
/// Uploads of one account in a minute: each may take a megabyte of the disk.
const IN_A_MINUTE: u32 = 10;
/// The longest description, in characters.
const LONGEST: usize = 2000;

/// `POST /api/logs`: answers with the id to tell support. Numbers that slipped into the lines are hidden first.
pub async fn upload(
    State(app): State<App>,
    caller: Caller,
    Body(upload): Body<LogUpload>,
) -> Answer<(StatusCode, Json<LogReceipt>)> {
    app.policy
        .check(Feature::LogUpload, caller.role, &app.vendor.app_id())?;
    if upload.description.chars().count() > LONGEST {
        let message = format!("Describe it in at most {LONGEST} characters.");
        return Err(Refused::field("description", message));
    }
    if upload.from > upload.to {
        return Err(Refused::field("from", "The first moment is not after the last."));
    }
    app.uploads
        .take(&caller.name, IN_A_MINUTE, Instant::now())
        .map_err(Refused::too_many)?;
    // Somebody without an agent may have trouble too.
    let whose = caller.agent.as_deref().unwrap_or(&caller.name);
    let upload = LogUpload {
        description: without_numbers(&upload.description),
        lines: upload.lines.iter().map(|line| without_numbers(line)).collect(),
        ..upload
    };
    let id = fresh_id()?;
    app.store.put_log(&id, whose, &upload, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(LogReceipt { id })))
}

/// Twelve letters and digits, easy to read out; no two are alike in practice (48 bits).
fn fresh_id() -> Result<String, Refused> {
    let mut bytes = [0; 6];
    getrandom::fill(&mut bytes).map_err(|_| {
        let message = "The server could not take the upload. Try again.";
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, "no_random", message)
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
