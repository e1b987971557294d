//! Going down in order.
//!
//! ```text
//! SERVING -- begin --> DRAINING -- a few seconds --> CLOSING -- all quiet, or 30 s --> CUT
//! ```
//! While draining, `/readyz` says 503, new streams are refused, open ones end with their cursor, and each answer asks its
//! peer to connect anew: a connection that was simply closed might be losing a request that is on its way. Closing takes
//! no more connections and lets requests finish. What is left then is cut: readers come back by their cursor, senders send
//! again.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio_util::sync::{CancellationToken, WaitForCancellationFuture};
use tokio_util::task::TaskTracker;

use crate::App;

/// Everyone's view of going down, and the tasks that it waits for. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Drain {
    draining: CancellationToken,
    closing: CancellationToken,
    cut: CancellationToken,
    tasks: TaskTracker,
}

/// How patiently to go down.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Streams end spread over so long, and connections are accepted for so long, so that whoever asks `/readyz` hears it.
    pub spread: Duration,
    /// What is left then is cut.
    pub longest: Duration,
}

impl Patience {
    /// For SIGTERM: others take over meanwhile.
    pub const PLANNED: Self = Self {
        spread: Duration::from_secs(3),
        longest: Duration::from_secs(30),
    };
    /// For Ctrl-C: somebody waits at the terminal.
    pub const AT_ONCE: Self = Self {
        spread: Duration::ZERO,
        longest: Duration::from_secs(5),
    };
}

impl Drain {
    /// Serving.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it is going down.
    pub fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Ends when it begins to go down.
    pub fn begun(&self) -> WaitForCancellationFuture<'_> {
        self.draining.cancelled()
    }

    /// Ends when idle connections are closed.
    pub fn closing(&self) -> WaitForCancellationFuture<'_> {
        self.closing.cancelled()
    }

    /// Runs `task` until it ends by itself or is cut. Going down waits for it.
    pub fn spawn<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let cut = self.cut.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = task => {}
                () = cut.cancelled() => {}
            }
        });
    }

    /// Runs `task` until going down begins: for work that may stop anywhere.
    pub fn spawn_while_serving<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let draining = self.draining.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = task => {}
                () = draining.cancelled() => {}
            }
        });
    }

    /// Runs `task` until all is over. Nothing waits for it: for what others need to the last.
    pub fn spawn_to_the_end<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let cut = self.cut.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                () = cut.cancelled() => {}
            }
        });
    }

    /// Begins to go down.
    pub fn begin(&self) {
        self.draining.cancel();
    }

    /// Cuts everything now.
    pub fn cut(&self) {
        self.begin();
        self.cut.cancel();
    }

    /// Closes, and returns when every task has ended, at the latest after `longest`.
    pub async fn finish(&self, longest: Duration) {
        self.begin();
        self.closing.cancel();
        self.tasks.close();
        if tokio::time::timeout(longest, self.tasks.wait()).await.is_err() {
            tracing::warn!(left = self.tasks.len(), "cut what did not end in time");
        }
        self.cut.cancel();
        self.tasks.wait().await;
    }
}

/// Around every route: while draining, an answer is the last of its connection.
pub async fn last_answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if app.drain.is_draining() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_ends_by_itself_is_waited_for_and_the_rest_is_cut() {
        let drain = Drain::new();
        let (done, ended) = tokio::sync::oneshot::channel();
        let watch = drain.clone();
        drain.spawn(async move {
            watch.begun().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            done.send(()).unwrap();
        });
        drain.spawn(std::future::pending());
        drain.finish(Duration::from_millis(500)).await;
        assert!(ended.await.is_ok(), "an orderly task was not waited for");
    }
}
