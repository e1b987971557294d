//! The series and their names.

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// One label of a word of ours.
type One = Family<[(&'static str, &'static str); 1], Counter>;
/// Two such labels.
type Two = Family<[(&'static str, &'static str); 2], Counter>;
/// Route template and status.
type Requests = Family<[(&'static str, String); 2], Counter>;

/// From half a millisecond to ten seconds.
const SECONDS: [f64; 14] = [
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Writes of one transaction.
const WRITES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 32.0, 128.0, 256.0, 512.0];

/// Every series, and the registry that prints them.
#[derive(Debug)]
pub(super) struct Series {
    registry: Registry,
    pub(super) hooks: Two,
    pub(super) commit_writes: Histogram,
    pub(super) commit_seconds: Histogram,
    pub(super) commit_failures: Counter,
    pub(super) streams_open: Gauge,
    pub(super) events_pushed: Counter,
    pub(super) follow_seconds: Histogram,
    pub(super) follow_failures: Counter,
    pub(super) cuts: One,
    pub(super) vendor: Two,
    pub(super) vendor_seconds: Histogram,
    pub(super) dial_whom: One,
    pub(super) dial_whom_seconds: Histogram,
    pub(super) sign_ins: One,
    pub(super) requests: Requests,
    pub(super) request_seconds: Histogram,
}

impl Series {
    /// Registers all of them.
    pub(super) fn new() -> Self {
        let mut series = Self {
            registry: Registry::with_prefix("softphone"),
            hooks: Family::default(),
            commit_writes: Histogram::new(WRITES),
            commit_seconds: Histogram::new(SECONDS),
            commit_failures: Counter::default(),
            streams_open: Gauge::default(),
            events_pushed: Counter::default(),
            follow_seconds: Histogram::new(SECONDS),
            follow_failures: Counter::default(),
            cuts: Family::default(),
            vendor: Family::default(),
            vendor_seconds: Histogram::new(SECONDS),
            dial_whom: Family::default(),
            dial_whom_seconds: Histogram::new(SECONDS),
            sign_ins: Family::default(),
            requests: Family::default(),
            request_seconds: Histogram::new(SECONDS),
        };
        series.register();
        series
    }

    fn register(&mut self) {
        // A counter's name gets `_total` when it is printed.
        macro_rules! register {
            ($($field:ident: $help:literal),* $(,)?) => {
                $(self.registry.register(stringify!($field), $help, self.$field.clone());)*
            };
        }
        register! {
            hooks: "Webhooks by kind and result",
            commit_writes: "Messages in one transaction",
            commit_seconds: "Time of one transaction",
            commit_failures: "Transactions that failed",
            streams_open: "Event streams that are open on this node",
            events_pushed: "Events handed to streams",
            follow_seconds: "From logging an event to handing it to this node's streams",
            follow_failures: "Reads of the log that failed",
            cuts: "Connections that were cut by reason",
            vendor: "Requests to the vendor by operation and result",
            vendor_seconds: "Time until the vendor answered",
            dial_whom: "Dial-whom questions by what answered them",
            dial_whom_seconds: "Time until a dial-whom question was answered",
            sign_ins: "Tries to sign in by result",
            requests: "Requests by route and status",
            request_seconds: "Time until an answer began",
        }
    }

    /// Prometheus text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String does not fail; if it did, half a page is better than none.
        if encode(&mut text, &self.registry).is_err() {
            tracing::error!("the figures could not be printed whole");
        }
        text
    }
}
