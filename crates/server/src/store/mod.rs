//! What is kept, behind one trait. SQLite for one machine, PostgreSQL for many; one test suite runs through both.

// The shared SQL is compiled once for each database; `sql/mod.rs` says why.
#![allow(clippy::duplicate_mod)]

mod encode;
mod error;
mod model;
mod plan;
mod postgres;
mod redacted;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use protocol::Millis;
use protocol::admin::jobs::{JobState, RowState};
use protocol::crm_log::LogTrouble;
use protocol::history::{Feedback, LogUpload, Note};

use crate::config::StoreConfig;

pub use error::StoreError;
pub use model::*;

/// Every answer of a store.
pub type Kept<T> = Result<T, StoreError>;

/// What [`Store::export`] gives: table, the column that numbers its rows, and the columns. Without secrets and their hashes.
pub const EXPORTED: [(&str, &str, &[&str]); 12] = [
    ("events", "seq", &["seq", "at", "agent", "kind", "body"]),
    (
        "deliveries",
        "id",
        &["id", "received_at", "kind", "key", "call_sid", "body", "unread"],
    ),
    (
        "calls",
        "rowid",
        &["sid", "rev", "first_news", "settled", "facts"],
    ),
    (
        "notes",
        "rowid",
        &["sid", "agent", "text", "disposition", "updated_at"],
    ),
    (
        "feedback",
        "rowid",
        &["sid", "agent", "at", "rating", "issue", "statistics"],
    ),
    (
        "logged",
        "rowid",
        &[
            "sid",
            "agent",
            "revision",
            "reference",
            "tries",
            "trouble",
            "updated_at",
        ],
    ),
    ("logs", "rowid", &["id", "agent", "at", "body"]),
    (
        "allocations",
        "rowid",
        &[
            "greenpin_id",
            "transaction_id",
            "state",
            "body",
            "calls",
            "verified",
            "updated_at",
        ],
    ),
    ("dial_contexts", "rowid", &["key", "context", "expires_at"]),
    (
        "people",
        "rowid",
        &["name", "role", "agent", "subscriber", "disabled", "created_at"],
    ),
    (
        "jobs",
        "rowid",
        &[
            "id",
            "kind",
            "state",
            "trouble",
            "made_by",
            "created_at",
            "updated_at",
        ],
    ),
    (
        "audit",
        "id",
        &["id", "at", "who", "what", "target", "result", "detail"],
    ),
];

/// Opens the store, makes its tables if there are none, and brings them up to date.
///
/// # Errors
/// It cannot be reached or written, or a newer program wrote it.
pub async fn open(config: &StoreConfig) -> Kept<Arc<dyn Store>> {
    match config {
        StoreConfig::Sqlite(file) => Ok(Arc::new(sqlite::open(file).await?)),
        StoreConfig::Postgres(url) => Ok(Arc::new(postgres::open(url).await?)),
    }
}

/// A place to keep things. Every method is one transaction.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    // --- the log ---

    /// Makes all of `writes` durable in one transaction, in this order. A write whose key against repeats is known
    /// changes nothing and is [`Written::Repeated`]. Sequence numbers become visible in their own order, on every node.
    async fn commit(&self, writes: &[Write]) -> Kept<Vec<Written>>;
    /// Events after `after`, oldest first, at most `limit`, that `audience` may see.
    async fn events_after(&self, after: Seq, audience: &Audience, limit: u32) -> Kept<Vec<LoggedEvent>>;
    /// The log's identity and reach.
    async fn log_bounds(&self) -> Kept<LogBounds>;
    /// Waits until some node may have committed something. May wake for nothing, may miss; callers poll besides.
    async fn wait_for_commit(&self);

    // --- calls ---

    /// What is known of a call.
    async fn call(&self, sid: &str) -> Kept<Option<StoredCall>>;
    /// A page of views, newest first.
    async fn history(&self, query: &HistoryQuery) -> Kept<HistoryPage>;
    /// Calls without an end, or without an outcome, whose last news is older than `before`; oldest first.
    async fn unsettled(&self, before: Millis, limit: u32) -> Kept<Vec<String>>;
    /// Remembers that call details were asked for and brought nothing new, so that the call goes to the end of the queue.
    async fn asked_in_vain(&self, sids: &[String], at: Millis) -> Kept<()>;
    /// Writes an agent's note over the one before.
    async fn put_note(&self, sid: &str, agent: &str, note: &Note) -> Kept<()>;
    /// Keeps an agent's feedback; a second one replaces the first.
    async fn put_feedback(&self, sid: &str, agent: &str, feedback: &Feedback, at: Millis) -> Kept<()>;
    /// Keeps uploaded log lines.
    async fn put_log(&self, id: &str, agent: &str, upload: &LogUpload, at: Millis) -> Kept<()>;
    /// Gives out calls that are due to be written into a CRM, each to one holder.
    async fn lease_log(&self, ask: &LogLease) -> Kept<Vec<DueCall>>;
    /// A call is in the CRM, under `reference`.
    async fn log_done(
        &self,
        sid: &str,
        agent: &str,
        lease: &str,
        reference: &str,
        at: Millis,
    ) -> Kept<LoggedWord>;
    /// A call could not be written into the CRM.
    async fn log_failed(
        &self,
        sid: &str,
        agent: &str,
        lease: &str,
        words: &str,
        at: Millis,
    ) -> Kept<FailedWord>;
    /// Calls that could not be written into the CRM so far, newest first, at most `limit`.
    async fn log_troubles(&self, limit: u32) -> Kept<Vec<LogTrouble>>;
    /// How far the log has been told to CRMs; at first, to its end.
    async fn crm_cursor(&self) -> Kept<Seq>;
    /// Keeps webhooks to be sent, and that the log has been told from `from` to `to`, in one transaction. Whether `from`
    /// was still how far it had been told. One that was not tried yet gets the newer words.
    async fn queue_outgoing(&self, from: Seq, to: Seq, messages: &[NewOutgoing]) -> Kept<bool>;
    /// Webhooks to be sent now, to receivers that are on, at most `limit`.
    async fn due_outgoing(&self, now: Millis, limit: u32) -> Kept<Vec<StoredOutgoing>>;
    /// A webhook was tried.
    async fn outgoing_tried(&self, id: i64, endpoint: &str, tried: &OutgoingTried) -> Kept<()>;
    /// Webhooks to CRMs, newest first, before `before` (an id), at most `limit`.
    async fn outgoing(&self, before: Option<i64>, limit: u32) -> Kept<Vec<StoredOutgoing>>;
    /// Sends a webhook once more, in any state. Whether there is one.
    async fn send_again(&self, id: i64, now: Millis, until: Millis) -> Kept<bool>;
    /// How receivers stand that were ever tried.
    async fn endpoints(&self) -> Kept<Vec<EndpointStanding>>;
    /// Tells a receiver everything again.
    async fn endpoint_on(&self, name: &str) -> Kept<()>;
    /// Claims `key` for `agent`'s click on `number`. `None`: it is new, go on. Else what became of the earlier one.
    async fn begin_placement(
        &self,
        agent: &str,
        key: &str,
        number: &str,
        at: Millis,
    ) -> Kept<Option<PlacementState>>;
    /// Says what became of a claimed click.
    async fn end_placement(&self, agent: &str, key: &str, outcome: &protocol::call::Placement) -> Kept<()>;

    // --- webhooks, for admins ---

    /// Deliveries, newest first, before `before` (an id), at most `limit`.
    async fn deliveries(&self, before: Option<i64>, limit: u32) -> Kept<Vec<Delivery>>;
    /// Allocations of GreenPin that we know, newest first.
    async fn allocations(&self, limit: u32) -> Kept<Vec<Allocation>>;
    /// One allocation.
    async fn allocation(&self, greenpin_id: &str) -> Kept<Option<Allocation>>;
    /// Writes an allocation as the vendor has just said it.
    async fn put_allocation(&self, allocation: &Allocation) -> Kept<()>;

    // --- dial-whom ---

    /// The first live context of `keys`, in their order.
    async fn dial_context(&self, keys: &[String], now: Millis) -> Kept<Option<StoredDialContext>>;
    /// Writes contexts over those with the same key.
    async fn put_dial_contexts(&self, contexts: &[StoredDialContext]) -> Kept<()>;

    // --- people ---

    /// A local account.
    async fn person(&self, name: &str) -> Kept<Option<Person>>;
    /// The account of an agent.
    async fn person_of_agent(&self, agent: &str) -> Kept<Option<Person>>;
    /// All accounts, by name.
    async fn people(&self) -> Kept<Vec<Person>>;
    /// Adds an account, or writes over the one of that name; not if another account has its agent. Whether it was written.
    async fn put_person(&self, person: &Person) -> Kept<bool>;
    /// Gives an account the hash of another password, if `before` is the one it has, and ends its sessions but `keep`.
    /// Whether it was.
    async fn put_password(
        &self,
        name: &str,
        before: &str,
        after: &str,
        keep: &TokenHash,
        now: Millis,
    ) -> Kept<bool>;
    /// Removes an account and all its sessions. Whether there was one.
    async fn remove_person(&self, name: &str) -> Kept<bool>;

    // --- sessions, tickets, keys: all by the SHA-256 of their secret ---

    /// Opens a session.
    async fn put_session(&self, session: &StoredSession) -> Kept<()>;
    /// A session, if it has not ended.
    async fn session(&self, hash: &TokenHash, now: Millis) -> Kept<Option<StoredSession>>;
    /// The sessions of an account that have not ended, newest first.
    async fn sessions_of(&self, name: &str, now: Millis) -> Kept<Vec<StoredSession>>;
    /// Moves a session's end.
    async fn extend_session(&self, hash: &TokenHash, expires_at: Millis) -> Kept<()>;
    /// Ends one session, and tells every node through the log.
    async fn end_session(&self, hash: &TokenHash, now: Millis) -> Kept<()>;
    /// Ends every session of an account, and tells every node through the log. How many.
    async fn end_sessions_of(&self, name: &str, now: Millis) -> Kept<u64>;
    /// Keeps a ticket.
    async fn put_ticket(&self, ticket: &StoredTicket) -> Kept<()>;
    /// Takes a ticket: the first to ask gets it, nobody else ever.
    async fn take_ticket(&self, hash: &TokenHash, now: Millis) -> Kept<Option<StoredTicket>>;
    /// Keeps an API key, or writes over the one with this hash (to revoke it); not if another live key has its name.
    /// Whether it was written.
    async fn put_api_key(&self, key: &ApiKey) -> Kept<bool>;
    /// An API key.
    async fn api_key(&self, hash: &TokenHash) -> Kept<Option<ApiKey>>;
    /// All API keys, by name, then age.
    async fn api_keys(&self) -> Kept<Vec<ApiKey>>;

    // --- the floor, for supervisors ---

    /// Names of the accounts that have a session.
    async fn signed_in(&self, now: Millis) -> Kept<Vec<String>>;
    /// The device of each agent as the log heard last.
    async fn devices(&self) -> Kept<Vec<HeardDevice>>;
    /// The newest rating of each agent since then.
    async fn last_ratings(&self, since: Millis) -> Kept<Vec<Rating>>;
    /// Ratings of a time, added up by agent and issue, in the order of agents.
    async fn rated_calls(&self, from: Millis, to: Millis) -> Kept<Vec<RatedCalls>>;

    // --- what admins write ---

    /// The newest versions of `subject`, newest first, at most `limit`.
    async fn revisions(&self, subject: &str, limit: u32) -> Kept<Vec<Revision>>;
    /// Writes a version and logs `events`, in one transaction, if the version before it is the newest. Whether it was. At
    /// most `keep` versions stay.
    async fn put_revision(&self, revision: &Revision, keep: u32, events: &[NewEvent]) -> Kept<bool>;
    /// Keeps a new job with its rows.
    async fn put_job(&self, job: &StoredJob, rows: &[StoredRow]) -> Kept<()>;
    /// A job.
    async fn job(&self, id: &str) -> Kept<Option<StoredJob>>;
    /// Jobs, newest first, at most `limit`; of one state, or of all.
    async fn jobs(&self, state: Option<JobState>, limit: u32) -> Kept<Vec<StoredJob>>;
    /// Moves a job to the state `to`, if it is in one of `from`. Whether it was.
    async fn move_job(
        &self,
        id: &str,
        from: &[JobState],
        to: JobState,
        trouble: Option<&str>,
        at: Millis,
    ) -> Kept<bool>;
    /// Removes a job that does not run, with its rows. Whether there was one.
    async fn remove_job(&self, id: &str) -> Kept<bool>;
    /// Rows of a job in one of `states`, after the row `after`, at most `limit`.
    async fn job_rows(&self, id: &str, states: &[RowState], after: i64, limit: u32) -> Kept<Vec<StoredRow>>;
    /// Writes how these rows stand.
    async fn put_job_rows(&self, id: &str, rows: &[StoredRow]) -> Kept<()>;

    // --- records of changes, housekeeping ---

    /// Keeps an audit record.
    async fn put_audit(&self, record: &AuditRecord) -> Kept<()>;
    /// Audit records, newest first, before `before` (an id), at most `limit`.
    async fn audit(&self, before: Option<i64>, limit: u32) -> Kept<Vec<StoredAudit>>;
    /// The same, only those that `query` says.
    async fn find_audit(&self, query: &AuditQuery) -> Kept<Vec<StoredAudit>>;
    /// Takes or renews a lease, so that one node of many does a job. Whether `holder` has it now.
    async fn lease(&self, name: &str, holder: &str, now: Millis, until: Millis) -> Kept<bool>;
    /// Deletes what is older than the limits say. How many rows.
    async fn forget(&self, limits: &Retention) -> Kept<u64>;
    /// Takes the payload out of every push notification that was logged before `before`; its row stays in its place. How
    /// many. SQLite overwrites the bytes in its file and in the write-ahead log; PostgreSQL's dead rows wait for its own
    /// vacuum, and its archived write-ahead log keeps them.
    async fn empty_pushes(&self, before: Millis) -> Kept<u64>;
    /// Everything of one table as JSON objects, from `after` (a row number), at most `limit`; for `export`.
    async fn export(&self, table: &str, after: i64, limit: u32) -> Kept<Vec<(i64, serde_json::Value)>>;
    /// Whether the store answers and lets us write. Writes nothing: whoever likes may ask for it.
    async fn ping(&self) -> Kept<()>;
    /// Writes a consistent copy to `path`, where the store can do it itself.
    async fn backup(&self, path: &std::path::Path) -> Kept<()>;
    /// Writes out what is buffered and lets go of files and connections.
    async fn close(&self);
}
