//! What is kept with its versions. Two who write the same version: one is first, the other is told.

use super::super::begin;
use super::{Sql, log};
use crate::store::encode::{clean, json, read_json};
use crate::store::{Kept, LoggedEvent, NewEvent, Revision};

/// A row of the table.
type Row = (String, i64, String, i64, String);

/// See [`crate::store::Store::revisions`].
pub(super) async fn newest(db: &Sql, subject: &str, limit: u32) -> Kept<Vec<Revision>> {
    let sql = "SELECT subject, no, written_by, at, body FROM revisions WHERE subject = $1 ORDER BY no DESC LIMIT $2";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(clean(subject))
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    rows.into_iter().map(read).collect()
}

/// See [`crate::store::Store::put_revision`].
pub(super) async fn put(db: &Sql, revision: &Revision, keep: u32, events: &[NewEvent]) -> Kept<bool> {
    let mut tx = begin(&db.write).await?;
    let sql = "INSERT INTO revisions (subject, no, written_by, at, body)
               SELECT $1, $2, $3, $4, $5
               WHERE coalesce((SELECT max(no) FROM revisions WHERE subject = $1), 0) = $6";
    let written = sqlx::query(sql)
        .bind(clean(&revision.subject))
        .bind(revision.no)
        .bind(clean(&revision.by))
        .bind(revision.at)
        .bind(json("revisions.body", &revision.body)?)
        .bind(revision.no - 1)
        .execute(&mut *tx)
        .await?;
    if written.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM revisions WHERE subject = $1 AND no <= $2")
        .bind(clean(&revision.subject))
        .bind(revision.no - i64::from(keep.max(1)))
        .execute(&mut *tx)
        .await?;
    let last = log::last(&mut tx).await?;
    let logged: Vec<LoggedEvent> = events
        .iter()
        .zip(last + 1..)
        .map(|(event, seq)| LoggedEvent {
            seq,
            at: revision.at,
            event: event.clone(),
        })
        .collect();
    log::append(&mut tx, &logged).await?;
    tx.commit().await?;
    db.tell();
    Ok(true)
}

/// From the columns.
fn read((subject, no, by, at, body): Row) -> Kept<Revision> {
    let body = read_json("revisions.body", &body)?;
    Ok(Revision {
        subject,
        no,
        by,
        at,
        body,
    })
}
