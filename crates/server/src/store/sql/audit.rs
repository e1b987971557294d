//! Who changed what.

use sqlx::QueryBuilder;

use super::{Db, Sql};
use crate::store::encode::{clean, pattern};
use crate::store::{AuditQuery, AuditRecord, Kept, StoredAudit};

/// See [`crate::store::Store::put_audit`].
pub(super) async fn put(db: &Sql, record: &AuditRecord) -> Kept<()> {
    sqlx::query("INSERT INTO audit (at, who, what, target, result, detail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(record.at)
        .bind(clean(&record.who))
        .bind(clean(&record.what))
        .bind(clean(&record.target))
        .bind(clean(&record.result))
        .bind(clean(&record.detail))
        .execute(&db.write)
        .await?;
    Ok(())
}

/// A row of the table.
type Row = (i64, i64, String, String, String, String, String);

/// See [`crate::store::Store::find_audit`].
pub(super) async fn page(db: &Sql, query: &AuditQuery) -> Kept<Vec<StoredAudit>> {
    let mut sql =
        QueryBuilder::<Db>::new("SELECT id, at, who, what, target, result, detail FROM audit WHERE id < ");
    sql.push_bind(query.before.unwrap_or(i64::MAX));
    for (column, word) in [
        ("who", &query.who),
        ("what", &query.what),
        ("result", &query.result),
    ] {
        if let Some(word) = word {
            sql.push(format!(" AND {column} = "))
                .push_bind(clean(word).into_owned());
        }
    }
    if let Some(part) = &query.target {
        sql.push(" AND target LIKE ")
            .push_bind(pattern(&clean(part)))
            .push(r" ESCAPE '\'");
    }
    if let Some(from) = query.from {
        sql.push(" AND at >= ").push_bind(from);
    }
    if let Some(to) = query.to {
        sql.push(" AND at < ").push_bind(to);
    }
    sql.push(" ORDER BY id DESC LIMIT ")
        .push_bind(i64::from(query.limit));
    // One that asks for few of them may read them all, on a connection that sessions and dial-whom need too.
    let searches = query
        != &AuditQuery {
            before: query.before,
            limit: query.limit,
            ..AuditQuery::default()
        };
    let turn = match searches {
        true => db.searches.acquire().await.ok(),
        false => None,
    };
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&db.read).await?;
    drop(turn);
    let read = |(id, at, who, what, target, result, detail): Row| StoredAudit {
        id,
        record: AuditRecord {
            at,
            who,
            what,
            target,
            result,
            detail,
        },
    };
    Ok(rows.into_iter().map(read).collect())
}
