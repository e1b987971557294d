//! One node of many sends the batches of jobs that run, one job after the other: they share the account's rate.
//!
//! ```text
//! lease -> rows of unknown outcome are looked up -> a batch is written down as unknown, sent, written down as it went -> ...
//!          stop, drain, or the lease lost: no further batch          five setbacks in a row: stopped, with the reason
//! ```

use std::time::Duration;

use protocol::admin::jobs::{JobKind, JobState, RowState};

use super::answer::{self, About, about};
use super::{find, move_to, subscribers, tell, until, users};
use crate::store::{StoredJob, StoredRow};
use crate::vendor::VendorError;
use crate::{Answer, App, clock};

/// How often a node looks for jobs without being told.
const EVERY: Duration = Duration::from_secs(3);
/// A node that dies is followed by another after so many milliseconds.
const LEASE: i64 = 30_000;
/// How often the lease is renewed.
const RENEW: Duration = Duration::from_secs(8);
/// Setbacks in a row after which a job stops.
const SETBACKS: u32 = 5;
/// The longest pause after a setback, in seconds.
const LONGEST_PAUSE: u32 = 60;

/// Runs jobs, for ever.
pub async fn run(app: App) {
    let holder = format!("{:08x}", getrandom::u32().unwrap_or(std::process::id()));
    loop {
        for job in app
            .store
            .jobs(Some(JobState::Running), 20)
            .await
            .unwrap_or_default()
        {
            let lease = format!("job {}", job.id);
            match app.store.lease(&lease, &holder, clock::now(), until(LEASE)).await {
                Ok(true) => {
                    leased(&app, &lease, &holder, job).await;
                    // Another node need not wait; nor need this one after a restart.
                    let _ = app.store.lease(&lease, &holder, clock::now(), clock::now()).await;
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the store failed; jobs go on later"),
            }
        }
        tokio::select! {
            () = app.jobs.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
            () = app.drain.begun() => return,
        }
    }
}

/// Works on a job while the lease can be renewed.
async fn leased(app: &App, lease: &str, holder: &str, job: StoredJob) {
    let id = job.id.clone();
    let renew = async {
        loop {
            tokio::time::sleep(RENEW).await;
            let renewed = app.store.lease(lease, holder, clock::now(), until(LEASE)).await;
            if !matches!(renewed, Ok(true)) {
                return;
            }
        }
    };
    let outcome = tokio::select! {
        outcome = work(app, job) => outcome,
        () = renew => {
            tracing::warn!(job = id, "the lease of a job was lost; another node goes on with it");
            return;
        }
    };
    if let Err(refused) = outcome {
        tracing::warn!(job = id, code = refused.problem.code, "a job goes on later");
    }
}

/// Sends batches until there is nothing to send, or something says to stop.
async fn work(app: &App, job: StoredJob) -> Answer<()> {
    let mut setbacks = 0;
    let mut known = None;
    while still_runs(app, &job.id).await? {
        let step = step(app, &job, &mut known).await?;
        tell(app, &job.id).await;
        match step {
            Step::Went => setbacks = 0,
            Step::NothingLeft => {
                move_to(app, &job.id, &[JobState::Running], JobState::Done, None).await?;
                return Ok(());
            }
            Step::SetBack(error) => {
                setbacks += 1;
                let why = match about(&error) {
                    About::Job(why) => Some(why),
                    About::Rows | About::Exists | About::Later | About::Unknown if setbacks >= SETBACKS => {
                        Some(crate::Refused::from(error.clone()).problem.message)
                    }
                    About::Rows | About::Exists | About::Later | About::Unknown => None,
                };
                if let Some(why) = why {
                    let why = format!("{why} Then start the job again: it goes on where it stopped.");
                    move_to(app, &job.id, &[JobState::Running], JobState::Stopped, Some(&why)).await?;
                    return Ok(());
                }
                let pause = error.retry_after().unwrap_or(1 << setbacks).min(LONGEST_PAUSE);
                for _ in 0..pause {
                    tokio::select! {
                        () = tokio::time::sleep(Duration::from_secs(1)) => {}
                        () = app.drain.begun() => return Ok(()),
                    }
                    // Whoever stops it lets the next job go on at once.
                    if !still_runs(app, &job.id).await? {
                        return Ok(());
                    }
                }
            }
        }
    }
    Ok(())
}

/// What one batch came to.
enum Step {
    /// All its rows are settled, or known to be unknown.
    Went,
    /// There are no more.
    NothingLeft,
    /// Nothing can be sent just now.
    SetBack(VendorError),
}

async fn still_runs(app: &App, id: &str) -> Answer<bool> {
    Ok(!app.drain.is_draining() && find(app, id).await?.state == JobState::Running)
}

/// Looks up rows of unknown outcome, else sends the next batch.
async fn step(app: &App, job: &StoredJob, known: &mut Option<users::Known>) -> Answer<Step> {
    let size = match job.kind {
        JobKind::Users => users::BATCH,
        JobKind::Subscribers => subscribers::BATCH,
    };
    let unknown = app.store.job_rows(&job.id, &[RowState::Unknown], 0, size).await?;
    for row in unknown {
        let resolved = match job.kind {
            JobKind::Users => users::resolve(app, &job.by, row).await,
            JobKind::Subscribers => subscribers::resolve(app, &job.by, row).await,
        };
        match resolved {
            Ok(row) => app.store.put_job_rows(&job.id, &[row]).await?,
            Err(error) => return Ok(Step::SetBack(error)),
        }
    }
    let ready = app.store.job_rows(&job.id, &[RowState::Ready], 0, size).await?;
    if ready.is_empty() {
        return Ok(Step::NothingLeft);
    }
    let ready = match job.kind {
        JobKind::Subscribers => ready,
        JobKind::Users => {
            if known.is_none() {
                let left = find(app, &job.id).await?.counts.ready;
                match users::known(app, &job.by, left).await {
                    Ok(found) => *known = Some(found),
                    Err(error) => return Ok(Step::SetBack(error)),
                }
            }
            let (ready, settled) = users::sort(ready, known.as_ref().unwrap_or(&users::Known::new()));
            app.store.put_job_rows(&job.id, &settled).await?;
            ready
        }
    };
    send(app, job, ready).await
}

/// Sends these rows, in halves where the vendor refuses them together.
async fn send(app: &App, job: &StoredJob, rows: Vec<StoredRow>) -> Answer<Step> {
    let mut groups = vec![rows];
    while let Some(group) = groups.pop() {
        if group.is_empty() {
            continue;
        }
        if app.drain.is_draining() {
            return Ok(Step::Went);
        }
        let sending: Vec<StoredRow> = group.iter().cloned().map(answer::unknown).collect();
        app.store.put_job_rows(&job.id, &sending).await?;
        let sent = match job.kind {
            JobKind::Users => users::send(app, &job.by, group).await,
            JobKind::Subscribers => subscribers::send(app, &job.by, group).await,
        };
        match sent {
            Ok(sent) => {
                app.store.put_job_rows(&job.id, &sent.settled).await?;
                for group in &sent.again {
                    let ready: Vec<StoredRow> = group.iter().cloned().map(answer::ready).collect();
                    app.store.put_job_rows(&job.id, &ready).await?;
                }
                groups.extend(sent.again.into_iter().rev());
            }
            Err((error, rows)) => {
                let rows: Vec<StoredRow> = match about(&error) {
                    About::Unknown => rows.into_iter().map(answer::unknown).collect(),
                    About::Rows | About::Exists | About::Later | About::Job(_) => {
                        rows.into_iter().map(answer::ready).collect()
                    }
                };
                app.store.put_job_rows(&job.id, &rows).await?;
                return Ok(Step::SetBack(error));
            }
        }
    }
    Ok(Step::Went)
}
