//! What is known of calls.

use std::collections::BTreeSet;

use protocol::Millis;
use sqlx::Transaction;

use super::super::begin;
use super::{Db, Sql};
use crate::store::encode::{clean, digits, json, read_json, word};
use crate::store::plan::Plan;
use crate::store::{Kept, StoredCall};

/// The calls of these ids that are known. Nobody else changes them before the transaction ends: writers take turns.
pub(super) async fn load(
    tx: &mut Transaction<'static, Db>,
    sids: &BTreeSet<String>,
) -> Kept<Vec<StoredCall>> {
    if sids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<[&str; 1]> = sids.iter().map(|sid| [sid.as_str()]).collect();
    let sql = concat!(
        "SELECT sid, rev, facts FROM calls WHERE sid IN (SELECT value ->> 0 FROM",
        rows!(),
        ")"
    );
    let rows: Vec<(String, i64, String)> = sqlx::query_as(sql)
        .bind(json("calls.sid", &rows)?)
        .fetch_all(&mut **tx)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Writes the calls that changed and their views.
pub(super) async fn save(tx: &mut Transaction<'static, Db>, plan: &Plan) -> Kept<()> {
    let mut calls = Vec::new();
    let mut views = Vec::new();
    for StoredCall { sid, rev, facts } in plan.changed() {
        let text = json("calls.facts", facts)?;
        let settled = facts.is_settled();
        calls.push((sid, rev, text, facts.first_news, facts.last_news, settled));
        for view in facts.views(sid, *rev) {
            let number = digits(view.number.reveal());
            let text = json("call_views.view", &view)?;
            let agent = clean(&view.agent).into_owned();
            let direction = word("call_views.direction", &view.direction)?;
            let outcome = view.outcome.map(|outcome| word("call_views.outcome", &outcome));
            let outcome = outcome.transpose()?.unwrap_or_default();
            views.push((
                sid,
                agent,
                view.started_at,
                number,
                text,
                direction,
                outcome,
                view.ended_at,
            ));
        }
    }
    if calls.is_empty() {
        return Ok(());
    }
    let sql = concat!(
        "INSERT INTO calls (sid, rev, facts, first_news, quiet_since, settled)
         SELECT value ->> 0, CAST(value ->> 1 AS BIGINT), value ->> 2, CAST(value ->> 3 AS BIGINT),
                CAST(value ->> 4 AS BIGINT), CAST(value ->> 5 AS BOOLEAN) FROM",
        rows!(),
        "WHERE true ON CONFLICT (sid) DO UPDATE SET rev = excluded.rev, facts = excluded.facts,
         first_news = excluded.first_news, quiet_since = excluded.quiet_since, settled = excluded.settled"
    );
    sqlx::query(sql)
        .bind(json("calls", &calls)?)
        .execute(&mut **tx)
        .await?;
    let gone = plan.gone();
    if !gone.is_empty() {
        let sql = concat!(
            "DELETE FROM call_views WHERE (sid, agent) IN (SELECT value ->> 0, value ->> 1 FROM",
            rows!(),
            ")"
        );
        sqlx::query(sql)
            .bind(json("call_views", &gone)?)
            .execute(&mut **tx)
            .await?;
    }
    let sql = concat!(
        "INSERT INTO call_views (sid, agent, started_at, digits, view, direction, outcome, ended_at)
         SELECT value ->> 0, value ->> 1, CAST(value ->> 2 AS BIGINT), value ->> 3, value ->> 4, value ->> 5, value ->> 6,
         CAST(value ->> 7 AS BIGINT)
         FROM",
        rows!(),
        "WHERE true ON CONFLICT (sid, agent) DO UPDATE SET started_at = excluded.started_at,
         digits = excluded.digits, view = excluded.view, direction = excluded.direction,
         outcome = excluded.outcome, ended_at = excluded.ended_at"
    );
    sqlx::query(sql)
        .bind(json("call_views", &views)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// See [`crate::store::Store::call`].
pub(super) async fn one(db: &Sql, sid: &str) -> Kept<Option<StoredCall>> {
    let row: Option<(String, i64, String)> =
        sqlx::query_as("SELECT sid, rev, facts FROM calls WHERE sid = $1")
            .bind(clean(sid))
            .fetch_optional(&db.read)
            .await?;
    row.map(read).transpose()
}

/// See [`crate::store::Store::unsettled`].
pub(super) async fn unsettled(db: &Sql, before: Millis, limit: u32) -> Kept<Vec<String>> {
    let sql =
        "SELECT sid FROM calls WHERE NOT settled AND quiet_since < $1 ORDER BY quiet_since, sid LIMIT $2";
    let rows: Vec<(String,)> = sqlx::query_as(sql)
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    Ok(rows.into_iter().map(|(sid,)| sid).collect())
}

/// See [`crate::store::Store::asked_in_vain`].
pub(super) async fn asked_in_vain(db: &Sql, sids: &[String], at: Millis) -> Kept<()> {
    let rows: Vec<[&str; 1]> = sids.iter().map(|sid| [sid.as_str()]).collect();
    let sql = concat!(
        "UPDATE calls SET quiet_since = $2 WHERE quiet_since < $2 AND sid IN (SELECT value ->> 0 FROM",
        rows!(),
        ")"
    );
    // In turn with batches, or the two could each hold a row that the other wants.
    let mut tx = begin(&db.write).await?;
    sqlx::query(sql)
        .bind(json("calls.sid", &rows)?)
        .bind(at)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// From the columns.
fn read((sid, rev, facts): (String, i64, String)) -> Kept<StoredCall> {
    let facts = read_json("calls.facts", &facts)?;
    Ok(StoredCall { sid, rev, facts })
}
