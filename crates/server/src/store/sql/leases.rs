//! Leases: one node of many does a job.

use protocol::Millis;

use super::Sql;
use crate::store::Kept;

/// See [`crate::store::Store::lease`].
pub(super) async fn take(db: &Sql, name: &str, holder: &str, now: Millis, until: Millis) -> Kept<bool> {
    let sql = "INSERT INTO leases (name, holder, held_until) VALUES ($1, $2, $4)
               ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
               WHERE leases.holder = excluded.holder OR leases.held_until <= $3";
    let taken = sqlx::query(sql)
        .bind(name)
        .bind(holder)
        .bind(now)
        .bind(until)
        .execute(&db.write)
        .await?;
    Ok(taken.rows_affected() == 1)
}
