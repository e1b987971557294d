//! What a wallboard and its reports ask of many agents at once.

use protocol::Millis;
use protocol::event::Event;

use super::{Db, Sql, readable};
use crate::store::encode::{read_json, read_word};
use crate::store::{HeardDevice, Kept, Logged, RatedCalls, Rating};

/// See [`crate::store::Store::signed_in`].
pub(super) async fn signed_in(db: &Sql, now: Millis) -> Kept<Vec<String>> {
    let rows: Vec<(String,)> =
        sqlx::query_as::<Db, _>("SELECT DISTINCT name FROM sessions WHERE expires_at > $1")
            .bind(now)
            .fetch_all(&db.read)
            .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// See [`crate::store::Store::devices`].
pub(super) async fn devices(db: &Sql) -> Kept<Vec<HeardDevice>> {
    let sql = "SELECT body FROM events WHERE seq IN
               (SELECT max(seq) FROM events WHERE kind = 'device' AND agent IS NOT NULL GROUP BY agent)";
    let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&db.read).await?;
    let read = |(body,): (String,)| match read_json::<Logged>("events.body", &body) {
        Ok(Logged::Public(Event::Device { agent, device })) => Some(HeardDevice { agent, device }),
        Ok(_) | Err(_) => None,
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// See [`crate::store::Store::last_ratings`].
pub(super) async fn last_ratings(db: &Sql, since: Millis) -> Kept<Vec<Rating>> {
    let sql = "SELECT f.agent, f.sid, f.rating, f.at FROM feedback f JOIN
               (SELECT agent, max(at) AS at FROM feedback WHERE at >= $1 GROUP BY agent) newest
               ON newest.agent = f.agent AND newest.at = f.at";
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(sql).bind(since).fetch_all(&db.read).await?;
    let read = |(agent, sid, rating, at): (String, String, i64, i64)| Rating {
        agent,
        sid,
        rating: u8::try_from(rating).unwrap_or(0),
        at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// See [`crate::store::Store::rated_calls`].
pub(super) async fn rated_calls(db: &Sql, from: Millis, to: Millis) -> Kept<Vec<RatedCalls>> {
    let sql = "SELECT agent, issue, count(*), CAST(sum(rating) AS BIGINT) FROM feedback
               WHERE at >= $1 AND at < $2 GROUP BY agent, issue ORDER BY agent, issue";
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(sql)
        .bind(from)
        .bind(to)
        .fetch_all(&db.read)
        .await?;
    let read = |(agent, issue, count, sum): (String, String, i64, i64)| {
        Ok(RatedCalls {
            agent,
            issue: read_word("feedback.issue", &issue)?,
            count,
            sum,
        })
    };
    Ok(rows.into_iter().filter_map(|row| readable(read(row))).collect())
}
