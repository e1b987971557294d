//! The vendor's client against a vendor that breaks in every way, over real HTTP and with a real store.

#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test may panic; its stand-in reads best with values"
)]

mod changes;
mod scripted;
mod tokens;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use exotel::integrations::{DeviceName, OutboundCall, SetDevice};
use server::config::Config;
use server::ops::Metrics;
use server::store::{Store, StoredAudit};
use server::vendor::Vendor;
use tempfile::TempDir;

/// The server's client of the vendor at `origin`.
struct Client {
    vendor: Arc<Vendor>,
    store: Arc<dyn Store>,
    _dir: TempDir,
}

/// A secret that must be seen by nobody but the vendor.
const CANARY: &str = "canary-c0ffee-secret";
/// A number, likewise.
const NUMBER: &str = "+919811111003";

const TOKEN: &str = "POST /v2/integrations/token";
const USER: &str = "GET /v2/integrations/usermapping?user_id=asha";
const CALL: &str = "POST /v2/integrations/call/outbound_call";
const DEVICE: &str = "PUT /v2/integrations/device";

impl Client {
    async fn new(origin: &str) -> Self {
        Self::with(origin, |_| {}).await
    }

    async fn with(origin: &str, tweak: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = config(dir.path(), origin);
        tweak(&mut config);
        let store = server::store::open(&config.store).await.unwrap();
        let vendor = Arc::new(Vendor::new(&config, Arc::clone(&store), Metrics::new()));
        let _dir = dir;
        Self { vendor, store, _dir }
    }

    /// The records of changes, newest first.
    async fn audit(&self) -> Vec<StoredAudit> {
        self.store.audit(None, 100).await.unwrap()
    }
}

fn config(dir: &Path, origin: &str) -> Config {
    let mut config = Config::for_tests(dir, Some(origin));
    config.vendor.app = ("app1".to_owned(), exotel::Secret::from(CANARY));
    config.vendor.timeout = Duration::from_secs(2);
    config
}

fn outbound_call() -> OutboundCall {
    OutboundCall {
        customer_id: "customer1".to_owned(),
        app_id: "app1".to_owned(),
        to: NUMBER.into(),
        user_id: "asha".to_owned(),
    }
}

fn sip_on() -> SetDevice {
    SetDevice {
        user_id: "asha".to_owned(),
        device_name: Some(DeviceName::Sip),
        device_status: Some(true),
    }
}
