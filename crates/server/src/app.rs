//! All that handlers share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::admin::apps;
use crate::admin::policy::Held;
use crate::auth::Auth;
use crate::config::{Config, StoreConfig};
use crate::events::{Hub, Writer};
use crate::hooks::Agents;
use crate::ops::{Drain, Metrics, Pulse};
use crate::phone::placing::Placing;
use crate::phone::rate::AgentRate;
use crate::store::Store;
use crate::vendor::Vendor;

/// The server's parts. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// See [`App`].
pub struct Parts {
    /// How it was started.
    pub config: Config,
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// The one way to change calls and the log.
    pub writer: Writer,
    /// Where streams wait for the log.
    pub hub: Hub,
    /// Accounts, sessions, limits.
    pub auth: Auth,
    /// The vendor's APIs.
    pub vendor: Vendor,
    /// Calls that are being placed.
    pub placing: Placing,
    /// Reports of legs of calls that nobody else has named.
    pub early_legs: AgentRate,
    /// Uploads of log lines.
    pub uploads: AgentRate,
    /// What whom is allowed.
    pub policy: Arc<Held>,
    /// Rung when a job is to be run.
    pub jobs: Notify,
    /// Rung when CRMs may have something to be told.
    pub crm: Notify,
    /// Agents by their addresses.
    pub agents: Agents,
    /// Figures for `/metrics`.
    pub metrics: Metrics,
    /// Whether the store does its work.
    pub pulse: Pulse,
    /// When to stop, and what going down waits for.
    pub drain: Drain,
}

impl App {
    /// Puts the parts together and starts what runs beside requests (the writer, the follower, reconciliation,
    /// housekeeping). They end when [`Parts::drain`] says so.
    pub async fn start(config: Config, store: Arc<dyn Store>) -> Result<Self, crate::store::StoreError> {
        let metrics = Metrics::new();
        let drain = Drain::new();
        let writer = Writer::start(Arc::clone(&store), metrics.clone());
        let poll = follow_every(&config.store);
        let hub = Hub::start(Arc::clone(&store), metrics.clone(), &drain, poll).await?;
        let auth = Auth::new(&config, Arc::clone(&store));
        let vendor = Vendor::new(&config, Arc::clone(&store), metrics.clone());
        let customer = config.vendor.customer.as_ref().map(|(_, secret)| secret);
        apps::restore(store.as_ref(), &vendor, customer, &config.vendor.app).await?;
        let policy = Held::load(store.as_ref(), &config.phone).await?;
        Ok(Self(Arc::new(Parts {
            config,
            store,
            writer,
            hub,
            auth,
            vendor,
            placing: Placing::default(),
            early_legs: AgentRate::default(),
            uploads: AgentRate::default(),
            policy: Arc::new(policy),
            jobs: Notify::new(),
            crm: Notify::new(),
            agents: Agents::default(),
            metrics,
            pulse: Pulse::default(),
            drain,
        })))
    }
}

/// How often the log is looked at without a wake-up. Another node's may be lost; our own process loses none.
fn follow_every(store: &StoreConfig) -> Duration {
    match store {
        StoreConfig::Sqlite(_) => Duration::from_secs(1),
        StoreConfig::Postgres(_) => Duration::from_millis(100),
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
