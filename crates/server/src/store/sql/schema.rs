//! The tables, and how an older database becomes a newer one.

use sqlx::{AssertSqlSafe, Pool};

use super::super::{SCHEMA_WORDS, begin};
use super::Db;
use crate::store::{Kept, StoreError};

/// What makes version `n + 1` of version `n`. Only ever appended to.
const STEPS: [&str; 6] = [
    include_str!("schema.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
    include_str!("schema_6.sql"),
];
/// The version of this program.
const KNOWN: i64 = STEPS.len() as i64;

/// Makes the tables, or brings them up to this program's version. Nodes that start together take turns.
///
/// # Errors
/// A newer program wrote the database.
pub(in crate::store) async fn update(write: &Pool<Db>) -> Kept<()> {
    let mut tx = begin(write).await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)")
        .execute(&mut *tx)
        .await?;
    let found: Option<(String,)> = sqlx::query_as("SELECT value FROM meta WHERE key = 'version'")
        .fetch_optional(&mut *tx)
        .await?;
    let found = found.map_or(Ok(0), |(version,)| number("meta.version", &version))?;
    if found > KNOWN {
        return Err(StoreError::TooNew { found, known: KNOWN });
    }
    if found == 0 {
        sqlx::query(
            "INSERT INTO meta (key, value) VALUES ('version', '0'), ('epoch', $1), ('forgotten', '0')",
        )
        .bind(new_epoch()?)
        .execute(&mut *tx)
        .await?;
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        let statements = SCHEMA_WORDS
            .iter()
            .fold((*step).to_owned(), |sql, (ours, theirs)| {
                sql.replace(ours, theirs)
            });
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *tx).await?;
    }
    sqlx::query("UPDATE meta SET value = $1 WHERE key = 'version'")
        .bind(KNOWN.to_string())
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// A number that is kept as text.
pub(super) fn number(place: &'static str, text: &str) -> Kept<i64> {
    text.parse().map_err(|_| StoreError::Corrupt {
        place,
        why: "not a number".to_owned(),
    })
}

/// 64 random bits in hexadecimal.
pub(in crate::store) fn new_epoch() -> Kept<String> {
    let random =
        getrandom::u64().map_err(|_| StoreError::Unsupported("This system gives no random bytes."))?;
    Ok(format!("{random:016x}"))
}
