//! What only a ringing device may read goes from the log soon after it has rung.

use sqlx::AssertSqlSafe;

use protocol::event::Event;
use protocol::{Millis, Secret};

use super::super::{begin, scrub};
use super::Sql;
use crate::store::encode::{json, read_json};
use crate::store::{Kept, Logged};

/// Rows that one transaction rewrites.
const AT_ONCE: i64 = 500;

/// The `kind` of a row whose payload is gone. It leaves the index `events_with_payload` by it.
const EMPTIED: &str = "push_over";

/// See [`crate::store::Store::empty_pushes`].
pub(super) async fn empty(db: &Sql, before: Millis) -> Kept<u64> {
    let mut rows = 0;
    loop {
        let emptied = some(db, before).await?;
        rows += emptied;
        if emptied < AT_ONCE.unsigned_abs() {
            break;
        }
    }
    if rows > 0 {
        scrub(&db.write).await?;
    }
    Ok(rows)
}

/// Empties the oldest of them; the row, its place and its agent stay.
async fn some(db: &Sql, before: Millis) -> Kept<u64> {
    let mut tx = begin(&db.write).await?;
    let full: Vec<(i64, String)> =
        sqlx::query_as("SELECT seq, body FROM events WHERE kind = 'push' AND at < $1 ORDER BY at LIMIT $2")
            .bind(before)
            .bind(AT_ONCE)
            .fetch_all(&mut *tx)
            .await?;
    if full.is_empty() {
        return Ok(0);
    }
    let empty: Vec<(i64, String)> = full
        .iter()
        .map(|(seq, body)| Ok((*seq, emptied(body)?)))
        .collect::<Kept<_>>()?;
    let sql = concat!(
        "UPDATE events SET body = emptied.body, kind = $2
         FROM (SELECT CAST(value ->> 0 AS BIGINT) AS seq, value ->> 1 AS body FROM",
        rows!(),
        ") AS emptied WHERE events.seq = emptied.seq"
    );
    let done = sqlx::query(AssertSqlSafe(sql))
        .bind(json("events", &empty)?)
        .bind(EMPTIED)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected())
}

/// The event without its payload. What cannot be read may hold one too: nothing of it is left.
fn emptied(body: &str) -> Kept<String> {
    match read_json("events.body", body) {
        Ok(Logged::Public(Event::Push {
            subscriber, version, ..
        })) => json(
            "events.body",
            &Logged::Public(Event::Push {
                subscriber,
                payload: Secret::new(""),
                version,
            }),
        ),
        _ => Ok("null".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_unread_push_is_left() {
        assert_eq!(
            emptied(r#"{"public":{"push":{"payload2":"x"}}}"#).unwrap(),
            "null"
        );
    }
}
