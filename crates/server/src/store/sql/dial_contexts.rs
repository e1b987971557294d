//! Whom to connect, told beforehand.

use std::collections::{BTreeMap, HashMap};

use protocol::Millis;
use protocol::dial::{Customer, DialContext, DialKey};

use super::Sql;
use crate::store::encode::{clean, digits, json, pattern, read_json};
use crate::store::{Kept, StoredDialContext};

/// Customers that a search for a name goes on with.
const NAMED: i64 = 100;

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

/// The digits of the numbers of customers whose name holds `part`; of the first [`NAMED`] only.
pub(super) async fn named(db: &Sql, part: &str) -> Kept<Vec<String>> {
    let part = part.to_lowercase();
    let found: Vec<(String,)> =
        sqlx::query_as(r"SELECT context FROM dial_contexts WHERE lower(context) LIKE $1 ESCAPE '\' LIMIT $2")
            .bind(pattern(&part))
            .bind(NAMED)
            .fetch_all(&db.read)
            .await?;
    let mut numbers = Vec::new();
    for (context,) in found {
        let context: DialContext = read_json("dial_contexts.context", &context)?;
        // The text may stand elsewhere in the context.
        let named = |customer: Customer| customer.name.to_lowercase().contains(&part);
        if let (DialKey::Caller(number), true) = (context.key, context.customer.is_some_and(named)) {
            numbers.push(digits(number.reveal()));
        }
    }
    Ok(numbers)
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
