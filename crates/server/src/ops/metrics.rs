//! Figures for `/metrics`, Prometheus text. Labels are words of ours; never a number, a name or an id.

mod series;

use std::sync::Arc;
use std::time::Duration;

use series::Series;

/// All figures. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Series>);

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        Self(Arc::new(Series::new()))
    }

    /// A webhook of `kind` came; `result` is `fresh`, `repeated`, `unread`, `refused` or `failed`.
    pub fn hook(&self, kind: &'static str, result: &'static str) {
        let labels = [("kind", kind), ("result", result)];
        self.0.hooks.get_or_create(&labels).inc();
    }

    /// A batch of `writes` became durable after `took`.
    pub fn committed(&self, writes: usize, took: Duration) {
        self.0.commit_writes.observe(writes as f64);
        self.0.commit_seconds.observe(took.as_secs_f64());
    }

    /// A batch could not be kept.
    pub fn commit_failed(&self) {
        self.0.commit_failures.inc();
    }

    /// A stream was opened. It counts as open until the guard is dropped.
    pub fn stream_opened(&self) -> OpenStream {
        self.0.streams_open.inc();
        OpenStream(Arc::clone(&self.0))
    }

    /// Events were handed to a stream.
    pub fn pushed(&self, events: usize) {
        self.0.events_pushed.inc_by(events as u64);
    }

    /// The follower has read an event that was logged `ago`.
    pub fn followed(&self, ago: Duration) {
        self.0.follow_seconds.observe(ago.as_secs_f64());
    }

    /// The follower could not read the log.
    pub fn follow_failed(&self) {
        self.0.follow_failures.inc();
    }

    /// A connection was cut; `why` is `slow_reader`, `slow_header`, `handshake` or `no_room`.
    pub fn cut(&self, why: &'static str) {
        self.0.cuts.get_or_create(&[("why", why)]).inc();
    }

    /// The vendor answered, or did not, after `took`; `result` is `done` or a word of
    /// [`VendorError::label`](crate::vendor::VendorError::label).
    pub fn vendor(&self, operation: &'static str, result: &'static str, took: Duration) {
        let labels = [("operation", operation), ("result", result)];
        self.0.vendor.get_or_create(&labels).inc();
        self.0.vendor_seconds.observe(took.as_secs_f64());
    }

    /// A dial-whom question was answered after `took`; `result` is `context`, `fallback`, `deadline` or `nobody`.
    pub fn dial_whom(&self, result: &'static str, took: Duration) {
        self.0.dial_whom.get_or_create(&[("result", result)]).inc();
        self.0.dial_whom_seconds.observe(took.as_secs_f64());
    }

    /// Somebody tried to sign in; `result` is `ok`, `wrong`, `limited` or `failed`.
    pub fn sign_in(&self, result: &'static str) {
        self.0.sign_ins.get_or_create(&[("result", result)]).inc();
    }

    /// A request to `route` (its template) was answered with `status` after `took`.
    pub fn request(&self, route: &str, status: u16, took: Duration) {
        let labels = [("route", route.to_owned()), ("status", status.to_string())];
        self.0.requests.get_or_create(&labels).inc();
        self.0.request_seconds.observe(took.as_secs_f64());
    }

    /// The text for Prometheus.
    pub fn text(&self) -> String {
        self.0.text()
    }
}

/// Counts a stream as open while it lives.
#[derive(Debug)]
pub struct OpenStream(Arc<Series>);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.streams_open.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_appear_in_the_text() {
        let metrics = Metrics::new();
        metrics.hook("popup", "fresh");
        metrics.committed(3, Duration::from_millis(2));
        metrics.request("/api/calls/{sid}", 200, Duration::from_millis(1));
        let stream = metrics.stream_opened();
        let open = metrics.text();
        drop(stream);
        for line in [
            r#"softphone_hooks_total{kind="popup",result="fresh"} 1"#,
            "softphone_commit_writes_count 1",
            r#"softphone_requests_total{route="/api/calls/{sid}",status="200"} 1"#,
            "softphone_streams_open 1",
        ] {
            assert!(open.contains(line), "{line} is missing from\n{open}");
        }
        assert!(metrics.text().contains("softphone_streams_open 0"));
    }
}
