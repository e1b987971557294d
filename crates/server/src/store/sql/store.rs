//! The trait, method by method: each is one function of the room it is about.

use std::time::Duration;

use async_trait::async_trait;
use protocol::Millis;
use protocol::admin::jobs::{JobState, RowState};
use protocol::crm_log::LogTrouble;
use protocol::history::{Feedback, LogUpload, Note};

use super::{
    Sql, allocations, audit, calls, commit, crm_log, deliveries, dial_contexts, export, floor, forget,
    history, jobs, leases, log, notes, outgoing, people, placements, push_payloads, revisions, sessions,
    tickets,
};
use crate::store::{
    Allocation, ApiKey, Audience, AuditQuery, AuditRecord, Delivery, DueCall, EndpointStanding, FailedWord,
    HeardDevice, HistoryPage, HistoryQuery, Kept, LogBounds, LogLease, LoggedEvent, LoggedWord, NewEvent,
    NewOutgoing, OutgoingTried, Person, PlacementState, RatedCalls, Rating, Retention, Revision, Seq, Store,
    StoreError, StoredAudit, StoredCall, StoredDialContext, StoredJob, StoredOutgoing, StoredRow,
    StoredSession, StoredTicket, TokenHash, Write, Written,
};

/// A database that answers at all says within 15 s that it takes too long (PostgreSQL's `statement_timeout`).
const LONGEST: Duration = Duration::from_secs(20);

/// What `work` gives, or that it took too long: the database's host may have vanished without a word, which the kernel
/// notices after a quarter of an hour. Its connection goes with the future.
async fn in_time<T>(work: impl Future<Output = Kept<T>>) -> Kept<T> {
    let done = tokio::time::timeout(LONGEST, work).await;
    done.unwrap_or(Err(StoreError::Silent(LONGEST)))
}

#[async_trait]
impl Store for Sql {
    async fn commit(&self, writes: &[Write]) -> Kept<Vec<Written>> {
        in_time(commit::commit(self, writes)).await
    }

    async fn events_after(&self, after: Seq, audience: &Audience, limit: u32) -> Kept<Vec<LoggedEvent>> {
        in_time(log::after(self, after, audience, limit)).await
    }

    async fn log_bounds(&self) -> Kept<LogBounds> {
        in_time(log::bounds(self)).await
    }

    async fn wait_for_commit(&self) {
        self.committed.notified().await;
    }

    async fn call(&self, sid: &str) -> Kept<Option<StoredCall>> {
        in_time(calls::one(self, sid)).await
    }

    async fn history(&self, query: &HistoryQuery) -> Kept<HistoryPage> {
        in_time(history::page(self, query)).await
    }

    async fn unsettled(&self, before: Millis, limit: u32) -> Kept<Vec<String>> {
        in_time(calls::unsettled(self, before, limit)).await
    }

    async fn asked_in_vain(&self, sids: &[String], at: Millis) -> Kept<()> {
        in_time(calls::asked_in_vain(self, sids, at)).await
    }

    async fn put_note(&self, sid: &str, agent: &str, note: &Note) -> Kept<()> {
        in_time(notes::put(self, sid, agent, note)).await
    }

    async fn put_feedback(&self, sid: &str, agent: &str, feedback: &Feedback, at: Millis) -> Kept<()> {
        in_time(notes::put_feedback(self, sid, agent, feedback, at)).await
    }

    async fn put_log(&self, id: &str, agent: &str, upload: &LogUpload, at: Millis) -> Kept<()> {
        in_time(notes::put_log(self, id, agent, upload, at)).await
    }

    async fn lease_log(&self, ask: &LogLease) -> Kept<Vec<DueCall>> {
        in_time(crm_log::lease(self, ask)).await
    }

    async fn log_done(
        &self,
        sid: &str,
        agent: &str,
        lease: &str,
        reference: &str,
        at: Millis,
    ) -> Kept<LoggedWord> {
        in_time(crm_log::done(self, (sid, agent), lease, reference, at)).await
    }

    async fn log_failed(
        &self,
        sid: &str,
        agent: &str,
        lease: &str,
        words: &str,
        at: Millis,
    ) -> Kept<FailedWord> {
        in_time(crm_log::failed(self, (sid, agent), lease, words, at)).await
    }

    async fn log_troubles(&self, limit: u32) -> Kept<Vec<LogTrouble>> {
        in_time(crm_log::troubles(self, limit)).await
    }

    async fn crm_cursor(&self) -> Kept<Seq> {
        in_time(outgoing::cursor(self)).await
    }

    async fn queue_outgoing(&self, from: Seq, to: Seq, messages: &[NewOutgoing]) -> Kept<bool> {
        in_time(outgoing::queue(self, from, to, messages)).await
    }

    async fn due_outgoing(&self, now: Millis, limit: u32) -> Kept<Vec<StoredOutgoing>> {
        in_time(outgoing::due(self, now, limit)).await
    }

    async fn outgoing_tried(&self, id: i64, endpoint: &str, tried: &OutgoingTried) -> Kept<()> {
        in_time(outgoing::tried(self, id, endpoint, tried)).await
    }

    async fn outgoing(&self, before: Option<i64>, limit: u32) -> Kept<Vec<StoredOutgoing>> {
        in_time(outgoing::page(self, before, limit)).await
    }

    async fn send_again(&self, id: i64, now: Millis, until: Millis) -> Kept<bool> {
        in_time(outgoing::send_again(self, id, now, until)).await
    }

    async fn endpoints(&self) -> Kept<Vec<EndpointStanding>> {
        in_time(outgoing::endpoints(self)).await
    }

    async fn endpoint_on(&self, name: &str) -> Kept<()> {
        in_time(outgoing::endpoint_on(self, name)).await
    }

    async fn begin_placement(
        &self,
        agent: &str,
        key: &str,
        number: &str,
        at: Millis,
    ) -> Kept<Option<PlacementState>> {
        in_time(placements::begin(self, agent, key, number, at)).await
    }

    async fn end_placement(&self, agent: &str, key: &str, outcome: &protocol::call::Placement) -> Kept<()> {
        in_time(placements::end(self, agent, key, outcome)).await
    }

    async fn deliveries(&self, before: Option<i64>, limit: u32) -> Kept<Vec<Delivery>> {
        in_time(deliveries::page(self, before, limit)).await
    }

    async fn allocations(&self, limit: u32) -> Kept<Vec<Allocation>> {
        in_time(allocations::newest(self, limit)).await
    }

    async fn allocation(&self, greenpin_id: &str) -> Kept<Option<Allocation>> {
        in_time(allocations::one(self, greenpin_id)).await
    }

    async fn put_allocation(&self, allocation: &Allocation) -> Kept<()> {
        in_time(allocations::put(self, allocation)).await
    }

    async fn dial_context(&self, keys: &[String], now: Millis) -> Kept<Option<StoredDialContext>> {
        in_time(dial_contexts::first_live(self, keys, now)).await
    }

    async fn put_dial_contexts(&self, contexts: &[StoredDialContext]) -> Kept<()> {
        in_time(dial_contexts::put(self, contexts)).await
    }

    async fn person(&self, name: &str) -> Kept<Option<Person>> {
        in_time(people::one(self, name)).await
    }

    async fn person_of_agent(&self, agent: &str) -> Kept<Option<Person>> {
        in_time(people::of_agent(self, agent)).await
    }

    async fn people(&self) -> Kept<Vec<Person>> {
        in_time(people::all(self)).await
    }

    async fn put_person(&self, person: &Person) -> Kept<bool> {
        in_time(people::put(self, person)).await
    }

    async fn put_password(
        &self,
        name: &str,
        before: &str,
        after: &str,
        keep: &TokenHash,
        now: Millis,
    ) -> Kept<bool> {
        in_time(people::put_password(self, name, (before, after), keep, now)).await
    }

    async fn remove_person(&self, name: &str) -> Kept<bool> {
        in_time(people::remove(self, name)).await
    }

    async fn put_session(&self, session: &StoredSession) -> Kept<()> {
        in_time(sessions::put(self, session)).await
    }

    async fn session(&self, hash: &TokenHash, now: Millis) -> Kept<Option<StoredSession>> {
        in_time(sessions::one(self, hash, now)).await
    }

    async fn sessions_of(&self, name: &str, now: Millis) -> Kept<Vec<StoredSession>> {
        in_time(sessions::of(self, name, now)).await
    }

    async fn extend_session(&self, hash: &TokenHash, expires_at: Millis) -> Kept<()> {
        in_time(sessions::extend(self, hash, expires_at)).await
    }

    async fn end_session(&self, hash: &TokenHash, now: Millis) -> Kept<()> {
        in_time(sessions::end(self, hash, now)).await
    }

    async fn end_sessions_of(&self, name: &str, now: Millis) -> Kept<u64> {
        in_time(sessions::end_of(self, name, now)).await
    }

    async fn put_ticket(&self, ticket: &StoredTicket) -> Kept<()> {
        in_time(tickets::put(self, ticket)).await
    }

    async fn take_ticket(&self, hash: &TokenHash, now: Millis) -> Kept<Option<StoredTicket>> {
        in_time(tickets::take(self, hash, now)).await
    }

    async fn put_api_key(&self, key: &ApiKey) -> Kept<bool> {
        in_time(tickets::put_api_key(self, key)).await
    }

    async fn api_key(&self, hash: &TokenHash) -> Kept<Option<ApiKey>> {
        in_time(tickets::api_key(self, hash)).await
    }

    async fn api_keys(&self) -> Kept<Vec<ApiKey>> {
        in_time(tickets::api_keys(self)).await
    }

    async fn signed_in(&self, now: Millis) -> Kept<Vec<String>> {
        in_time(floor::signed_in(self, now)).await
    }

    async fn devices(&self) -> Kept<Vec<HeardDevice>> {
        in_time(floor::devices(self)).await
    }

    async fn last_ratings(&self, since: Millis) -> Kept<Vec<Rating>> {
        in_time(floor::last_ratings(self, since)).await
    }

    async fn rated_calls(&self, from: Millis, to: Millis) -> Kept<Vec<RatedCalls>> {
        in_time(floor::rated_calls(self, from, to)).await
    }

    async fn revisions(&self, subject: &str, limit: u32) -> Kept<Vec<Revision>> {
        in_time(revisions::newest(self, subject, limit)).await
    }

    async fn put_revision(&self, revision: &Revision, keep: u32, events: &[NewEvent]) -> Kept<bool> {
        in_time(revisions::put(self, revision, keep, events)).await
    }

    async fn put_job(&self, job: &StoredJob, rows: &[StoredRow]) -> Kept<()> {
        in_time(jobs::put(self, job, rows)).await
    }

    async fn job(&self, id: &str) -> Kept<Option<StoredJob>> {
        in_time(jobs::one(self, id)).await
    }

    async fn jobs(&self, state: Option<JobState>, limit: u32) -> Kept<Vec<StoredJob>> {
        in_time(jobs::newest(self, state, limit)).await
    }

    async fn move_job(
        &self,
        id: &str,
        from: &[JobState],
        to: JobState,
        trouble: Option<&str>,
        at: Millis,
    ) -> Kept<bool> {
        in_time(jobs::move_on(self, id, from, to, trouble, at)).await
    }

    async fn remove_job(&self, id: &str) -> Kept<bool> {
        in_time(jobs::remove(self, id)).await
    }

    async fn job_rows(&self, id: &str, states: &[RowState], after: i64, limit: u32) -> Kept<Vec<StoredRow>> {
        in_time(jobs::rows(self, id, states, after, limit)).await
    }

    async fn put_job_rows(&self, id: &str, rows: &[StoredRow]) -> Kept<()> {
        in_time(jobs::put_rows(self, id, rows)).await
    }

    async fn put_audit(&self, record: &AuditRecord) -> Kept<()> {
        in_time(audit::put(self, record)).await
    }

    async fn audit(&self, before: Option<i64>, limit: u32) -> Kept<Vec<StoredAudit>> {
        let query = AuditQuery {
            before,
            limit,
            ..AuditQuery::default()
        };
        in_time(audit::page(self, &query)).await
    }

    async fn find_audit(&self, query: &AuditQuery) -> Kept<Vec<StoredAudit>> {
        in_time(audit::page(self, query)).await
    }

    async fn lease(&self, name: &str, holder: &str, now: Millis, until: Millis) -> Kept<bool> {
        in_time(leases::take(self, name, holder, now, until)).await
    }

    async fn forget(&self, limits: &Retention) -> Kept<u64> {
        forget::forget(self, limits).await
    }

    async fn empty_pushes(&self, before: Millis) -> Kept<u64> {
        push_payloads::empty(self, before).await
    }

    async fn export(&self, table: &str, after: i64, limit: u32) -> Kept<Vec<(i64, serde_json::Value)>> {
        export::page(self, table, after, limit).await
    }

    async fn ping(&self) -> Kept<()> {
        super::super::may_write(&self.write).await
    }

    async fn backup(&self, path: &std::path::Path) -> Kept<()> {
        super::super::backup(&self.read, path).await
    }

    async fn close(&self) {
        self.wake.stop();
        self.read.close().await;
        // The last connection to go writes SQLite's log back into its file.
        self.write.close().await;
    }
}
