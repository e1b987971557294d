//! The record of changes to accounts, keys and sessions, and of who signs in.

use super::Auth;
use crate::clock::now;
use crate::store::AuditRecord;

impl Auth {
    /// Records that `who` did `what` to `target`. The change has been made: a record that fails is logged instead, and
    /// nobody is told that their change failed.
    pub async fn record(&self, who: &str, what: &str, target: &str) {
        let record = AuditRecord {
            at: now(),
            who: who.to_owned(),
            what: what.to_owned(),
            target: target.to_owned(),
            result: "done".to_owned(),
            detail: String::new(),
        };
        if let Err(error) = self.store.put_audit(&record).await {
            tracing::error!(%error, what, "a change could not be recorded");
        }
    }
}
