//! Sessions. Their end is logged in the same transaction, so that no node goes on serving an ended one.

use std::fmt::Write as _;

use protocol::Millis;
use sqlx::Transaction;

use super::super::begin;
use super::{Db, Sql, log};
use crate::store::encode::{clean, read_hash, read_word, word};
use crate::store::{Carrier, Kept, Logged, StoredSession, TokenHash};

/// A row of the table.
type Row = (Vec<u8>, String, String, Option<String>, Option<String>, i64, i64);

/// See [`crate::store::Store::put_session`].
pub(super) async fn put(db: &Sql, session: &StoredSession) -> Kept<()> {
    let embedded_in = match &session.carrier {
        Carrier::Cookie => None,
        Carrier::Bearer { embedded_in } => Some(embedded_in.as_str()),
    };
    let sql = "INSERT INTO sessions (hash, name, role, agent, embedded_in, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(sql)
        .bind(session.hash.as_slice())
        .bind(clean(&session.name))
        .bind(word("sessions.role", &session.role)?)
        .bind(session.agent.as_deref().map(clean))
        .bind(embedded_in.map(clean))
        .bind(session.created_at)
        .bind(session.expires_at)
        .execute(&db.write)
        .await?;
    Ok(())
}

/// See [`crate::store::Store::session`].
pub(super) async fn one(db: &Sql, hash: &TokenHash, now: Millis) -> Kept<Option<StoredSession>> {
    let sql = "SELECT hash, name, role, agent, embedded_in, created_at, expires_at FROM sessions
               WHERE hash = $1 AND expires_at > $2";
    let row: Option<Row> = sqlx::query_as(sql)
        .bind(hash.as_slice())
        .bind(now)
        .fetch_optional(&db.read)
        .await?;
    row.map(read).transpose()
}

/// See [`crate::store::Store::sessions_of`].
pub(super) async fn of(db: &Sql, name: &str, now: Millis) -> Kept<Vec<StoredSession>> {
    let sql = "SELECT hash, name, role, agent, embedded_in, created_at, expires_at FROM sessions
               WHERE name = $1 AND expires_at > $2 ORDER BY created_at DESC, hash";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(clean(name))
        .bind(now)
        .fetch_all(&db.read)
        .await?;
    rows.into_iter().map(read).collect()
}

/// See [`crate::store::Store::extend_session`].
pub(super) async fn extend(db: &Sql, hash: &TokenHash, expires_at: Millis) -> Kept<()> {
    sqlx::query("UPDATE sessions SET expires_at = $2 WHERE hash = $1")
        .bind(hash.as_slice())
        .bind(expires_at)
        .execute(&db.write)
        .await?;
    Ok(())
}

/// See [`crate::store::Store::end_session`].
pub(super) async fn end(db: &Sql, hash: &TokenHash, now: Millis) -> Kept<()> {
    let mut tx = begin(&db.write).await?;
    let ended = sqlx::query("DELETE FROM sessions WHERE hash = $1")
        .bind(hash.as_slice())
        .execute(&mut *tx)
        .await?;
    if ended.rows_affected() == 0 {
        return Ok(());
    }
    log::append_one(&mut tx, now, ended_one(hash)).await?;
    tx.commit().await?;
    db.tell();
    Ok(())
}

/// See [`crate::store::Store::end_sessions_of`].
pub(super) async fn end_of(db: &Sql, name: &str, now: Millis) -> Kept<u64> {
    let mut tx = begin(&db.write).await?;
    let ended = end_all(&mut tx, name, now).await?;
    tx.commit().await?;
    db.tell();
    Ok(ended)
}

/// Ends every session of an account within a transaction.
pub(super) async fn end_all(tx: &mut Transaction<'static, Db>, name: &str, now: Millis) -> Kept<u64> {
    let ended = sqlx::query("DELETE FROM sessions WHERE name = $1")
        .bind(clean(name))
        .execute(&mut **tx)
        .await?;
    log::append_one(tx, now, Logged::SessionsEnded(name.to_owned())).await?;
    Ok(ended.rows_affected())
}

/// Ends every session of an account but one within a transaction.
pub(super) async fn end_others(
    tx: &mut Transaction<'static, Db>,
    name: &str,
    keep: &TokenHash,
    now: Millis,
) -> Kept<()> {
    let sql = "DELETE FROM sessions WHERE name = $1 AND hash <> $2 RETURNING hash";
    let ended: Vec<(Vec<u8>,)> = sqlx::query_as(sql)
        .bind(clean(name))
        .bind(keep.as_slice())
        .fetch_all(&mut **tx)
        .await?;
    for (hash,) in ended {
        log::append_one(tx, now, ended_one(&hash)).await?;
    }
    Ok(())
}

/// What the other nodes are told of one that ended.
fn ended_one(hash: &[u8]) -> Logged {
    let mut hex = String::with_capacity(64);
    for byte in hash {
        let _ = write!(hex, "{byte:02x}");
    }
    Logged::SessionEnded(hex)
}

/// From the columns.
fn read((hash, name, role, agent, embedded_in, created_at, expires_at): Row) -> Kept<StoredSession> {
    let carrier = embedded_in.map_or(Carrier::Cookie, |embedded_in| Carrier::Bearer { embedded_in });
    Ok(StoredSession {
        hash: read_hash("sessions.hash", &hash)?,
        name,
        role: read_word("sessions.role", &role)?,
        agent,
        carrier,
        created_at,
        expires_at,
    })
}
