//! The trait, method by method: each is one function of the room it is about.

use async_trait::async_trait;
use protocol::Millis;
use protocol::history::{Feedback, LogUpload, Note};

use super::{
    Sql, allocations, audit, calls, commit, deliveries, dial_contexts, export, forget, history, leases, log,
    notes, people, placements, sessions, tickets,
};
use crate::store::{
    Allocation, ApiKey, Audience, AuditRecord, Delivery, HistoryPage, HistoryQuery, Kept, LogBounds,
    LoggedEvent, Person, PlacementState, Retention, Seq, Store, StoredAudit, StoredCall, StoredDialContext,
    StoredSession, StoredTicket, TokenHash, Write, Written,
};

#[async_trait]
impl Store for Sql {
    async fn commit(&self, writes: &[Write]) -> Kept<Vec<Written>> {
        commit::commit(self, writes).await
    }

    async fn events_after(&self, after: Seq, audience: &Audience, limit: u32) -> Kept<Vec<LoggedEvent>> {
        log::after(self, after, audience, limit).await
    }

    async fn log_bounds(&self) -> Kept<LogBounds> {
        log::bounds(self).await
    }

    async fn wait_for_commit(&self) {
        self.committed.notified().await;
    }

    async fn call(&self, sid: &str) -> Kept<Option<StoredCall>> {
        calls::one(self, sid).await
    }

    async fn history(&self, query: &HistoryQuery) -> Kept<HistoryPage> {
        history::page(self, query).await
    }

    async fn unsettled(&self, before: Millis, limit: u32) -> Kept<Vec<String>> {
        calls::unsettled(self, before, limit).await
    }

    async fn asked_in_vain(&self, sids: &[String], at: Millis) -> Kept<()> {
        calls::asked_in_vain(self, sids, at).await
    }

    async fn put_note(&self, sid: &str, agent: &str, note: &Note) -> Kept<()> {
        notes::put(self, sid, agent, note).await
    }

    async fn put_feedback(&self, sid: &str, agent: &str, feedback: &Feedback, at: Millis) -> Kept<()> {
        notes::put_feedback(self, sid, agent, feedback, at).await
    }

    async fn put_log(&self, id: &str, agent: &str, upload: &LogUpload, at: Millis) -> Kept<()> {
        notes::put_log(self, id, agent, upload, at).await
    }

    async fn begin_placement(&self, agent: &str, key: &str, at: Millis) -> Kept<Option<PlacementState>> {
        placements::begin(self, agent, key, at).await
    }

    async fn end_placement(&self, agent: &str, key: &str, outcome: &protocol::call::Placement) -> Kept<()> {
        placements::end(self, agent, key, outcome).await
    }

    async fn deliveries(&self, before: Option<i64>, limit: u32) -> Kept<Vec<Delivery>> {
        deliveries::page(self, before, limit).await
    }

    async fn allocations(&self, limit: u32) -> Kept<Vec<Allocation>> {
        allocations::newest(self, limit).await
    }

    async fn allocation(&self, greenpin_id: &str) -> Kept<Option<Allocation>> {
        allocations::one(self, greenpin_id).await
    }

    async fn put_allocation(&self, allocation: &Allocation) -> Kept<()> {
        allocations::put(self, allocation).await
    }

    async fn dial_context(&self, keys: &[String], now: Millis) -> Kept<Option<StoredDialContext>> {
        dial_contexts::first_live(self, keys, now).await
    }

    async fn put_dial_contexts(&self, contexts: &[StoredDialContext]) -> Kept<()> {
        dial_contexts::put(self, contexts).await
    }

    async fn person(&self, name: &str) -> Kept<Option<Person>> {
        people::one(self, name).await
    }

    async fn person_of_agent(&self, agent: &str) -> Kept<Option<Person>> {
        people::of_agent(self, agent).await
    }

    async fn people(&self) -> Kept<Vec<Person>> {
        people::all(self).await
    }

    async fn put_person(&self, person: &Person) -> Kept<()> {
        people::put(self, person).await
    }

    async fn remove_person(&self, name: &str) -> Kept<bool> {
        people::remove(self, name).await
    }

    async fn put_session(&self, session: &StoredSession) -> Kept<()> {
        sessions::put(self, session).await
    }

    async fn session(&self, hash: &TokenHash, now: Millis) -> Kept<Option<StoredSession>> {
        sessions::one(self, hash, now).await
    }

    async fn sessions_of(&self, name: &str, now: Millis) -> Kept<Vec<StoredSession>> {
        sessions::of(self, name, now).await
    }

    async fn extend_session(&self, hash: &TokenHash, expires_at: Millis) -> Kept<()> {
        sessions::extend(self, hash, expires_at).await
    }

    async fn end_session(&self, hash: &TokenHash, now: Millis) -> Kept<()> {
        sessions::end(self, hash, now).await
    }

    async fn end_sessions_of(&self, name: &str, now: Millis) -> Kept<u64> {
        sessions::end_of(self, name, now).await
    }

    async fn put_ticket(&self, ticket: &StoredTicket) -> Kept<()> {
        tickets::put(self, ticket).await
    }

    async fn take_ticket(&self, hash: &TokenHash, now: Millis) -> Kept<Option<StoredTicket>> {
        tickets::take(self, hash, now).await
    }

    async fn put_api_key(&self, key: &ApiKey) -> Kept<()> {
        tickets::put_api_key(self, key).await
    }

    async fn api_key(&self, hash: &TokenHash) -> Kept<Option<ApiKey>> {
        tickets::api_key(self, hash).await
    }

    async fn api_keys(&self) -> Kept<Vec<ApiKey>> {
        tickets::api_keys(self).await
    }

    async fn put_audit(&self, record: &AuditRecord) -> Kept<()> {
        audit::put(self, record).await
    }

    async fn audit(&self, before: Option<i64>, limit: u32) -> Kept<Vec<StoredAudit>> {
        audit::page(self, before, limit).await
    }

    async fn lease(&self, name: &str, holder: &str, now: Millis, until: Millis) -> Kept<bool> {
        leases::take(self, name, holder, now, until).await
    }

    async fn forget(&self, limits: &Retention) -> Kept<u64> {
        forget::forget(self, limits).await
    }

    async fn export(&self, table: &str, after: i64, limit: u32) -> Kept<Vec<(i64, serde_json::Value)>> {
        export::page(self, table, after, limit).await
    }

    async fn ping(&self) -> Kept<()> {
        sqlx::query("UPDATE meta SET value = $1 WHERE key = 'ping'")
            .bind(crate::clock::now().to_string())
            .execute(&self.write)
            .await?;
        Ok(())
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
