//! Pages of past calls.

use protocol::call::CallView;
use protocol::history::Note;
use sqlx::QueryBuilder;

use super::{Db, Sql, dial_contexts, readable};
use crate::store::encode::{clean, digits, pattern, read_json, word};
use crate::store::{HistoryPage, HistoryQuery, Kept};

/// Digits of a number without its country, in India and most of the world.
const NATIONAL: usize = 10;
/// The longest page.
const LONGEST: u32 = 200;

/// The columns of a row: the view, its place, and the note.
type Row = (
    i64,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<i64>,
);

/// See [`crate::store::Store::history`]. Each page is one walk along an index, from the last page's end.
pub(super) async fn page(db: &Sql, query: &HistoryQuery) -> Kept<HistoryPage> {
    let limit = query.limit.clamp(1, LONGEST);
    let mut sql = QueryBuilder::<Db>::new(
        "SELECT v.started_at, v.sid, v.agent, v.view, n.text, n.disposition, n.updated_at
         FROM call_views v LEFT JOIN notes n ON n.sid = v.sid AND n.agent = v.agent WHERE true",
    );
    if let Some(agent) = &query.agent {
        sql.push(" AND v.agent = ").push_bind(clean(agent).into_owned());
    }
    if let Some(sid) = &query.sid {
        sql.push(" AND v.sid = ").push_bind(clean(sid).into_owned());
    }
    if let Some(direction) = &query.direction {
        let direction = word("call_views.direction", direction)?;
        sql.push(" AND v.direction = ").push_bind(direction);
    }
    if let Some(outcome) = &query.outcome {
        let outcome = word("call_views.outcome", outcome)?;
        sql.push(" AND v.outcome = ").push_bind(outcome);
    }
    if query.open {
        sql.push(" AND v.outcome = ''");
    }
    if let Some(from) = query.from {
        sql.push(" AND v.started_at >= ").push_bind(from);
    }
    if let Some(to) = query.to {
        sql.push(" AND v.started_at < ").push_bind(to);
    }
    if let Some((started_at, sid, agent)) = &query.before {
        sql.push(" AND (v.started_at, v.sid, v.agent) < (")
            .push_bind(*started_at);
        sql.push(", ").push_bind(clean(sid).into_owned());
        sql.push(", ").push_bind(clean(agent).into_owned()).push(")");
    }
    let search = query.search.as_deref().map(str::trim);
    let mut turn = None;
    if let Some(search) = search.filter(|search| !search.is_empty()) {
        // It may read every call there is, on a connection that sessions and dial-whom need too.
        turn = db.searches.acquire().await.ok();
        let search = clean(search);
        let named = match search.chars().any(char::is_alphabetic) {
            true => dial_contexts::named(db, &search).await?,
            false => Vec::new(),
        };
        add_search(&mut sql, &search, &named);
    }
    sql.push(" ORDER BY v.started_at DESC, v.sid DESC, v.agent DESC LIMIT ")
        .push_bind(i64::from(limit) + 1);
    let mut rows: Vec<Row> = sql.build_query_as().fetch_all(&db.read).await?;
    drop(turn);
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let place = |(started_at, sid, agent, ..): &Row| (*started_at, sid.clone(), agent.clone());
    let next = rows.last().filter(|_| more).map(place);
    let calls = rows.into_iter().filter_map(|row| readable(read(row))).collect();
    Ok(HistoryPage { calls, next })
}

/// The call's whole id, part of a note, the number of a customer of that name, or, where the search looks like a number,
/// part of one.
fn add_search(sql: &mut QueryBuilder<Db>, search: &str, named: &[String]) {
    sql.push(" AND (v.sid = ").push_bind(search.to_owned());
    sql.push(" OR n.folded LIKE ")
        .push_bind(pattern(&search.to_lowercase()))
        .push(r" ESCAPE '\'");
    let number = digits(search);
    if !number.is_empty() && !search.chars().any(char::is_alphabetic) {
        sql.push(" OR v.digits LIKE ").push_bind(pattern(&number));
    }
    for number in named {
        // However the platform writes the country.
        let last = number
            .get(number.len().saturating_sub(NATIONAL)..)
            .unwrap_or(number);
        let mut pattern = pattern(last);
        pattern.pop();
        sql.push(" OR v.digits LIKE ").push_bind(pattern);
    }
    sql.push(")");
}

/// From the columns.
fn read((_, _, _, view, text, disposition, updated_at): Row) -> Kept<(CallView, Option<Note>)> {
    let view = read_json("call_views.view", &view)?;
    let note = text.zip(disposition).zip(updated_at);
    let note = note.map(|((text, disposition), updated_at)| Note {
        text,
        disposition,
        updated_at,
    });
    Ok((view, note))
}
