//! Who changed what, for admins.

use axum::Json;
use axum::extract::State;
use protocol::audit::{AuditEntry, AuditPage};
use serde::Deserialize;

use super::Asked;
use crate::store::StoredAudit;
use crate::{Answer, App};

/// Records of a page, if nobody says.
const PAGE: u32 = 100;
/// The most records of a page.
const LARGEST: u32 = 500;

/// Which records.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Page {
    before: Option<i64>,
    limit: Option<u32>,
}

/// `GET /api/audit?before=&limit=`: newest first.
pub async fn list(State(app): State<App>, Asked(page): Asked<Page>) -> Answer<Json<AuditPage>> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST);
    let records = app.store.audit(page.before, limit).await?;
    let full = u32::try_from(records.len()).is_ok_and(|found| found == limit);
    let next = records.last().map(|record| record.id).filter(|_| full);
    let records = records.into_iter().map(entry).collect();
    Ok(Json(AuditPage { records, next }))
}

fn entry(stored: StoredAudit) -> AuditEntry {
    let record = stored.record;
    AuditEntry {
        id: stored.id,
        at: record.at,
        who: record.who,
        what: record.what,
        target: record.target,
        result: record.result,
        detail: record.detail,
    }
}
