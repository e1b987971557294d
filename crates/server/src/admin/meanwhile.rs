//! Two who edit one thing: the second is told who was first, and nothing is written over.

use axum::http::StatusCode;
use protocol::Millis;
use protocol::problem::Changed;

use crate::store::AuditRecord;
use crate::{App, Refused};

/// Records that are looked through for who it was.
const RECENT: u32 = 200;

/// 409: `by` changed it at `at`; nobody of ours if `by` is empty.
pub fn changed(by: &str, at: Millis) -> Refused {
    let message = match by {
        "" => "It was changed meanwhile, and not from here. Look at how it is now, then change it again."
            .to_owned(),
        by => format!("{by} changed it meanwhile. Look at how it is now, then change it again."),
    };
    let mut refused = Refused::new(StatusCode::CONFLICT, "changed_meanwhile", message);
    let by = by.to_owned();
    refused.problem.changed = Some(Box::new(Changed { by, at }));
    refused
}

/// The same for something at the vendor, whose last change here is looked for among the records.
pub async fn changed_at_the_vendor(app: &App, target: &str, operations: &[&str]) -> Refused {
    let fits = |record: &AuditRecord| {
        record.target == target && operations.contains(&record.what.as_str()) && record.result != "refused"
    };
    let recent = app.store.audit(None, RECENT).await;
    let recent = recent.unwrap_or_default().into_iter();
    match recent.map(|stored| stored.record).find(fits) {
        Some(record) => changed(&record.who, record.at),
        None => changed("", 0),
    }
}
