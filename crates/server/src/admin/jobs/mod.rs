//! Many additions at once. The state machine is drawn in [`protocol::admin::jobs`].
//!
//! | file | holds |
//! |---|---|
//! | [`table`] | rows as text, in and out; pure |
//! | [`check`] | the rules of a row, before anything is sent; pure |
//! | [`run`] | one node of many sends batches |
//! | `users`, `subscribers` | a batch of each |
//! | `answer` | what the vendor's answer means for a row |
//!
//! Before a batch is sent its rows are written down as unknown, afterwards as what became of them. So whoever takes over
//! after a crash knows which rows to look up first.

mod answer;
pub mod check;
pub mod run;
mod subscribers;
pub mod table;
mod users;

use axum::http::StatusCode;
use protocol::Millis;
use protocol::admin::jobs::{Job, JobCounts, JobKind, JobNews, JobState, RowState};
use protocol::event::Event;

use crate::store::{Logged, NewEvent, StoredJob, StoredRow, Write};
use crate::{Answer, App, Refused, clock};

/// The most rows of a job.
pub const MOST_ROWS: usize = 10_000;
/// Rows that are read at once.
const PAGE: u32 = 500;

/// Keeps a new job whose rows were checked.
///
/// # Errors
/// There are no rows, or too many; or the store failed.
pub async fn create(app: &App, who: &str, kind: JobKind, rows: Vec<StoredRow>) -> Answer<Job> {
    if rows.is_empty() || rows.len() > MOST_ROWS {
        let message = format!("A job has 1 to {MOST_ROWS} rows. Split a larger list.");
        return Err(Refused::field("rows", message));
    }
    let now = clock::now();
    let job = StoredJob {
        id: fresh_id()?,
        kind,
        state: JobState::Checked,
        trouble: None,
        by: who.to_owned(),
        created_at: now,
        updated_at: now,
        counts: JobCounts::default(),
    };
    app.store.put_job(&job, &rows).await?;
    app.auth.record(who, "make_job", &job.id).await;
    find(app, &job.id).await.map(shown)
}

/// Starts a job, goes on with one that was stopped, or tries once more what failed of one that is done.
///
/// # Errors
/// There is no such job, or nothing of it can be sent.
pub async fn start(app: &App, who: &str, id: &str) -> Answer<Job> {
    let job = find(app, id).await?;
    match job.state {
        JobState::Running => return Ok(shown(job)),
        JobState::Checked | JobState::Stopped => {}
        JobState::Done => again(app, &job).await?,
    }
    let job = find(app, id).await?;
    if job.counts.ready + job.counts.unknown == 0 {
        let message =
            "No row of this job can be sent. Look at its rows, mend them, and make a new job of them.";
        return Err(Refused::new(StatusCode::CONFLICT, "nothing_to_send", message));
    }
    let from = [JobState::Checked, JobState::Stopped, JobState::Done];
    move_to(app, id, &from, JobState::Running, None).await?;
    app.auth.record(who, "start_job", id).await;
    app.jobs.notify_one();
    // As it was when it started.
    Ok(shown(StoredJob {
        state: JobState::Running,
        trouble: None,
        ..job
    }))
}

/// Stops a job after the batch that is on its way.
///
/// # Errors
/// There is no such job.
pub async fn stop(app: &App, who: &str, id: &str) -> Answer<Job> {
    find(app, id).await?;
    if move_to(app, id, &[JobState::Running], JobState::Stopped, None).await? {
        app.auth.record(who, "stop_job", id).await;
    }
    find(app, id).await.map(shown)
}

/// A job.
///
/// # Errors
/// There is none.
pub async fn find(app: &App, id: &str) -> Answer<StoredJob> {
    let job = app.store.job(id).await?;
    job.ok_or_else(|| Refused::not_found("job"))
}

/// As admins see it.
pub fn shown(job: StoredJob) -> Job {
    Job {
        id: job.id,
        kind: job.kind,
        state: job.state,
        counts: job.counts,
        trouble: job.trouble,
        by: job.by,
        created_at: job.created_at,
        updated_at: job.updated_at,
    }
}

/// Rows that failed are ready again.
async fn again(app: &App, job: &StoredJob) -> Answer<()> {
    let mut after = 0;
    loop {
        let rows = app
            .store
            .job_rows(&job.id, &[RowState::Failed], after, PAGE)
            .await?;
        let Some(last) = rows.last().map(|row| row.no) else {
            return Ok(());
        };
        after = last;
        let rows: Vec<StoredRow> = rows.into_iter().map(answer::ready).collect();
        app.store.put_job_rows(&job.id, &rows).await?;
    }
}

/// Moves a job on and tells it. Whether it was in one of `from`.
async fn move_to(
    app: &App,
    id: &str,
    from: &[JobState],
    to: JobState,
    trouble: Option<&str>,
) -> Answer<bool> {
    let moved = app.store.move_job(id, from, to, trouble, clock::now()).await?;
    if moved {
        tell(app, id).await;
    }
    Ok(moved)
}

/// Logs how a job stands. A log that fails costs news, not the job.
async fn tell(app: &App, id: &str) {
    let Ok(Some(job)) = app.store.job(id).await else {
        return;
    };
    let news = JobNews {
        id: job.id,
        kind: job.kind,
        state: job.state,
        counts: job.counts,
    };
    let write = Write {
        events: vec![NewEvent {
            agent: None,
            body: Logged::Public(Event::Job(news)),
        }],
        at: clock::now(),
        ..Write::default()
    };
    if let Err(error) = app.writer.write(write).await {
        tracing::warn!(%error, "news of a job could not be logged");
    }
}

/// Sixteen letters and digits.
fn fresh_id() -> Result<String, Refused> {
    let id = getrandom::u64().map_err(|_| {
        let message = "The server could not take the job. Try again.";
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, "no_random", message)
    })?;
    Ok(format!("{id:016x}"))
}

/// How long something lasts from now.
fn until(millis: Millis) -> Millis {
    clock::now() + millis
}
