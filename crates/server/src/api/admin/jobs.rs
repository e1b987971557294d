//! Jobs: many additions at once.

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::admin::jobs::{Job, JobKind, JobList, JobRow, JobRowPage, RowState, SubscriberRows, UserRows};
use serde::Deserialize;

use crate::admin::jobs::{self, check, table};
use crate::api::{Asked, Body, Name};
use crate::auth::Caller;
use crate::store::StoredRow;
use crate::{Answer, App, Refused};

/// The largest body: 10,000 rows of 400 bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;
/// Jobs of the list.
const LIST: u32 = 100;
/// Rows of a page, if nobody says; and the most.
const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 500;
/// Every state of a row.
const ALL: [RowState; 6] = [
    RowState::Ready,
    RowState::Invalid,
    RowState::Added,
    RowState::WasThere,
    RowState::Failed,
    RowState::Unknown,
];

/// `POST /api/admin/jobs/users`
pub async fn make_of_users(
    State(app): State<App>,
    caller: Caller,
    Body(rows): Body<UserRows>,
) -> Answer<Json<Job>> {
    let rows = match rows {
        UserRows::Csv(text) => table::users(&text)?,
        UserRows::Rows(rows) => rows,
    };
    let rows = check::users(rows, &app.config.vendor.account_sid);
    jobs::create(&app, &caller.name, JobKind::Users, rows)
        .await
        .map(Json)
}

/// `POST /api/admin/jobs/subscribers`
pub async fn make_of_subscribers(
    State(app): State<App>,
    caller: Caller,
    Body(rows): Body<SubscriberRows>,
) -> Answer<Json<Job>> {
    let rows = match rows {
        SubscriberRows::Csv(text) => table::subscribers(&text)?,
        SubscriberRows::Rows(rows) => rows,
    };
    let rows = check::subscribers(rows);
    jobs::create(&app, &caller.name, JobKind::Subscribers, rows)
        .await
        .map(Json)
}

/// `GET /api/admin/jobs`
pub async fn list(State(app): State<App>) -> Answer<Json<JobList>> {
    let found = app.store.jobs(None, LIST).await?;
    let jobs = found.into_iter().map(jobs::shown).collect();
    Ok(Json(JobList { jobs }))
}

/// `GET /api/admin/jobs/{id}`
pub async fn show(State(app): State<App>, Name(id): Name) -> Answer<Json<Job>> {
    jobs::find(&app, &id).await.map(jobs::shown).map(Json)
}

/// `POST /api/admin/jobs/{id}/start`
pub async fn start(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<Json<Job>> {
    jobs::start(&app, &caller.name, &id).await.map(Json)
}

/// `POST /api/admin/jobs/{id}/stop`
pub async fn stop(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<Json<Job>> {
    jobs::stop(&app, &caller.name, &id).await.map(Json)
}

/// `DELETE /api/admin/jobs/{id}`
pub async fn remove(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<StatusCode> {
    jobs::find(&app, &id).await?;
    if !app.store.remove_job(&id).await? {
        let message = "The job runs. Stop it first, then remove it.";
        return Err(Refused::new(StatusCode::CONFLICT, "job_runs", message));
    }
    app.auth.record(&caller.name, "remove_job", &id).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Which rows.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Rows {
    state: Option<RowState>,
    after: Option<u32>,
    limit: Option<u32>,
}

/// `GET /api/admin/jobs/{id}/rows?state=&after=&limit=`
pub async fn rows(
    State(app): State<App>,
    Name(id): Name,
    Asked(query): Asked<Rows>,
) -> Answer<Json<JobRowPage>> {
    jobs::find(&app, &id).await?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let states = match query.state {
        Some(state) => vec![state],
        None => ALL.to_vec(),
    };
    let after = query.after.unwrap_or(0).into();
    let found = app.store.job_rows(&id, &states, after, limit).await?;
    let full = u32::try_from(found.len()).is_ok_and(|count| count == limit);
    let rows: Vec<JobRow> = found.into_iter().map(shown).collect();
    let next = rows.last().map(|row| row.no).filter(|_| full);
    Ok(Json(JobRowPage { rows, next }))
}

/// `GET /api/admin/jobs/{id}/failures.csv`
pub async fn failures(State(app): State<App>, Name(id): Name) -> Answer<Response> {
    jobs::find(&app, &id).await?;
    let states = [RowState::Invalid, RowState::Failed, RowState::Unknown];
    let (mut text, mut after) = (String::new(), 0);
    loop {
        let rows = app.store.job_rows(&id, &states, after, LARGEST_PAGE).await?;
        let first = text.is_empty();
        let Some(last) = rows.last().map(|row| row.no) else {
            break;
        };
        after = last;
        text.push_str(&table::failures(&rows, first));
    }
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"failures.csv\""),
        ),
    ];
    Ok((headers, text).into_response())
}

fn shown(row: StoredRow) -> JobRow {
    JobRow {
        no: u32::try_from(row.no).unwrap_or(u32::MAX),
        id: row.id,
        state: row.state,
        field: row.field,
        message: row.message,
        vendor: row.vendor,
    }
}
