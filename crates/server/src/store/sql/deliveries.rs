//! Webhooks as they came, and the keys against repeats.

use std::collections::HashSet;

use sqlx::Transaction;

use super::{Db, Sql};
use crate::store::encode::{clean, json, read_json};
use crate::store::{Delivery, Kept, NewDelivery, StoreError, Write};

/// The column's form of a key.
pub(super) fn key(delivery: &NewDelivery) -> String {
    clean(&delivery.key).into_owned()
}

/// Inserts the deliveries whose key is new. Those keys.
pub(super) async fn insert(tx: &mut Transaction<'static, Db>, writes: &[Write]) -> Kept<HashSet<String>> {
    let mut rows = Vec::new();
    for write in writes {
        let Some(delivery) = &write.delivery else {
            continue;
        };
        rows.push((
            write.at,
            delivery.kind.as_str(),
            key(delivery),
            delivery.call_sid.as_deref().map(clean),
            json("deliveries.body", &delivery.body)?,
            delivery.unread.as_deref().map(clean),
        ));
    }
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = concat!(
        "INSERT INTO deliveries (received_at, kind, key, call_sid, body, unread)
         SELECT CAST(value ->> 0 AS BIGINT), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM",
        rows!(),
        "WHERE true ON CONFLICT (key) DO NOTHING RETURNING key"
    );
    let new: Vec<(String,)> = sqlx::query_as(sql)
        .bind(json("deliveries", &rows)?)
        .fetch_all(&mut **tx)
        .await?;
    Ok(new.into_iter().map(|(key,)| key).collect())
}

/// A row of the table.
type Row = (i64, i64, String, String, Option<String>, String, Option<String>);

/// See [`crate::store::Store::deliveries`].
pub(super) async fn page(db: &Sql, before: Option<i64>, limit: u32) -> Kept<Vec<Delivery>> {
    let sql = "SELECT id, received_at, kind, key, call_sid, body, unread FROM deliveries
               WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    rows.into_iter().map(read).collect()
}

/// From the columns.
fn read((id, received_at, kind, key, call_sid, body, unread): Row) -> Kept<Delivery> {
    let kind = kind.parse().map_err(|_| StoreError::Corrupt {
        place: "deliveries.kind",
        why: "an unknown webhook".to_owned(),
    })?;
    let body = read_json("deliveries.body", &body)?;
    Ok(Delivery {
        id,
        received_at,
        delivery: NewDelivery {
            kind,
            key,
            call_sid,
            body,
            unread,
        },
    })
}
