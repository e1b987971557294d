//! `softphone.toml`, checked. Every fault says its line and what to write instead.

mod account;
mod crm;
mod document;
mod fault;
mod for_tests;
mod load;
mod reader;
mod secrets;
mod service;
mod summary;
mod values;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use exotel::Secret;
use exotel::config::Hosts;
use protocol::session::Role;

pub use fault::{Fault, Faults, Place};
pub use for_tests::{HOOKS_SECRET, sandbox_hosts};
pub use load::{load, read};
pub use summary::Summary;

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// What browsers and the vendor call it: `https://phone.example`, without a path.
    pub public_origin: String,
    /// TLS by files; without, a proxy in front does it.
    pub tls: Option<Tls>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// What is kept, and where.
    pub store: StoreConfig,
    /// Folder of the built widget; the embedded one if none.
    pub www: Option<PathBuf>,
    /// The vendor's account.
    pub vendor: VendorConfig,
    /// Webhooks.
    pub hooks: HooksConfig,
    /// Whom to connect when nobody knows.
    pub dial_whom: DialWhomConfig,
    /// Agents' phones.
    pub phone: PhoneConfig,
    /// Sessions and origins.
    pub sessions: SessionsConfig,
    /// How long what is kept.
    pub retention: RetentionConfig,
    /// Calls without an end.
    pub reconcile: ReconcileConfig,
    /// How many may be connected.
    pub connections: ConnectionsConfig,
    /// Who may see figures.
    pub metrics: MetricsConfig,
    /// Where CRMs are told of calls.
    pub crm_webhooks: Vec<CrmWebhook>,
}

/// Certificate and key, PEM.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The key.
    pub key: PathBuf,
}

/// Which store.
#[derive(Clone, Debug)]
pub enum StoreConfig {
    /// One file on this machine.
    Sqlite(PathBuf),
    /// A PostgreSQL URL. It may hold a password.
    Postgres(Secret),
}

/// The vendor's account: one customer, one app.
#[derive(Clone, Debug)]
pub struct VendorConfig {
    /// Where the APIs are.
    pub hosts: Hosts,
    /// The account's sid.
    pub account_sid: String,
    /// API key and token of the account (subscribers, call details).
    pub api_key: Option<exotel::ApiKey>,
    /// GreenPin's own user and password.
    pub greenpin: Option<exotel::GreenPinLogin>,
    /// The customer's id and secret.
    pub customer: Option<(String, Secret)>,
    /// The app's id and secret.
    pub app: (String, Secret),
    /// What installing writes besides the webhooks.
    pub app_settings: AppSettings,
    /// The account's time zone, minutes east of UTC: what the vendor's times without a zone mean.
    pub time_zone: i16,
    /// The longest wait for an answer.
    pub timeout: Duration,
}

/// The app's settings that are no webhooks; what is none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppSettings {
    /// Whether outbound calls are recorded.
    pub record: Option<bool>,
    /// `wss` URL to which a call's audio is streamed. It may hold a secret.
    pub streaming: Option<Secret>,
    /// URL of audio that the agent hears until the call connects. It may hold a secret.
    pub playback: Option<Secret>,
}

/// Webhooks.
#[derive(Clone, Debug)]
pub struct HooksConfig {
    /// One or two live secrets of the path, at least 22 characters of base64url (128 bits) each. The first is written
    /// into the account by "install webhooks".
    pub secrets: Vec<Secret>,
    /// User and password that the platform must send besides; for push notifications always needed.
    pub basic: Vec<(String, Secret)>,
}

/// Whom to connect when nobody knows.
#[derive(Clone, Debug)]
pub struct DialWhomConfig {
    /// A subscriber's name.
    pub fallback: Option<String>,
    /// Bare text or JSON, unless the path says.
    pub json: bool,
    /// Until when the store may answer.
    pub deadline: Duration,
}

/// Agents' phones.
#[derive(Clone, Debug)]
pub struct PhoneConfig {
    /// WebSocket addresses of the SIP edge, best first.
    pub servers: Vec<String>,
    /// STUN URLs.
    pub stun: Vec<String>,
    /// TURN.
    pub turn: Option<TurnConfig>,
    /// ISO 3166 alpha-2: how numbers without a country are read.
    pub country: String,
    /// Roles below this see masked numbers.
    pub whole_numbers_from: Role,
    /// Words an agent may choose after a call.
    pub dispositions: Vec<String>,
    /// Calls one agent may place in a minute.
    pub calls_per_minute: u32,
    /// Whether the page may reach any SIP edge, not only `servers`: for demos and tests, through the connect form.
    pub any_server: bool,
    /// Whether agents may dial SIP addresses directly.
    pub direct_calls: bool,
    /// Turn the `sip` device on when a shift begins and off at sign-out.
    pub device_follows_session: bool,
    /// A number or SIP address that sends back what it hears: agents test their equipment with it.
    pub echo: Option<String>,
}

/// TURN servers that share a secret with us (coturn's `static-auth-secret`).
#[derive(Clone, Debug)]
pub struct TurnConfig {
    /// `turn:` and `turns:` URLs.
    pub urls: Vec<String>,
    /// The shared secret.
    pub secret: Secret,
    /// How long a credential is good.
    pub ttl: Duration,
}

/// Sessions and origins.
#[derive(Clone, Debug)]
pub struct SessionsConfig {
    /// Origins that may embed the widget.
    pub embed_origins: Vec<String>,
    /// A session ends so long after its last use.
    pub idle: Duration,
    /// And so long after it began, used or not.
    pub longest: Duration,
    /// Wrong passwords for one name in 15 minutes; [`crate::auth::PEOPLE_PER_ADDRESS`] times as many from one address.
    pub tries: u32,
}

/// How long what is kept.
#[derive(Clone, Debug)]
pub struct RetentionConfig {
    /// Events and webhooks.
    pub events: Duration,
    /// Calls, notes, feedback.
    pub calls: Duration,
    /// Audit records.
    pub audit: Duration,
    /// Uploaded logs.
    pub logs: Duration,
}

/// Calls without an end.
#[derive(Clone, Debug)]
pub struct ReconcileConfig {
    /// How often to look; zero for never.
    pub every: Duration,
    /// Ask only about calls that have been silent for so long.
    pub silent: Duration,
    /// Requests in a minute, under the account's 200.
    pub per_minute: u32,
}

/// How many may be connected at once.
#[derive(Clone, Debug)]
pub struct ConnectionsConfig {
    /// In all.
    pub most: u32,
    /// From one address, or one /64 of IPv6. Trusted proxies are exempt.
    pub per_address: u32,
}

/// A receiver of signed webhooks.
#[derive(Clone, Debug)]
pub struct CrmWebhook {
    /// What it is called in records and on screens.
    pub name: String,
    /// Where it is.
    pub url: Secret,
    /// Keys of the signature, as bytes in Base64: one, or two while one takes the other's place.
    pub secrets: Vec<Secret>,
    /// What it is told.
    pub events: Vec<protocol::crm_webhooks::CrmNews>,
    /// Whether it may be in a private network, and without TLS.
    pub private: bool,
}

/// Figures.
#[derive(Clone, Debug)]
pub struct MetricsConfig {
    /// The addresses that may ask for `/metrics`.
    pub allow: Vec<std::net::IpAddr>,
}
