//! A change that has begun goes on without the browser that asked for it: what the vendor did is recorded and kept, even
//! when nobody waits for the answer.

use axum::http::StatusCode;
use tokio::sync::oneshot;

use crate::{Answer, App, Refused};

/// Runs `work` to its end, and gives its answer to whoever still waits. Going down waits for it.
pub(super) async fn whole<T, W>(app: &App, work: impl FnOnce(App) -> W) -> Answer<T>
where
    T: Send + 'static,
    W: Future<Output = Answer<T>> + Send + 'static,
{
    let (say, said) = oneshot::channel();
    let work = work(app.clone());
    app.drain.spawn(async move {
        // Nobody may be there to hear it.
        let _ = say.send(work.await);
    });
    said.await.unwrap_or_else(|_| Err(cut_short()))
}

fn cut_short() -> Refused {
    let message = "The server went down meanwhile. Look whether it was done, before you try again.";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, "outcome_unknown", message)
}
