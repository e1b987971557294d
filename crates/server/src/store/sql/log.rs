//! The event log.

use sqlx::{AssertSqlSafe, Transaction};

use super::schema::number;
use super::{Db, Sql};
use crate::store::encode::{clean, json, read_json};
use crate::store::{Audience, Kept, LogBounds, Logged, LoggedEvent, NewEvent, Seq};

/// The word in `kind` of events for the server's own nodes; all others are for browsers.
const NODES: &str = "nodes";

/// The newest place that was ever given. Only for whoever holds the right to append.
pub(super) async fn last(tx: &mut Transaction<'static, Db>) -> Kept<Seq> {
    let (last,): (Option<i64>,) = sqlx::query_as("SELECT max(seq) FROM events")
        .fetch_one(&mut **tx)
        .await?;
    match last {
        Some(last) => Ok(last),
        None => {
            let (text,): (String,) = sqlx::query_as("SELECT value FROM meta WHERE key = 'forgotten'")
                .fetch_one(&mut **tx)
                .await?;
            number("meta.forgotten", &text)
        }
    }
}

/// Appends events with the places that they bear.
pub(super) async fn append(tx: &mut Transaction<'static, Db>, events: &[LoggedEvent]) -> Kept<()> {
    if events.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(events.len());
    for LoggedEvent { seq, at, event } in events {
        let kind = match &event.body {
            Logged::Public(public) => public.name(),
            Logged::SessionEnded(_)
            | Logged::SessionsEnded(_)
            | Logged::NoteSaved { .. }
            | Logged::Unreadable => NODES,
        };
        let body = json("events.body", &event.body)?;
        rows.push((seq, at, event.agent.as_deref().map(clean), kind, body));
    }
    let sql = concat!(
        "INSERT INTO events (seq, at, agent, kind, body)
         SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, value ->> 3, value ->> 4 FROM",
        rows!()
    );
    sqlx::query(sql)
        .bind(json("events", &rows)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Appends one event in a transaction of somebody else's change.
pub(super) async fn append_one(tx: &mut Transaction<'static, Db>, at: i64, body: Logged) -> Kept<()> {
    let seq = last(tx).await? + 1;
    let event = NewEvent { agent: None, body };
    append(tx, &[LoggedEvent { seq, at, event }]).await
}

/// See [`crate::store::Store::events_after`].
pub(super) async fn after(db: &Sql, after: Seq, audience: &Audience, limit: u32) -> Kept<Vec<LoggedEvent>> {
    let (filter, agent) = match audience {
        Audience::Agent(agent) => ("AND agent IN ($3, '') AND kind <> $4", agent.as_str()),
        Audience::Everybody => ("AND kind <> $4", ""),
        Audience::Server => ("", ""),
    };
    let sql =
        format!("SELECT seq, at, agent, body FROM events WHERE seq > $1 {filter} ORDER BY seq LIMIT $2");
    let rows: Vec<(i64, i64, Option<String>, String)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(after)
        .bind(i64::from(limit))
        .bind(clean(agent))
        .bind(NODES)
        .fetch_all(&db.read)
        .await?;
    let read = |(seq, at, agent, body): (i64, i64, Option<String>, String)| {
        // It keeps its place: a reader must not stop there for ever, nor take the page for the log's last.
        let body = read_json("events.body", &body).unwrap_or_else(|error| {
            tracing::error!(seq, %error, "an event is passed over");
            Logged::Unreadable
        });
        LoggedEvent {
            seq,
            at,
            event: NewEvent { agent, body },
        }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// See [`crate::store::Store::log_bounds`]. One statement, so that the four agree.
pub(super) async fn bounds(db: &Sql) -> Kept<LogBounds> {
    let sql = "SELECT (SELECT value FROM meta WHERE key = 'epoch'), (SELECT value FROM meta WHERE key = 'forgotten'),
               (SELECT max(seq) FROM events), (SELECT at FROM events ORDER BY seq LIMIT 1)";
    let row: (String, String, Option<i64>, Option<i64>) = sqlx::query_as(sql).fetch_one(&db.read).await?;
    let (epoch, forgotten, last, since) = row;
    let forgotten = number("meta.forgotten", &forgotten)?;
    Ok(LogBounds {
        epoch,
        forgotten,
        last: last.unwrap_or(forgotten),
        since: since.unwrap_or(0),
    })
}
