//! A configuration to start tests from.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;

use exotel::config::{Base, Hosts, Region};
use exotel::{ApiKey, GreenPinLogin, Secret};
use protocol::session::Role;

use super::{
    AppSettings, Config, ConnectionsConfig, DialWhomConfig, HooksConfig, MetricsConfig, PhoneConfig,
    ReconcileConfig, RetentionConfig, SessionsConfig, StoreConfig, VendorConfig,
};

/// The secret of the webhooks' path in [`Config::for_tests`].
pub const HOOKS_SECRET: &str = "test-hooks-secret-of-the-path";

const DAY: Duration = Duration::from_secs(24 * 3600);

impl Config {
    /// SQLite in `dir`, any free port of this machine, `https://phone.test` as origin. `vendor_base` is the origin of a
    /// sandbox, such as `http://127.0.0.1:8080`; without, nobody answers there. Credentials are made up: fields are
    /// public, change what the test is about.
    pub fn for_tests(dir: &Path, vendor_base: Option<&str>) -> Self {
        let base = vendor_base.unwrap_or("http://127.0.0.1:9");
        Self {
            listen: ([127, 0, 0, 1], 0).into(),
            public_origin: "https://phone.test".to_owned(),
            tls: None,
            trusted_proxies: Vec::new(),
            store: StoreConfig::Sqlite(dir.join("softphone.sqlite")),
            www: None,
            vendor: VendorConfig {
                hosts: sandbox_hosts(base),
                account_sid: "exoteldemo".to_owned(),
                api_key: Some(ApiKey {
                    key: Secret::from("test-api-key"),
                    token: Secret::from("test-api-token"),
                }),
                greenpin: Some(GreenPinLogin {
                    user: Secret::from("test-greenpin-user"),
                    password: Secret::from("test-greenpin-password"),
                }),
                customer: Some(("test-customer".to_owned(), Secret::from("test-customer-secret"))),
                app: ("test-app".to_owned(), Secret::from("test-app-secret")),
                app_settings: AppSettings::default(),
                time_zone: exotel::IST,
                timeout: Duration::from_secs(10),
            },
            hooks: HooksConfig {
                secrets: vec![Secret::from(HOOKS_SECRET)],
                basic: Vec::new(),
            },
            dial_whom: DialWhomConfig {
                fallback: Some("meera".to_owned()),
                json: false,
                deadline: Duration::from_millis(250),
            },
            phone: PhoneConfig {
                servers: vec![edge_of(base)],
                stun: Vec::new(),
                turn: None,
                country: "IN".to_owned(),
                whole_numbers_from: Role::Agent,
                dispositions: vec!["Sold".to_owned(), "Call again".to_owned()],
                calls_per_minute: 30,
                any_server: false,
                direct_calls: true,
                device_follows_session: false,
                echo: None,
            },
            sessions: SessionsConfig {
                embed_origins: vec!["https://crm.test".to_owned()],
                idle: DAY / 2,
                longest: DAY,
                tries: 10,
            },
            retention: RetentionConfig {
                events: 30 * DAY,
                calls: 365 * DAY,
                audit: 365 * DAY,
                logs: 14 * DAY,
            },
            reconcile: ReconcileConfig {
                every: Duration::ZERO,
                silent: Duration::from_secs(120),
                per_minute: 150,
            },
            connections: ConnectionsConfig {
                most: 30_000,
                per_address: 2_000,
            },
            metrics: MetricsConfig {
                allow: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            },
            crm_webhooks: Vec::new(),
        }
    }
}

/// Where a sandbox at `origin` has the APIs. An address that is none leaves India's.
pub fn sandbox_hosts(origin: &str) -> Hosts {
    let mut hosts = Hosts::of(Region::Mumbai);
    let places = [
        (&mut hosts.integrations, "/v2/integrations"),
        (&mut hosts.subscribers, "/v2"),
        (&mut hosts.miles, "/v2"),
        (&mut hosts.greenpin, "/v1"),
        (&mut hosts.voice_v1, "/v1"),
        (&mut hosts.voice_v3, "/v3"),
    ];
    for (place, path) in places {
        if let Ok(base) = Base::new(&format!("{origin}{path}")) {
            *place = base;
        }
    }
    hosts.sip_edge = edge_of(origin);
    hosts.sip_domain = "sandbox.test".to_owned();
    hosts
}

fn edge_of(origin: &str) -> String {
    format!("{}/sip", origin.replacen("http", "ws", 1))
}
