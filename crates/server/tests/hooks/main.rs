//! Webhooks over real HTTP into a real store: every sample, every fault, and what follows.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod addresses;
mod admin;
mod door;
mod greenpin;
mod kept;
mod platform;
#[allow(dead_code, reason = "each test file uses its own part")]
#[path = "../support/postgres.rs"]
mod postgres;
mod push;
mod samples;
mod settling;
mod story;
#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
#[path = "../support/sandbox.rs"]
mod vendor;

use axum::http::StatusCode;
use server::config::HOOKS_SECRET;
use server::store::{Audience, Delivery, LoggedEvent};
use support::server::TestServer;

/// What tests of webhooks do with a server.
impl TestServer {
    /// The address of a webhook, behind the right secret.
    fn hook(&self, kind: &str) -> String {
        self.url(&format!("/hooks/{HOOKS_SECRET}/{kind}"))
    }

    /// Posts JSON and gives the answer's status.
    async fn post(&self, kind: &str, body: impl Into<reqwest::Body>) -> StatusCode {
        let request = self.http.post(self.hook(kind)).body(body);
        let answer = request.header("content-type", "application/json").send();
        answer.await.unwrap().status()
    }

    /// All webhooks that were kept, oldest first.
    async fn kept(&self) -> Vec<Delivery> {
        let mut all = Vec::new();
        while let Some(page) = self.page_before(all.last().map(|last: &Delivery| last.id)).await {
            all.extend(page);
        }
        all.reverse();
        all
    }

    async fn page_before(&self, before: Option<i64>) -> Option<Vec<Delivery>> {
        let page = self.app.store.deliveries(before, 500).await.unwrap();
        (!page.is_empty()).then_some(page)
    }

    /// The whole log.
    async fn log(&self) -> Vec<LoggedEvent> {
        let (mut all, mut last) = (Vec::new(), 0);
        loop {
            let page = self.app.store.events_after(last, &Audience::Server, 500);
            let page = page.await.unwrap();
            let Some(newest) = page.last() else { return all };
            last = newest.seq;
            all.extend(page);
        }
    }
}
