//! Who changed what.

use super::Sql;
use crate::store::encode::clean;
use crate::store::{AuditRecord, Kept, StoredAudit};

/// See [`crate::store::Store::put_audit`].
pub(super) async fn put(db: &Sql, record: &AuditRecord) -> Kept<()> {
    sqlx::query("INSERT INTO audit (at, who, what, target, result, detail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(record.at)
        .bind(clean(&record.who))
        .bind(clean(&record.what))
        .bind(clean(&record.target))
        .bind(clean(&record.result))
        .bind(clean(&record.detail))
        .execute(&db.write)
        .await?;
    Ok(())
}

/// A row of the table.
type Row = (i64, i64, String, String, String, String, String);

/// See [`crate::store::Store::audit`].
pub(super) async fn page(db: &Sql, before: Option<i64>, limit: u32) -> Kept<Vec<StoredAudit>> {
    let sql =
        "SELECT id, at, who, what, target, result, detail FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    let read = |(id, at, who, what, target, result, detail): Row| StoredAudit {
        id,
        record: AuditRecord {
            at,
            who,
            what,
            target,
            result,
            detail,
        },
    };
    Ok(rows.into_iter().map(read).collect())
}
