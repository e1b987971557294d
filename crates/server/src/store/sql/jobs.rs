//! Jobs: many additions at the vendor, row by row.

use protocol::admin::jobs::{JobCounts, JobState, RowState};

use super::super::begin;
use super::{Sql, readable};
use crate::store::encode::{clean, json, read_json, read_word, word};
use crate::store::{Kept, StoredJob, StoredRow};

/// The columns of a job and the count of its rows in each state.
type Row = (String, String, String, Option<String>, String, i64, i64, String);

/// A job with its counts. Counting reads an index only.
const JOB: &str = "SELECT id, kind, state, trouble, made_by, created_at, updated_at,
    (SELECT coalesce(string_agg(state || ':' || n, ','), '') FROM
        (SELECT state, CAST(count(*) AS TEXT) AS n FROM job_rows WHERE job = jobs.id GROUP BY state) AS counted) FROM jobs";

/// See [`crate::store::Store::put_job`].
pub(super) async fn put(db: &Sql, job: &StoredJob, rows: &[StoredRow]) -> Kept<()> {
    let mut tx = begin(&db.write).await?;
    sqlx::query(
        "INSERT INTO jobs (id, kind, state, trouble, made_by, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(clean(&job.id))
    .bind(word("jobs.kind", &job.kind)?)
    .bind(word("jobs.state", &job.state)?)
    .bind(job.trouble.as_deref().map(clean))
    .bind(clean(&job.by))
    .bind(job.created_at)
    .bind(job.updated_at)
    .execute(&mut *tx)
    .await?;
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        let entry = json("job_rows.entry", &row.entry)?;
        let state = word("job_rows.state", &row.state)?;
        let (field, vendor) = (row.field.as_deref().map(clean), row.vendor.as_deref().map(clean));
        values.push((
            row.no,
            state,
            clean(&row.id),
            clean(&entry).into_owned(),
            field,
            clean(&row.message),
            vendor,
        ));
    }
    let sql = concat!(
        "INSERT INTO job_rows (job, no, state, id, entry, field, message, vendor)
         SELECT $2, CAST(value ->> 0 AS BIGINT), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                value ->> 6 FROM",
        rows!()
    );
    sqlx::query(sql)
        .bind(json("job_rows", &values)?)
        .bind(clean(&job.id))
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// See [`crate::store::Store::job`].
pub(super) async fn one(db: &Sql, id: &str) -> Kept<Option<StoredJob>> {
    let sql = format!("{JOB} WHERE id = $1");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(clean(id))
        .fetch_optional(&db.read)
        .await?;
    row.map(read).transpose()
}

/// See [`crate::store::Store::jobs`].
pub(super) async fn newest(db: &Sql, state: Option<JobState>, limit: u32) -> Kept<Vec<StoredJob>> {
    let sql = format!("{JOB} WHERE $1 = '' OR state = $1 ORDER BY created_at DESC, id LIMIT $2");
    let state = state.map(|state| word("jobs.state", &state)).transpose()?;
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(state.unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    Ok(rows.into_iter().filter_map(|row| readable(read(row))).collect())
}

/// See [`crate::store::Store::move_job`].
pub(super) async fn move_on(
    db: &Sql,
    id: &str,
    from: &[JobState],
    to: JobState,
    trouble: Option<&str>,
    at: i64,
) -> Kept<bool> {
    let mut words = Vec::new();
    for state in from {
        words.push([word("jobs.state", state)?]);
    }
    let sql = concat!(
        "UPDATE jobs SET state = $2, trouble = $3, updated_at = $4 WHERE id = $5 AND state IN (SELECT value ->> 0 FROM",
        rows!(),
        ")"
    );
    let moved = sqlx::query(sql)
        .bind(json("jobs.state", &words)?)
        .bind(word("jobs.state", &to)?)
        .bind(trouble.map(clean))
        .bind(at)
        .bind(clean(id))
        .execute(&db.write)
        .await?;
    Ok(moved.rows_affected() > 0)
}

/// See [`crate::store::Store::remove_job`].
pub(super) async fn remove(db: &Sql, id: &str) -> Kept<bool> {
    let mut tx = begin(&db.write).await?;
    let removed = sqlx::query("DELETE FROM jobs WHERE id = $1 AND state <> 'running'")
        .bind(clean(id))
        .execute(&mut *tx)
        .await?;
    if removed.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM job_rows WHERE job = $1")
        .bind(clean(id))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(true)
}

/// The columns of a job's row.
type Entry = (
    i64,
    String,
    String,
    String,
    Option<String>,
    String,
    Option<String>,
);

/// See [`crate::store::Store::job_rows`].
pub(super) async fn rows(
    db: &Sql,
    id: &str,
    states: &[RowState],
    after: i64,
    limit: u32,
) -> Kept<Vec<StoredRow>> {
    let mut words = Vec::new();
    for state in states {
        words.push([word("job_rows.state", state)?]);
    }
    let sql = concat!(
        "SELECT no, state, id, entry, field, message, vendor FROM job_rows
         WHERE job = $2 AND no > $3 AND state IN (SELECT value ->> 0 FROM",
        rows!(),
        ") ORDER BY no LIMIT $4"
    );
    let rows: Vec<Entry> = sqlx::query_as(sql)
        .bind(json("job_rows.state", &words)?)
        .bind(clean(id))
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    rows.into_iter().map(read_row).collect()
}

/// See [`crate::store::Store::put_job_rows`].
pub(super) async fn put_rows(db: &Sql, id: &str, rows: &[StoredRow]) -> Kept<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        let state = word("job_rows.state", &row.state)?;
        let (field, vendor) = (row.field.as_deref().map(clean), row.vendor.as_deref().map(clean));
        values.push((row.no, state, field, clean(&row.message), vendor));
    }
    let sql = concat!(
        "UPDATE job_rows SET state = changed.state, field = changed.field, message = changed.message,
         vendor = changed.vendor FROM
         (SELECT CAST(value ->> 0 AS BIGINT) AS no, value ->> 1 AS state, value ->> 2 AS field, value ->> 3 AS message,
                 value ->> 4 AS vendor FROM",
        rows!(),
        ") AS changed WHERE job_rows.job = $2 AND job_rows.no = changed.no"
    );
    sqlx::query(sql)
        .bind(json("job_rows", &values)?)
        .bind(clean(id))
        .execute(&db.write)
        .await?;
    Ok(())
}

/// From the columns.
fn read((id, kind, state, trouble, by, created_at, updated_at, counts): Row) -> Kept<StoredJob> {
    Ok(StoredJob {
        id,
        kind: read_word("jobs.kind", &kind)?,
        state: read_word("jobs.state", &state)?,
        trouble,
        by,
        created_at,
        updated_at,
        counts: read_counts(&counts)?,
    })
}

/// From `ready:12,added:3`.
fn read_counts(text: &str) -> Kept<JobCounts> {
    let mut counts = JobCounts::default();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let (state, count) = part.split_once(':').unwrap_or((part, "0"));
        let count = count.parse().unwrap_or(0);
        match read_word("job_rows.state", state)? {
            RowState::Ready => counts.ready = count,
            RowState::Invalid => counts.invalid = count,
            RowState::Added => counts.added = count,
            RowState::WasThere => counts.was_there = count,
            RowState::Failed => counts.failed = count,
            RowState::Unknown => counts.unknown = count,
        }
    }
    Ok(counts)
}

/// From the columns.
fn read_row((no, state, id, entry, field, message, vendor): Entry) -> Kept<StoredRow> {
    Ok(StoredRow {
        no,
        id,
        entry: read_json("job_rows.entry", &entry)?,
        state: read_word("job_rows.state", &state)?,
        field,
        message,
        vendor,
    })
}
