//! One-time tickets and API keys.

use protocol::Millis;

use super::super::begin;
use super::Sql;
use crate::store::encode::{clean, read_hash};
use crate::store::{ApiKey, Kept, StoredTicket, TokenHash};

/// See [`crate::store::Store::put_ticket`].
pub(super) async fn put(db: &Sql, ticket: &StoredTicket) -> Kept<()> {
    sqlx::query("INSERT INTO tickets (hash, name, origin, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(ticket.hash.as_slice())
        .bind(clean(&ticket.name))
        .bind(clean(&ticket.origin))
        .bind(ticket.expires_at)
        .execute(&db.write)
        .await?;
    Ok(())
}

/// See [`crate::store::Store::take_ticket`]. Deleting and reading are one statement: only one asker gets the row.
pub(super) async fn take(db: &Sql, hash: &TokenHash, now: Millis) -> Kept<Option<StoredTicket>> {
    let taken: Option<(String, String, i64)> =
        sqlx::query_as("DELETE FROM tickets WHERE hash = $1 RETURNING name, origin, expires_at")
            .bind(hash.as_slice())
            .fetch_optional(&db.write)
            .await?;
    let ticket = taken.map(|(name, origin, expires_at)| StoredTicket {
        hash: *hash,
        name,
        origin,
        expires_at,
    });
    Ok(ticket.filter(|ticket| ticket.expires_at > now))
}

/// See [`crate::store::Store::put_api_key`]. Writers take turns.
pub(super) async fn put_api_key(db: &Sql, key: &ApiKey) -> Kept<bool> {
    let sql = "INSERT INTO api_keys (hash, name, created_at, revoked) SELECT $1, $2, $3, $4
               WHERE $4 OR NOT EXISTS (SELECT 1 FROM api_keys WHERE name = $2 AND hash <> $1 AND NOT revoked)
               ON CONFLICT (hash) DO UPDATE SET name = excluded.name, revoked = excluded.revoked";
    let mut tx = begin(&db.write).await?;
    let written = sqlx::query(sql)
        .bind(key.hash.as_slice())
        .bind(clean(&key.name))
        .bind(key.created_at)
        .bind(key.revoked)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(written.rows_affected() == 1)
}

/// See [`crate::store::Store::api_key`].
pub(super) async fn api_key(db: &Sql, hash: &TokenHash) -> Kept<Option<ApiKey>> {
    let row: Option<(String, i64, bool)> =
        sqlx::query_as("SELECT name, created_at, revoked FROM api_keys WHERE hash = $1")
            .bind(hash.as_slice())
            .fetch_optional(&db.read)
            .await?;
    Ok(row.map(|(name, created_at, revoked)| ApiKey {
        hash: *hash,
        name,
        created_at,
        revoked,
    }))
}

/// See [`crate::store::Store::api_keys`].
pub(super) async fn api_keys(db: &Sql) -> Kept<Vec<ApiKey>> {
    let sql = "SELECT hash, name, created_at, revoked FROM api_keys ORDER BY name, created_at";
    let rows: Vec<(Vec<u8>, String, i64, bool)> = sqlx::query_as(sql).fetch_all(&db.read).await?;
    let read = |(hash, name, created_at, revoked): (Vec<u8>, String, i64, bool)| {
        Ok(ApiKey {
            hash: read_hash("api_keys.hash", &hash)?,
            name,
            created_at,
            revoked,
        })
    };
    rows.into_iter().map(read).collect()
}
