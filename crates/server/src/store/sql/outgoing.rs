//! Webhooks on their way to CRMs.

use protocol::Millis;
use protocol::crm_webhooks::OutgoingState;

use super::super::begin;
use super::schema::number;
use super::{Db, Sql, log, readable};
use crate::store::encode::{clean, json, read_word, word};
use crate::store::{EndpointStanding, Kept, NewOutgoing, OutgoingTried, Seq, StoredOutgoing};

/// The columns of a webhook.
const COLUMNS: &str =
    "SELECT id, message, endpoint, news, sid, agent, body, made_at, not_before, until, state, tries, words
     FROM outgoing";

/// See [`COLUMNS`].
type Row = (
    i64,
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    String,
    i64,
    String,
);

/// See [`crate::store::Store::crm_cursor`].
pub(super) async fn cursor(db: &Sql) -> Kept<Seq> {
    let known: Option<(String,)> = sqlx::query_as("SELECT value FROM meta WHERE key = 'crm_cursor'")
        .fetch_optional(&db.read)
        .await?;
    if let Some((known,)) = known {
        return number("meta.crm_cursor", &known);
    }
    let mut tx = begin(&db.write).await?;
    let last = log::last(&mut tx).await?;
    sqlx::query("INSERT INTO meta (key, value) VALUES ('crm_cursor', $1) ON CONFLICT (key) DO NOTHING")
        .bind(last.to_string())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(last)
}

/// See [`crate::store::Store::queue_outgoing`].
pub(super) async fn queue(db: &Sql, from: Seq, to: Seq, messages: &[NewOutgoing]) -> Kept<bool> {
    let mut rows = Vec::with_capacity(messages.len());
    for new in messages {
        rows.push((
            &new.message,
            &new.endpoint,
            new.news.word(),
            clean(&new.sid),
            clean(&new.agent),
            &new.body,
            new.made_at,
            new.not_before,
            new.until,
        ));
    }
    let mut tx = begin(&db.write).await?;
    let moved = sqlx::query("UPDATE meta SET value = $1 WHERE key = 'crm_cursor' AND value = $2")
        .bind(to.to_string())
        .bind(from.to_string())
        .execute(&mut *tx)
        .await?;
    if moved.rows_affected() != 1 {
        return Ok(false);
    }
    // One by one: a statement may not touch one row twice, and two words of one thing may be in a page.
    for row in &rows {
        let sql = concat!(
            "INSERT INTO outgoing
             (message, endpoint, news, sid, agent, body, made_at, state, tries, not_before, until, words)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                    CAST(value ->> 6 AS BIGINT), 'waiting', 0, CAST(value ->> 7 AS BIGINT),
                    CAST(value ->> 8 AS BIGINT), '' FROM",
            rows!(),
            "WHERE true ON CONFLICT (endpoint, news, sid, agent) WHERE state = 'waiting' AND tries = 0
             DO UPDATE SET body = excluded.body, not_before = excluded.not_before"
        );
        sqlx::query(sql)
            .bind(json("outgoing", &[row])?)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// See [`crate::store::Store::due_outgoing`]. Of a receiver that does not answer only two at a time, so that the others do
/// not wait for it.
pub(super) async fn due(db: &Sql, now: Millis, limit: u32) -> Kept<Vec<StoredOutgoing>> {
    let sql = format!(
        "{COLUMNS} WHERE id IN (SELECT id FROM
         (SELECT o.id, o.not_before, e.failing_since,
                 row_number() OVER (PARTITION BY o.endpoint ORDER BY o.not_before, o.id) AS turn
          FROM outgoing o LEFT JOIN endpoints e ON e.name = o.endpoint
          WHERE o.state = 'waiting' AND o.not_before <= $1 AND e.off IS NULL) waiting
         WHERE turn <= CASE WHEN failing_since IS NULL THEN 16 ELSE 2 END ORDER BY not_before, id LIMIT $2)
         ORDER BY not_before, id"
    );
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    Ok(rows.into_iter().filter_map(|row| readable(read(row))).collect())
}

/// See [`crate::store::Store::outgoing_tried`].
pub(super) async fn tried(db: &Sql, id: i64, endpoint: &str, tried: &OutgoingTried) -> Kept<()> {
    let mut tx = begin(&db.write).await?;
    sqlx::query(
        "UPDATE outgoing SET state = $2, tries = tries + 1, words = $3, not_before = $4 WHERE id = $1",
    )
    .bind(id)
    .bind(word("outgoing.state", &tried.state)?)
    .bind(clean(&tried.words))
    .bind(tried.not_before)
    .execute(&mut *tx)
    .await?;
    // One that got through ends a time of failures; the first that did not begins one.
    sqlx::query(
        "INSERT INTO endpoints (name, failing_since, off) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET off = coalesce(endpoints.off, excluded.off), failing_since =
         CASE WHEN excluded.failing_since IS NULL THEN NULL
              ELSE coalesce(endpoints.failing_since, excluded.failing_since) END",
    )
    .bind(clean(endpoint))
    .bind(Some(tried.at).filter(|_| !tried.through))
    .bind(tried.off.as_deref())
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}

/// See [`crate::store::Store::outgoing`].
pub(super) async fn page(db: &Sql, before: Option<i64>, limit: u32) -> Kept<Vec<StoredOutgoing>> {
    let sql = format!("{COLUMNS} WHERE id < $1 ORDER BY id DESC LIMIT $2");
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    Ok(rows.into_iter().filter_map(|row| readable(read(row))).collect())
}

/// See [`crate::store::Store::send_again`].
pub(super) async fn send_again(db: &Sql, id: i64, now: Millis, until: Millis) -> Kept<bool> {
    let found = sqlx::query(
        "UPDATE outgoing SET tries = CASE WHEN state = 'waiting' THEN tries ELSE 1 END, state = 'waiting',
         not_before = $2, until = $3 WHERE id = $1",
    )
    .bind(id)
    .bind(now)
    .bind(until)
    .execute(&db.write)
    .await?;
    Ok(found.rows_affected() == 1)
}

/// See [`crate::store::Store::endpoints`].
pub(super) async fn endpoints(db: &Sql) -> Kept<Vec<EndpointStanding>> {
    let rows: Vec<(String, Option<i64>, Option<String>)> =
        sqlx::query_as::<Db, _>("SELECT name, failing_since, off FROM endpoints")
            .fetch_all(&db.read)
            .await?;
    let read = |(name, failing_since, off)| EndpointStanding {
        name,
        failing_since,
        off,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// See [`crate::store::Store::endpoint_on`].
pub(super) async fn endpoint_on(db: &Sql, name: &str) -> Kept<()> {
    sqlx::query("UPDATE endpoints SET failing_since = NULL, off = NULL WHERE name = $1")
        .bind(clean(name))
        .execute(&db.write)
        .await?;
    Ok(())
}

/// From the columns.
fn read(row: Row) -> Kept<StoredOutgoing> {
    let (id, message, endpoint, news, sid, agent, body, made_at, not_before, until, state, tries, words) =
        row;
    let state: OutgoingState = read_word("outgoing.state", &state)?;
    Ok(StoredOutgoing {
        id,
        outgoing: NewOutgoing {
            message,
            endpoint,
            news: read_word("outgoing.news", &news)?,
            sid,
            agent,
            body,
            made_at,
            not_before,
            until,
        },
        state,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
        words,
    })
}
