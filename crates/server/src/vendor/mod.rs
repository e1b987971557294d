//! The one client of the vendor's APIs.

use std::sync::Arc;

use crate::config::Config;
use crate::ops::Metrics;
use crate::store::Store;

/// Sends requests, keeps tokens, records changes.
pub struct Vendor {
    store: Arc<dyn Store>,
    metrics: Metrics,
}

impl Vendor {
    /// For the account of `config`.
    pub fn new(config: &Config, store: Arc<dyn Store>, metrics: Metrics) -> Self {
        let _ = config;
        Self { store, metrics }
    }

    /// Where changes are recorded.
    pub fn store(&self) -> &dyn Store {
        let _ = &self.metrics;
        self.store.as_ref()
    }
}
