//! GreenPin allocations. `vault` is final: an allocation that was given back never becomes active again.

use protocol::Millis;
use sqlx::Transaction;

use super::super::begin;
use super::{Db, Sql};
use crate::store::encode::{clean, json, read_json};
use crate::store::{Allocation, AllocationNews, Kept};

/// In a batch: what a webhook says.
pub(super) async fn hear(tx: &mut Transaction<'static, Db>, news: &AllocationNews, at: Millis) -> Kept<()> {
    let (greenpin_id, transaction_id, calls, verified) = match news {
        AllocationNews::Called {
            greenpin_id,
            transaction_id,
        } => (greenpin_id, transaction_id, 1_i64, 0_i64),
        AllocationNews::Verified {
            greenpin_id,
            transaction_id,
        } => (greenpin_id, transaction_id, 0, 1),
        AllocationNews::Deallocated(allocation) => {
            return write(tx, allocation, "vault").await;
        }
    };
    let sql =
        "INSERT INTO allocations (greenpin_id, transaction_id, state, body, calls, verified, updated_at)
               VALUES ($1, $2, 'active', 'null', $3, $4, $5)
               ON CONFLICT (greenpin_id) DO UPDATE SET calls = allocations.calls + excluded.calls,
               verified = allocations.verified + excluded.verified, updated_at = excluded.updated_at";
    sqlx::query(sql)
        .bind(clean(greenpin_id))
        .bind(clean(transaction_id))
        .bind(calls)
        .bind(verified)
        .bind(at)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// See [`crate::store::Store::put_allocation`].
pub(super) async fn put(db: &Sql, allocation: &Allocation) -> Kept<()> {
    let mut tx = begin(&db.write).await?;
    write(&mut tx, allocation, &allocation.state).await?;
    Ok(tx.commit().await?)
}

/// Writes the vendor's record. What we counted ourselves stays, and so does `vault`.
async fn write(tx: &mut Transaction<'static, Db>, allocation: &Allocation, state: &str) -> Kept<()> {
    let sql =
        "INSERT INTO allocations (greenpin_id, transaction_id, state, body, calls, verified, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (greenpin_id) DO UPDATE SET transaction_id = excluded.transaction_id,
               state = excluded.state, body = excluded.body, updated_at = excluded.updated_at
               WHERE allocations.state <> 'vault' OR excluded.state = 'vault'";
    sqlx::query(sql)
        .bind(clean(&allocation.greenpin_id))
        .bind(clean(&allocation.transaction_id))
        .bind(clean(state))
        .bind(json("allocations.body", &allocation.body)?)
        .bind(allocation.calls)
        .bind(allocation.verified)
        .bind(allocation.updated_at)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A row of the table.
type Row = (String, String, String, String, i64, i64, i64);

/// See [`crate::store::Store::allocations`].
pub(super) async fn newest(db: &Sql, limit: u32) -> Kept<Vec<Allocation>> {
    let sql = "SELECT greenpin_id, transaction_id, state, body, calls, verified, updated_at FROM allocations
               ORDER BY updated_at DESC, greenpin_id LIMIT $1";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    rows.into_iter().map(read).collect()
}

/// See [`crate::store::Store::allocation`].
pub(super) async fn one(db: &Sql, greenpin_id: &str) -> Kept<Option<Allocation>> {
    let sql = "SELECT greenpin_id, transaction_id, state, body, calls, verified, updated_at FROM allocations
               WHERE greenpin_id = $1";
    let row: Option<Row> = sqlx::query_as(sql)
        .bind(clean(greenpin_id))
        .fetch_optional(&db.read)
        .await?;
    row.map(read).transpose()
}

/// From the columns.
fn read((greenpin_id, transaction_id, state, body, calls, verified, updated_at): Row) -> Kept<Allocation> {
    let body = read_json("allocations.body", &body)?;
    Ok(Allocation {
        greenpin_id,
        transaction_id,
        state,
        body,
        calls,
        verified,
        updated_at,
    })
}
