//! What agents say of calls: notes, feedback, uploaded logs.

use protocol::Millis;
use protocol::history::{Feedback, LogUpload, Note};

use super::super::begin;
use super::{Sql, log};
use crate::store::encode::{clean, json, word};
use crate::store::{Kept, Logged};

/// See [`crate::store::Store::put_note`].
pub(super) async fn put(db: &Sql, sid: &str, agent: &str, note: &Note) -> Kept<()> {
    let sql = "INSERT INTO notes (sid, agent, text, folded, disposition, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (sid, agent) DO UPDATE SET text = excluded.text, folded = excluded.folded,
               disposition = excluded.disposition, updated_at = excluded.updated_at";
    let mut tx = begin(&db.write).await?;
    sqlx::query(sql)
        .bind(clean(sid))
        .bind(clean(agent))
        .bind(clean(&note.text))
        // Lower case of any script; the databases' own know only ASCII, or the server's locale.
        .bind(clean(&note.text.to_lowercase()))
        .bind(clean(&note.disposition))
        .bind(note.updated_at)
        .execute(&mut *tx)
        .await?;
    let saved = Logged::NoteSaved {
        sid: clean(sid).into_owned(),
        agent: clean(agent).into_owned(),
    };
    log::append_one(&mut tx, note.updated_at, saved).await?;
    tx.commit().await?;
    db.tell();
    Ok(())
}

/// See [`crate::store::Store::put_feedback`].
pub(super) async fn put_feedback(
    db: &Sql,
    sid: &str,
    agent: &str,
    feedback: &Feedback,
    at: Millis,
) -> Kept<()> {
    let sql =
        "INSERT INTO feedback (sid, agent, at, rating, issue, statistics) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (sid, agent) DO UPDATE SET at = excluded.at, rating = excluded.rating,
               issue = excluded.issue, statistics = excluded.statistics";
    sqlx::query(sql)
        .bind(clean(sid))
        .bind(clean(agent))
        .bind(at)
        .bind(i64::from(feedback.rating))
        .bind(word("feedback.issue", &feedback.issue)?)
        .bind(feedback.statistics.as_deref().map(clean))
        .execute(&db.write)
        .await?;
    Ok(())
}

/// See [`crate::store::Store::put_log`].
pub(super) async fn put_log(db: &Sql, id: &str, agent: &str, upload: &LogUpload, at: Millis) -> Kept<()> {
    sqlx::query("INSERT INTO logs (id, agent, at, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
        .bind(clean(id))
        .bind(clean(agent))
        .bind(at)
        .bind(json("logs.body", upload)?)
        .execute(&db.write)
        .await?;
    Ok(())
}
