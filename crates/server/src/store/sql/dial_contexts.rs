//! Whom to connect, told beforehand.

use std::collections::{BTreeMap, HashMap};

use protocol::Millis;

use super::Sql;
use crate::store::encode::{clean, json, read_json};
use crate::store::{Kept, StoredDialContext};

/// See [`crate::store::Store::dial_context`]. One statement for all keys: a caller is waiting.
pub(super) async fn first_live(db: &Sql, keys: &[String], now: Millis) -> Kept<Option<StoredDialContext>> {
    let rows: Vec<_> = keys.iter().map(|key| [clean(key)]).collect();
    let sql = concat!(
        "SELECT key, context FROM dial_contexts WHERE key IN (SELECT value ->> 0 FROM",
        rows!(),
        ") AND (expires_at IS NULL OR expires_at > $2)"
    );
    let found: Vec<(String, String)> = sqlx::query_as(sql)
        .bind(json("dial_contexts.key", &rows)?)
        .bind(now)
        .fetch_all(&db.read)
        .await?;
    let found: HashMap<_, _> = found.into_iter().collect();
    let first = keys
        .iter()
        .find_map(|key| Some((key, found.get(clean(key).as_ref())?)));
    let read = |(key, context): (&String, &String)| {
        let context = read_json("dial_contexts.context", context)?;
        Ok(StoredDialContext {
            key: key.clone(),
            context,
        })
    };
    first.map(read).transpose()
}

/// See [`crate::store::Store::put_dial_contexts`].
pub(super) async fn put(db: &Sql, contexts: &[StoredDialContext]) -> Kept<()> {
    // The last one of a key counts: one statement may not write a row twice. Sorted, so that two nodes cannot block each
    // other.
    let mut by_key = BTreeMap::new();
    for StoredDialContext { key, context } in contexts {
        let text = json("dial_contexts.context", context)?;
        by_key.insert(clean(key), (text, context.expires_at));
    }
    let rows: Vec<_> = by_key.iter().map(|(key, (text, end))| (key, text, end)).collect();
    let sql = concat!(
        "INSERT INTO dial_contexts (key, context, expires_at)
         SELECT value ->> 0, value ->> 1, CAST(value ->> 2 AS BIGINT) FROM",
        rows!(),
        "WHERE true ON CONFLICT (key) DO UPDATE SET context = excluded.context, expires_at = excluded.expires_at"
    );
    sqlx::query(sql)
        .bind(json("dial_contexts", &rows)?)
        .execute(&db.write)
        .await?;
    Ok(())
}
