//! Telling CRMs of calls by signed webhooks (standardwebhooks.com). docs/webhooks.md is for whoever receives them.
//!
//! ```text
//! event log -> tell: messages, and how far the log has been told, in one transaction -> outgoing -> post -> 2xx: done
//!                                                                         410: off       else: later and later, for a day
//! ```
//! | file | holds |
//! |---|---|
//! | `tell` | what of the log is told to whom |
//! | `post` | sending, and what comes of it |
//! | `wire` | one request: where it may go, how long it may take |
//! | `sign` | the signature; pure |
//! | `pace` | when to try again, when to give up; pure |
//! | `address` | which addresses are public; pure |
//!
//! One node of many does it, one step after the other: words of a thing that is being sent are never mixed with newer ones. A node that dies between sending and writing down sends once more, with the same
//! `webhook-id`: receivers drop what they know.

mod address;
mod pace;
mod post;
mod sign;
mod tell;
mod wire;

use std::time::Duration;

pub use address::is_public;
pub use pace::A_DAY;

use crate::store::Kept;
use crate::{App, clock};

/// The lease's name.
const LEASE: &str = "crm";
/// How long a node that died is waited for.
const TURN: protocol::Millis = 120_000;
/// The longest pause between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Tells until going down begins, if there is anybody to tell. The next node takes over at once then; after one that
/// died it waits for the lease.
pub async fn run(app: App) {
    if app.config.crm_webhooks.is_empty() {
        return;
    }
    let holder = format!("{:08x}", getrandom::u32().unwrap_or(std::process::id()));
    let served = tokio::select! {
        () = serve(&app, &holder) => Ok(true),
        () = app.drain.begun() => app.store.lease(LEASE, &holder, clock::now(), 0).await,
    };
    if let Err(error) = served {
        tracing::warn!(%error, "the next node tells CRMs once this one's lease is over");
    }
}

async fn serve(app: &App, holder: &str) {
    let wires = wire::Wires::new(&app.config.crm_webhooks);
    let mut held_until = 0;
    loop {
        let now = clock::now();
        if now > held_until - TURN / 2 {
            match app.store.lease(LEASE, holder, now, now + TURN).await {
                Ok(true) => held_until = now + TURN,
                Ok(false) => held_until = 0,
                Err(error) => tracing::error!(%error, "the store failed; CRMs are told later"),
            }
        }
        if clock::now() < held_until
            && let Err(error) = turn(app, &wires).await
        {
            tracing::error!(%error, "the store failed; CRMs are told later");
        }
        let _ = tokio::time::timeout(PAUSE, app.crm.notified()).await;
    }
}

/// Takes up what is new, and sends what is due.
async fn turn(app: &App, wires: &wire::Wires) -> Kept<()> {
    tell::tell(app).await?;
    post::post(app, wires).await
}
