//! Webhooks as they came, and the keys against repeats.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};
use sqlx::Transaction;

use super::{Db, Sql, readable};
use crate::store::encode::{clean, json, read_json};
use crate::store::{Delivery, Kept, NewDelivery, StoreError, Write};

/// Longer keys are kept as their SHA-256: an index takes no row of more than a few KB.
const LONGEST_KEY: usize = 256;

/// The column's form of a key.
pub(super) fn key(delivery: &NewDelivery) -> String {
    let key = clean(&delivery.key);
    if key.len() <= LONGEST_KEY {
        return key.into_owned();
    }
    let hash = Sha256::digest(key.as_bytes());
    hash.iter()
        .fold("sha256:".to_owned(), |hex, byte| format!("{hex}{byte:02x}"))
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

/// See [`crate::store::Store::deliveries`]. A row that cannot be read is made up for: a short page is the last one.
pub(super) async fn page(db: &Sql, before: Option<i64>, limit: u32) -> Kept<Vec<Delivery>> {
    let sql = "SELECT id, received_at, kind, key, call_sid, body, unread FROM deliveries
               WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let mut before = before.unwrap_or(i64::MAX);
    let mut page = Vec::new();
    loop {
        let wanted = limit as usize - page.len();
        let rows: Vec<Row> = sqlx::query_as(sql)
            .bind(before)
            .bind(i64::try_from(wanted).unwrap_or(i64::MAX))
            .fetch_all(&db.read)
            .await?;
        before = rows.last().map_or(before, |(id, ..)| *id);
        let all = rows.len();
        page.extend(rows.into_iter().filter_map(|row| readable(read(row))));
        if all < wanted || page.len() >= limit as usize {
            return Ok(page);
        }
    }
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
