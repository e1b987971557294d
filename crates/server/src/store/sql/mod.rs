//! The SQL of both stores, written once.
//!
//! This folder is compiled twice, as `sqlite::sql` and as `postgres::sql` (`#[path]`). `super` is then the engine: its
//! `Db`, the macro `rows!` (how a JSON array becomes rows), `begin`, and the few words in which the two differ. The
//! alternative, functions generic over sqlx's `Database`, repeats a page of bounds at every function; that is all that
//! this saves. Placeholders are `$1` in both. A batch goes to the database as one JSON array, so a commit takes the same
//! six statements whether it holds one write or five hundred.

mod allocations;
mod audit;
mod calls;
mod commit;
mod crm_log;
mod deliveries;
mod dial_contexts;
mod export;
mod floor;
mod forget;
mod history;
mod jobs;
mod leases;
mod log;
mod notes;
mod outgoing;
mod people;
mod placements;
mod push_payloads;
mod revisions;
pub(super) mod schema;
mod sessions;
mod store;
mod tickets;

use sqlx::Pool;
use tokio::sync::{Notify, Semaphore};

use super::{Db, Wake};
use crate::store::Kept;

/// Searches at once; the others wait, and leave the connections to who needs no search.
const SEARCHES: usize = 2;

/// A store in one database.
pub(in crate::store) struct Sql {
    /// For what only reads.
    read: Pool<Db>,
    /// For what writes.
    write: Pool<Db>,
    /// Tells this process of commits.
    committed: std::sync::Arc<Notify>,
    /// Tells other nodes.
    wake: Wake,
    /// Turns to search.
    searches: Semaphore,
}

impl Sql {
    /// Over these connections.
    pub(super) fn new(
        read: Pool<Db>,
        write: Pool<Db>,
        committed: std::sync::Arc<Notify>,
        wake: Wake,
    ) -> Self {
        Self {
            read,
            write,
            committed,
            wake,
            searches: Semaphore::new(SEARCHES),
        }
    }

    /// After a commit that logged something. The permit is for a follower that is not waiting just now.
    fn tell(&self) {
        self.committed.notify_waiters();
        self.committed.notify_one();
        self.wake.others();
    }
}

/// A row that can be read. One that cannot is logged and left out, so that it hides no other.
fn readable<T>(row: Kept<T>) -> Option<T> {
    row.inspect_err(|error| tracing::error!(%error, "a row is left out"))
        .ok()
}
