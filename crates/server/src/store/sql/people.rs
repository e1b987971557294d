//! Local accounts.

use protocol::Millis;

use super::super::begin;
use super::Sql;
use crate::store::encode::{clean, read_word, word};
use crate::store::{Kept, Person, TokenHash};

/// A row of the table.
type Row = (String, String, String, Option<String>, Option<String>, bool, i64);

/// See [`crate::store::Store::person`].
pub(super) async fn one(db: &Sql, name: &str) -> Kept<Option<Person>> {
    let sql = "SELECT name, password_hash, role, agent, subscriber, disabled, created_at FROM people WHERE name = $1";
    let row: Option<Row> = sqlx::query_as(sql)
        .bind(clean(name))
        .fetch_optional(&db.read)
        .await?;
    row.map(read).transpose()
}

/// See [`crate::store::Store::person_of_agent`].
pub(super) async fn of_agent(db: &Sql, agent: &str) -> Kept<Option<Person>> {
    let sql = "SELECT name, password_hash, role, agent, subscriber, disabled, created_at FROM people
               WHERE agent = $1 ORDER BY disabled, name LIMIT 1";
    let row: Option<Row> = sqlx::query_as(sql)
        .bind(clean(agent))
        .fetch_optional(&db.read)
        .await?;
    row.map(read).transpose()
}

/// See [`crate::store::Store::people`].
pub(super) async fn all(db: &Sql) -> Kept<Vec<Person>> {
    let sql =
        "SELECT name, password_hash, role, agent, subscriber, disabled, created_at FROM people ORDER BY name";
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&db.read).await?;
    rows.into_iter().map(read).collect()
}

/// See [`crate::store::Store::put_person`]. Writers take turns, so of two who give one agent away only one does.
pub(super) async fn put(db: &Sql, person: &Person) -> Kept<bool> {
    let sql = "INSERT INTO people (name, password_hash, role, agent, subscriber, disabled, created_at)
               SELECT $1, $2, $3, $4, $5, $6, $7
               WHERE NOT EXISTS (SELECT 1 FROM people WHERE agent = $4 AND name <> $1)
               ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, role = excluded.role,
               agent = excluded.agent, subscriber = excluded.subscriber, disabled = excluded.disabled";
    let mut tx = begin(&db.write).await?;
    let written = sqlx::query(sql)
        .bind(clean(&person.name))
        .bind(&person.password_hash)
        .bind(word("people.role", &person.role)?)
        .bind(person.agent.as_deref().map(clean))
        .bind(person.subscriber.as_deref().map(clean))
        .bind(person.disabled)
        .bind(person.created_at)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(written.rows_affected() == 1)
}

/// See [`crate::store::Store::put_password`]. Only this column: whatever an admin changes meanwhile stays changed.
pub(super) async fn put_password(
    db: &Sql,
    name: &str,
    (before, after): (&str, &str),
    keep: &TokenHash,
    now: Millis,
) -> Kept<bool> {
    let mut tx = begin(&db.write).await?;
    let sql = "UPDATE people SET password_hash = $3 WHERE name = $1 AND password_hash = $2";
    let written = sqlx::query(sql)
        .bind(clean(name))
        .bind(before)
        .bind(after)
        .execute(&mut *tx)
        .await?;
    if written.rows_affected() == 0 {
        return Ok(false);
    }
    super::sessions::end_others(&mut tx, name, keep, now).await?;
    tx.commit().await?;
    db.tell();
    Ok(true)
}

/// See [`crate::store::Store::remove_person`].
pub(super) async fn remove(db: &Sql, name: &str) -> Kept<bool> {
    let mut tx = begin(&db.write).await?;
    let removed = sqlx::query("DELETE FROM people WHERE name = $1")
        .bind(clean(name))
        .execute(&mut *tx)
        .await?;
    super::sessions::end_all(&mut tx, name, crate::clock::now()).await?;
    tx.commit().await?;
    db.tell();
    Ok(removed.rows_affected() > 0)
}

/// From the columns.
fn read((name, password_hash, role, agent, subscriber, disabled, created_at): Row) -> Kept<Person> {
    let role = read_word("people.role", &role)?;
    Ok(Person {
        name,
        password_hash,
        role,
        agent,
        subscriber,
        disabled,
        created_at,
    })
}
