//! Which calls are due to be written into a CRM, and which have been.
//!
//! What is due is found among the calls themselves, so nothing is queued for agents of whom nobody ever asks. A row of
//! `logged` comes with the first lease of a call. Changes of one row take turns with all other writers.

use protocol::Millis;
use protocol::call::CallView;
use protocol::crm_log::LogTrouble;
use protocol::history::Note;
use sqlx::Transaction;

use super::super::begin;
use super::{Db, Sql, readable};
use crate::store::encode::{clean, json, read_json};
use crate::store::{DueCall, FailedWord, Kept, LogLease, LoggedWord, lease_name, leased_revision, log_wait};

/// Calls of one agent that are due: over, wrapped up, not written yet as they are now, and nobody's at the moment. One that
/// several agents missed is written by the first who asks; who talked writes their own.
const DUE: &str =
    "SELECT v.view, n.text, n.disposition, n.updated_at, c.rev + coalesce(n.updated_at, 0), l.reference
     FROM call_views v JOIN calls c ON c.sid = v.sid
     LEFT JOIN notes n ON n.sid = v.sid AND n.agent = v.agent
     LEFT JOIN logged l ON l.sid = v.sid AND l.agent = v.agent
     WHERE v.agent = $1 AND v.started_at >= $2 AND v.outcome NOT IN ('', 'answered_elsewhere')
       AND (n.sid IS NOT NULL OR v.ended_at <= $3)
       AND c.rev + coalesce(n.updated_at, 0) > coalesce(l.revision, 0) AND coalesce(l.not_before, 0) <= $4
       AND (v.outcome = 'completed' OR NOT EXISTS (SELECT 1 FROM logged o WHERE o.sid = v.sid
            AND o.agent <> v.agent AND (o.reference IS NOT NULL OR o.not_before > $4)))
     ORDER BY v.started_at, v.sid LIMIT $5";

/// The columns of [`DUE`].
type Row = (
    String,
    Option<String>,
    Option<String>,
    Option<i64>,
    i64,
    Option<String>,
);

/// A row of `logged`, and the revision of the call as it is now.
type Entry = (i64, Option<String>, Option<String>, i64, Option<i64>);

/// See [`crate::store::Store::lease_log`].
pub(super) async fn lease(db: &Sql, ask: &LogLease) -> Kept<Vec<DueCall>> {
    let oldest = ask.oldest.max(since(db, ask).await?);
    let due = sqlx::query_as::<Db, Row>(DUE);
    let found: Vec<Row> = bound(due, ask, oldest).fetch_all(&db.read).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = begin(&db.write).await?;
    // Once more in turn: somebody else may have taken some of them meanwhile.
    let due = sqlx::query_as::<Db, Row>(DUE);
    let found: Vec<Row> = bound(due, ask, oldest).fetch_all(&mut *tx).await?;
    let due: Vec<DueCall> = found
        .into_iter()
        .filter_map(|row| readable(read(row, &ask.holder)))
        .collect();
    let rows: Vec<_> = due
        .iter()
        .map(|due| (&due.view.sid, &due.view.agent, &due.lease, ask.until, ask.now))
        .collect();
    let sql = concat!(
        "INSERT INTO logged (sid, agent, revision, lease, not_before, tries, updated_at)
         SELECT value ->> 0, value ->> 1, 0, value ->> 2, CAST(value ->> 3 AS BIGINT), 0, CAST(value ->> 4 AS BIGINT)
         FROM",
        rows!(),
        "WHERE true ON CONFLICT (sid, agent) DO UPDATE SET lease = excluded.lease, not_before = excluded.not_before"
    );
    sqlx::query(sql)
        .bind(json("logged", &rows)?)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(due)
}

/// Binds the values of [`DUE`].
fn bound<'q, O>(
    due: sqlx::query::QueryAs<'q, Db, O, <Db as sqlx::Database>::Arguments>,
    ask: &LogLease,
    oldest: Millis,
) -> sqlx::query::QueryAs<'q, Db, O, <Db as sqlx::Database>::Arguments> {
    due.bind(clean(&ask.agent).into_owned())
        .bind(oldest)
        .bind(ask.wrapped_up)
        .bind(ask.now)
        .bind(i64::from(ask.limit))
}

/// From which start on calls of this agent are written; the first to ask begins it.
async fn since(db: &Sql, ask: &LogLease) -> Kept<Millis> {
    let known: Option<(i64,)> = sqlx::query_as("SELECT since FROM logging WHERE agent = $1")
        .bind(clean(&ask.agent))
        .fetch_optional(&db.read)
        .await?;
    if let Some((since,)) = known {
        return Ok(since);
    }
    sqlx::query("INSERT INTO logging (agent, since) VALUES ($1, $2) ON CONFLICT (agent) DO NOTHING")
        .bind(clean(&ask.agent))
        .bind(ask.first)
        .execute(&db.write)
        .await?;
    Ok(ask.first)
}

/// See [`crate::store::Store::log_done`]. The first who wrote it wins: their reference stands, and a lease on what was not
/// written yet ends. A lease that is over is taken at its word as long as nobody else's word is known.
pub(super) async fn done(
    db: &Sql,
    (sid, agent): (&str, &str),
    lease: &str,
    reference: &str,
    now: Millis,
) -> Kept<LoggedWord> {
    let Some(leased) = leased_revision(lease) else {
        return Ok(LoggedWord::NoSuchEntry);
    };
    let mut tx = begin(&db.write).await?;
    let Some((revision, known, held, _, current)) = entry(&mut tx, sid, agent).await? else {
        return Ok(LoggedWord::NoSuchEntry);
    };
    let holds = held.as_deref() == Some(lease);
    let again = known.as_deref() == Some(reference);
    if let Some(stands) = known.filter(|_| !holds && !again) {
        return Ok(LoggedWord::Stands(stands));
    }
    // Of a call that was forgotten meanwhile there is nothing newer.
    let revision = revision.max(leased.min(current.unwrap_or(leased)));
    let ends = if holds || !again { None } else { held };
    sqlx::query(
        "UPDATE logged SET revision = $3, reference = $4, lease = $5,
         not_before = CASE WHEN $6 THEN not_before ELSE 0 END, tries = 0, trouble = NULL, updated_at = $7
         WHERE sid = $1 AND agent = $2",
    )
    .bind(clean(sid))
    .bind(clean(agent))
    .bind(revision)
    .bind(clean(reference))
    .bind(ends.as_deref())
    .bind(ends.is_some())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(LoggedWord::Kept)
}

/// See [`crate::store::Store::log_failed`].
pub(super) async fn failed(
    db: &Sql,
    (sid, agent): (&str, &str),
    lease: &str,
    words: &str,
    now: Millis,
) -> Kept<FailedWord> {
    let mut tx = begin(&db.write).await?;
    let Some((_, _, held, tries, _)) = entry(&mut tx, sid, agent).await? else {
        return Ok(FailedWord::NoSuchEntry);
    };
    if held.as_deref() != Some(lease) {
        return Ok(FailedWord::LeaseOver);
    }
    let tries = tries.saturating_add(1);
    let next = now + log_wait(u32::try_from(tries).unwrap_or(u32::MAX));
    sqlx::query(
        "UPDATE logged SET lease = NULL, not_before = $3, tries = $4, trouble = $5, updated_at = $6
         WHERE sid = $1 AND agent = $2",
    )
    .bind(clean(sid))
    .bind(clean(agent))
    .bind(next)
    .bind(tries)
    .bind(clean(words))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(FailedWord::Kept)
}

/// See [`crate::store::Store::log_troubles`].
pub(super) async fn troubles(db: &Sql, limit: u32) -> Kept<Vec<LogTrouble>> {
    let sql = "SELECT sid, agent, tries, coalesce(trouble, ''), updated_at, not_before FROM logged
               WHERE tries > 0 ORDER BY updated_at DESC, sid LIMIT $1";
    let rows: Vec<(String, String, i64, String, i64, i64)> = sqlx::query_as(sql)
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    let read = |(sid, agent, tries, words, at, next)| LogTrouble {
        sid,
        agent,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
        words,
        at,
        next,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What is known of an entry.
async fn entry(tx: &mut Transaction<'static, Db>, sid: &str, agent: &str) -> Kept<Option<Entry>> {
    let sql = "SELECT l.revision, l.reference, l.lease, l.tries, c.rev + coalesce(n.updated_at, 0)
               FROM logged l LEFT JOIN calls c ON c.sid = l.sid
               LEFT JOIN notes n ON n.sid = l.sid AND n.agent = l.agent WHERE l.sid = $1 AND l.agent = $2";
    let row = sqlx::query_as::<Db, Entry>(sql)
        .bind(clean(sid))
        .bind(clean(agent));
    Ok(row.fetch_optional(&mut **tx).await?)
}

/// From the columns.
fn read((view, text, disposition, updated_at, revision, reference): Row, holder: &str) -> Kept<DueCall> {
    let view: CallView = read_json("call_views.view", &view)?;
    let note = text.zip(disposition).zip(updated_at);
    let note = note.map(|((text, disposition), updated_at)| Note {
        text,
        disposition,
        updated_at,
    });
    Ok(DueCall {
        view,
        note,
        revision,
        reference,
        lease: lease_name(revision, holder),
    })
}
