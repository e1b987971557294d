//! Waiting for the outside world: patient, polled, and clear about what did not happen.

use std::time::{Duration, Instant};

/// How long anything may take before a story fails. Generous: two slow cores share it with a browser.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Poll `probe` until it yields a value; panics with `what` after [`PATIENCE`].
pub(crate) async fn until<T>(what: &str, probe: impl AsyncFnMut() -> Option<T>) -> T {
    within(PATIENCE, what, probe).await
}

/// The same with another patience.
pub(crate) async fn within<T>(
    patience: Duration,
    what: &str,
    mut probe: impl AsyncFnMut() -> Option<T>,
) -> T {
    let end = Instant::now() + patience;
    loop {
        if let Some(value) = probe().await {
            return value;
        }
        assert!(Instant::now() < end, "waited {} s for {what}", patience.as_secs());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Let the world run on for a while.
pub(crate) async fn pass(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
