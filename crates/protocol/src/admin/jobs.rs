//! Many additions at once, as a job: checked first, then sent in batches, stopped and resumed at will.
//!
//! ```text
//! checked --start--> running --every row settled--> done
//!                     |  ^                           |
//!                   stop start                       |
//!                     v  |                           |
//!                   stopped      running <--start: those that failed again
//! ```
//! A job is kept: it outlives the browser and the server, and goes on after a restart. Each step comes as
//! [`crate::event::Event::Job`]. A row whose answer was lost is looked up before it is
//! sent again.

use serde::{Deserialize, Serialize};

use super::subscribers::NewSubscriber;
use super::users::NewUser;
use crate::Millis;

/// `POST /api/admin/jobs/users`: what to add, at most 10,000 rows and 4 MiB. Checked at once; nothing is sent until
/// `POST /api/admin/jobs/{id}/start`. Answered with [`Job`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserRows {
    /// Text with a line of names first: `id,name,vendor_name,email,number,virtual_number` in any order and any case,
    /// `vendor_name` and `number` may be missing. The vendor's own names (`AppUserId` and so on) are taken too. Commas,
    /// semicolons or tabs, as pasted from a sheet.
    Csv(String),
    /// As values.
    Rows(Vec<NewUser>),
}

/// `POST /api/admin/jobs/subscribers`: likewise, for subscribers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberRows {
    /// Text with a line of names first: `name,note`; `note` may be missing. The vendor's own names (`subscriber_name`,
    /// `custom_field`) are taken too.
    Csv(String),
    /// As values.
    Rows(Vec<NewSubscriber>),
}

/// `GET /api/admin/jobs`: newest first, at most 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobList {
    /// The jobs.
    pub jobs: Vec<Job>,
}

/// A job. The answer of `GET /api/admin/jobs/{id}`, `POST /api/admin/jobs/{id}/start`, `POST /api/admin/jobs/{id}/stop`.
/// Starting one that runs, and stopping one that does not, changes nothing; starting one of which no row could be sent is
/// 409 `nothing_to_send`.
/// `DELETE /api/admin/jobs/{id}` forgets it and its rows, unless it runs: 204, or 409 `job_runs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What it adds.
    pub kind: JobKind,
    /// Where it stands.
    pub state: JobState,
    /// Rows by how they stand.
    pub counts: JobCounts,
    /// Why it stopped by itself: a sentence. None if somebody stopped it, or it did not stop.
    pub trouble: Option<String>,
    /// Which account made it.
    pub by: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
}

/// What a job adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Users of the app in use.
    Users,
    /// Subscribers of the account.
    Subscribers,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Every row was checked; nothing was sent.
    Checked,
    /// Batches are being sent.
    Running,
    /// Somebody stopped it, or it stopped by itself: the vendor did not take our credentials, or did not answer for long.
    Stopped,
    /// Every row that could be sent was.
    Done,
}

/// Rows by how they stand; together they are all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCounts {
    /// To be sent.
    pub ready: u32,
    /// Break a rule; will not be sent.
    pub invalid: u32,
    /// Added.
    pub added: u32,
    /// Were there already.
    pub was_there: u32,
    /// Refused by the vendor.
    pub failed: u32,
    /// Sent, and no readable answer came; looked up again before anything is sent anew.
    pub unknown: u32,
}

/// `GET /api/admin/jobs/{id}/rows?state=&after=&limit=`: in the order they were given. `limit` is 1 to 500, `after` a
/// row's number. `GET /api/admin/jobs/{id}/failures.csv` gives the rows that are invalid, failed or unknown, in the form
/// they are taken in, with the reason as last column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRowPage {
    /// The rows.
    pub rows: Vec<JobRow>,
    /// The next page's `after`; none at the end.
    pub next: Option<u32>,
}

/// A row of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    /// Its number, from 1; of a text, its line counts from the one after the names.
    pub no: u32,
    /// The id or name that is added; may be empty where it is missing.
    pub id: String,
    /// How it stands.
    pub state: RowState,
    /// The field that is wrong, if one is.
    pub field: Option<String>,
    /// Why it was not added, or what to know about it: a sentence with a next step. Empty where all is well.
    pub message: String,
    /// The vendor's own words, if it had any.
    pub vendor: Option<String>,
}

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// To be sent.
    Ready,
    /// Breaks a rule; will not be sent.
    Invalid,
    /// Added.
    Added,
    /// Was there already.
    WasThere,
    /// Refused by the vendor.
    Failed,
    /// Sent, and no readable answer came.
    Unknown,
}

/// A job moved on: for admins and supervisors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobNews {
    /// The job.
    pub id: String,
    /// What it adds.
    pub kind: JobKind,
    /// Where it stands.
    pub state: JobState,
    /// Rows by how they stand.
    pub counts: JobCounts,
}
