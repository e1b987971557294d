//! The record of a change at the vendor: who, what, to what, and how it went. No secrets, no numbers.

use super::VendorError;
use crate::clock;
use crate::store::{AuditRecord, Store};

/// Keeps the record. A store that fails does not undo what the vendor has done: that is logged.
pub(super) async fn record(
    store: &dyn Store,
    who: &str,
    what: &'static str,
    target: String,
    failure: Option<&VendorError>,
) {
    let result = match failure {
        None => "done",
        Some(error) if error.outcome_is_unknown() => "unknown",
        Some(_) => "refused",
    };
    let record = AuditRecord {
        at: clock::now(),
        who: who.to_owned(),
        what: what.to_owned(),
        target,
        result: result.to_owned(),
        detail: failure.map(detail).unwrap_or_default(),
    };
    if let Err(error) = store.put_audit(&record).await {
        tracing::error!(%error, operation = what, result, "a change could not be recorded");
    }
}

/// The sort of failure and the vendor's code; not its words, which may hold a number.
fn detail(error: &VendorError) -> String {
    let code = match error {
        VendorError::Api(error) => error.refusal().and_then(|refusal| refusal.code),
        VendorError::Invalid(_)
        | VendorError::Unreachable { .. }
        | VendorError::NoCredential(_)
        | VendorError::Busy { .. } => None,
    };
    match code {
        Some(code) => format!("{}, code {code}", error.label()),
        None => error.label().to_owned(),
    }
}
