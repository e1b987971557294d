//! Who changed what, for admins.

use axum::Json;
use axum::extract::State;
use protocol::Millis;
use protocol::audit::{AuditEntry, AuditPage};
use serde::Deserialize;

use super::Asked;
use crate::store::{AuditQuery, StoredAudit};
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
    who: Option<String>,
    what: Option<String>,
    target: Option<String>,
    result: Option<String>,
    from: Option<Millis>,
    to: Option<Millis>,
}

/// `GET /api/audit?before=&limit=&who=&what=&target=&result=&from=&to=`: newest first.
pub async fn list(State(app): State<App>, Asked(page): Asked<Page>) -> Answer<Json<AuditPage>> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST);
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let query = AuditQuery {
        who: given(page.who),
        what: given(page.what),
        target: given(page.target),
        result: given(page.result),
        from: page.from,
        to: page.to,
        before: page.before,
        limit,
    };
    let records = app.store.find_audit(&query).await?;
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
