//! Retention: small transactions, so that nobody waits long behind them.

use protocol::Millis;
use sqlx::{AssertSqlSafe, Transaction};

use super::super::begin;
use super::{Db, Sql};
use crate::store::encode::json;
use crate::store::{Kept, Retention};

/// Rows that one transaction deletes.
const AT_ONCE: i64 = 1_000;
/// A click's key is remembered so long.
const PLACEMENTS: Millis = 24 * 3_600_000;

/// See [`crate::store::Store::forget`].
pub(super) async fn forget(db: &Sql, limits: &Retention) -> Kept<u64> {
    let mut rows = events(db, limits.events).await?;
    rows += calls(db, limits.calls).await?;
    rows += oldest(db, "deliveries", "received_at", limits.deliveries).await?;
    rows += oldest(db, "outgoing", "made_at", limits.deliveries).await?;
    rows += oldest(db, "audit", "at", limits.audit).await?;
    // Those given back hang on nothing any more; the vendor still has the others.
    rows += given_back(db, limits.calls).await?;
    rows += jobs(db, limits.logs).await?;
    let simple = [
        // Table, key, the column that ages and has an index, the limit.
        ("logs", "id", "at", limits.logs),
        ("sessions", "hash", "expires_at", limits.now),
        ("tickets", "hash", "expires_at", limits.now),
        ("dial_contexts", "key", "expires_at", limits.now),
        ("placements", "agent, key", "at", limits.now - PLACEMENTS),
    ];
    for (table, key, age, limit) in simple {
        rows += older(db, table, key, age, limit).await?;
    }
    Ok(rows)
}

/// Deletes rows of a table whose `age` is below `limit`, along the index on it.
async fn older(db: &Sql, table: &str, key: &str, age: &str, limit: Millis) -> Kept<u64> {
    let sql = format!(
        "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {age} < $1 ORDER BY {age} LIMIT $2)"
    );
    let mut rows = 0;
    loop {
        let deleted = sqlx::query(AssertSqlSafe(sql.clone()))
            .bind(limit)
            .bind(AT_ONCE)
            .execute(&db.write)
            .await?
            .rows_affected();
        rows += deleted;
        if deleted < AT_ONCE.unsigned_abs() {
            return Ok(rows);
        }
    }
}

/// Deletes the low end of a table that grows by `id`, up to the first row that stays: its age has no index, and looking
/// for one more old row would read all the young ones.
async fn oldest(db: &Sql, table: &str, age: &str, limit: Millis) -> Kept<u64> {
    let low_end = format!("SELECT id, {age} FROM {table} ORDER BY id LIMIT $1");
    let delete = format!("DELETE FROM {table} WHERE id <= $1");
    let mut rows = 0;
    loop {
        let page: Vec<(i64, i64)> = sqlx::query_as(AssertSqlSafe(low_end.clone()))
            .bind(AT_ONCE)
            .fetch_all(&db.read)
            .await?;
        let old = page.iter().take_while(|(_, at)| *at < limit);
        let Some((last, _)) = old.last() else {
            return Ok(rows);
        };
        let deleted = sqlx::query(AssertSqlSafe(delete.clone()))
            .bind(last)
            .execute(&db.write)
            .await?;
        rows += deleted.rows_affected();
    }
}

/// Deletes allocations that were given back before `limit`. There are few of them: one statement.
async fn given_back(db: &Sql, limit: Millis) -> Kept<u64> {
    let gone = sqlx::query("DELETE FROM allocations WHERE updated_at < $1 AND state = 'vault'")
        .bind(limit)
        .execute(&db.write)
        .await?;
    Ok(gone.rows_affected())
}

/// Deletes jobs that have not moved since `limit` and do not run, and then their rows: they hold people's numbers.
async fn jobs(db: &Sql, limit: Millis) -> Kept<u64> {
    let mut tx = begin(&db.write).await?;
    let gone = sqlx::query("DELETE FROM jobs WHERE updated_at < $1 AND state <> 'running'")
        .bind(limit)
        .execute(&mut *tx)
        .await?;
    if gone.rows_affected() > 0 {
        sqlx::query("DELETE FROM job_rows WHERE job NOT IN (SELECT id FROM jobs)")
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(gone.rows_affected())
}

/// Cuts the log's old end off, and remembers where.
async fn events(db: &Sql, limit: Millis) -> Kept<u64> {
    let mut rows = 0;
    loop {
        let mut tx = begin(&db.write).await?;
        let oldest: Vec<(i64, i64)> = sqlx::query_as("SELECT seq, at FROM events ORDER BY seq LIMIT $1")
            .bind(AT_ONCE)
            .fetch_all(&mut *tx)
            .await?;
        // Up to the first that stays: what is left has no hole.
        let Some((last, _)) = oldest.iter().take_while(|(_, at)| *at < limit).last() else {
            return Ok(rows);
        };
        let deleted = sqlx::query("DELETE FROM events WHERE seq <= $1")
            .bind(last)
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE meta SET value = $1 WHERE key = 'forgotten'")
            .bind(last.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        rows += deleted.rows_affected();
    }
}

/// Deletes calls that began before `limit`, with all that hangs on them.
async fn calls(db: &Sql, limit: Millis) -> Kept<u64> {
    let mut rows = 0;
    loop {
        let mut tx = begin(&db.write).await?;
        let oldest: Vec<(String,)> =
            sqlx::query_as("SELECT sid FROM calls WHERE first_news < $1 ORDER BY first_news LIMIT $2")
                .bind(limit)
                .bind(AT_ONCE)
                .fetch_all(&mut *tx)
                .await?;
        if oldest.is_empty() {
            return Ok(rows);
        }
        let sids = json("calls.sid", &oldest)?;
        rows += of_calls(&mut tx, &sids).await?;
        tx.commit().await?;
    }
}

/// Deletes these calls from every table that knows them.
async fn of_calls(tx: &mut Transaction<'static, Db>, sids: &str) -> Kept<u64> {
    let mut rows = 0;
    for table in ["notes", "feedback", "logged", "call_views", "calls"] {
        let sql = format!(
            "DELETE FROM {table} WHERE sid IN (SELECT value ->> 0 FROM {})",
            rows!()
        );
        rows += sqlx::query(AssertSqlSafe(sql))
            .bind(sids)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    }
    Ok(rows)
}
