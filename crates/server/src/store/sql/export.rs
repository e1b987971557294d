//! Tables as JSON, row by row.

use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

use super::super::JSON_OBJECT;
use super::Sql;
use crate::hooks::hidden;
use crate::store::encode::read_json;
use crate::store::{EXPORTED, Kept, StoreError};

/// Columns that hold JSON themselves: they come out as what they hold.
const JSON_COLUMNS: [&str; 4] = ["body", "facts", "context", "statistics"];

/// Columns that are yes or no; SQLite says 1 or 0.
const YES_OR_NO: [&str; 2] = ["settled", "disabled"];

/// The kind of events that hand on a push notification.
const PUSH: &str = "push";

/// See [`crate::store::Store::export`].
pub(super) async fn page(db: &Sql, table: &str, after: i64, limit: u32) -> Kept<Vec<(i64, Value)>> {
    let Some((table, number, columns)) = EXPORTED.iter().find(|(name, ..)| *name == table) else {
        return Err(StoreError::Unsupported("There is no such table to export."));
    };
    let fields: Vec<String> = columns
        .iter()
        .map(|column| format!("'{column}', {column}"))
        .collect();
    let sql = format!(
        "SELECT {number}, CAST({JSON_OBJECT}({}) AS TEXT) FROM {table} WHERE {number} > $1 ORDER BY {number} LIMIT $2",
        fields.join(", ")
    );
    let rows: Vec<(i64, String)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&db.read)
        .await?;
    rows.into_iter()
        .map(|(number, text)| Ok((number, unfold(&text)?)))
        .collect()
}

/// Opens the columns that are JSON, and says yes and no as JSON does. What a device alone may read stays sealed.
fn unfold(text: &str) -> Kept<Value> {
    let mut row: Map<String, Value> = read_json("an exported row", text)?;
    for name in JSON_COLUMNS {
        let inner = row
            .get(name)
            .and_then(Value::as_str)
            .map(serde_json::from_str::<Value>);
        if let Some(Ok(inner)) = inner {
            row.insert(name.to_owned(), inner);
        }
    }
    if row.get("kind").is_some_and(|kind| kind == PUSH)
        && let Some(body) = row.remove("body")
    {
        row.insert("body".to_owned(), hidden(body));
    }
    for name in YES_OR_NO {
        if let Some(number) = row.get(name).and_then(Value::as_i64) {
            row.insert(name.to_owned(), Value::Bool(number != 0));
        }
    }
    Ok(Value::Object(row))
}
