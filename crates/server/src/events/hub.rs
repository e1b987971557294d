//! Where streams wait.

use std::sync::Arc;

use crate::ops::Metrics;
use crate::store::{Kept, Store};

/// Hands each logged event to the streams of its audience on this node.
#[derive(Clone)]
pub struct Hub {
    store: Arc<dyn Store>,
    metrics: Metrics,
}

impl Hub {
    /// Starts the follower at the log's end.
    ///
    /// # Errors
    /// The log cannot be read.
    pub async fn start(store: Arc<dyn Store>, metrics: Metrics) -> Kept<Self> {
        store.log_bounds().await?;
        Ok(Self { store, metrics })
    }

    /// The log behind it.
    pub fn store(&self) -> &dyn Store {
        let _ = &self.metrics;
        self.store.as_ref()
    }
}
