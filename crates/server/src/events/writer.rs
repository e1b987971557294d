//! Many messages, one transaction: whoever writes waits until their own write is durable.
//!
//! While one batch is on its way to the disk the next one gathers, so a busy server pays for fewer commits, and an idle
//! one waits for nobody.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};

use crate::ops::Metrics;
use crate::store::{Kept, Store, StoreError, Write, Written};

/// Writes of one transaction, at most. Also bounds its bytes, since a webhook's body has 64 KiB at most.
const BATCH: usize = 256;
/// Writes that may wait; the next writer waits for room.
const WAITING: usize = 4 * BATCH;

/// Sends writes to the store in batches. Cheap to clone; the task ends with the last clone.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
}

/// A write, and who waits for it.
struct Waiting {
    write: Write,
    answer: oneshot::Sender<Kept<Written>>,
}

impl Writer {
    /// Starts the task that commits.
    pub fn start(store: Arc<dyn Store>, metrics: Metrics) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(run(store, waiting, metrics));
        Self { queue }
    }

    /// Durable when this returns.
    ///
    /// # Errors
    /// The store failed: nothing of the write was kept, or, if the connection broke during the commit, perhaps all of
    /// it. The sender's repeat is then recognised by its key.
    pub async fn write(&self, write: Write) -> Kept<Written> {
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { write, answer };
        self.queue.send(waiting).await.map_err(|_| StoreError::Closed)?;
        answered.await.unwrap_or(Err(StoreError::Closed))
    }
}

/// Commits what waits until nobody can send any more.
async fn run(store: Arc<dyn Store>, mut waiting: mpsc::Receiver<Waiting>, metrics: Metrics) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let (writes, answers): (Vec<Write>, Vec<_>) = batch
            .drain(..)
            .map(|waiting| (waiting.write, waiting.answer))
            .unzip();
        let written = commit(store.as_ref(), &writes, &metrics).await;
        for (answer, written) in answers.into_iter().zip(written) {
            // Nobody there: the sender has gone away and will ask again.
            let _ = answer.send(written);
        }
    }
}

/// One transaction for all. If the database answers that something in it cannot be kept, one for each, so that a message
/// no database can hold harms only itself.
async fn commit(store: &dyn Store, writes: &[Write], metrics: &Metrics) -> Vec<Kept<Written>> {
    let begun = Instant::now();
    let failed = match store.commit(writes).await {
        Ok(written) => {
            metrics.committed(writes.len(), begun.elapsed());
            return written.into_iter().map(Ok).collect();
        }
        Err(error) => error,
    };
    metrics.commit_failed();
    if !failed.is_about_the_data() || writes.len() == 1 {
        return vec![Err(failed); writes.len()];
    }
    tracing::warn!(error = %failed, writes = writes.len(), "a batch was refused: writing one by one");
    let mut all = Vec::with_capacity(writes.len());
    for write in writes {
        let written = store.commit(std::slice::from_ref(write)).await;
        let gone = written.as_ref().is_err_and(|error| !error.is_about_the_data());
        all.push(written.map(|written| written.into_iter().next().unwrap_or(Written::Repeated)));
        if gone {
            break;
        }
    }
    // The database went away meanwhile: the rest shares the last answer.
    while all.len() < writes.len() {
        all.push(all.last().cloned().unwrap_or(Err(StoreError::Closed)));
    }
    all
}
