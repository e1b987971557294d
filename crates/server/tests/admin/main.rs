//! What admins and supervisors ask, over real HTTP, with the sandbox as the vendor.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod floor;
mod greenpin;
mod jobs;
mod keys;
mod policy;
mod refusals;
mod set_up;
mod subscribers;
#[path = "../support/mod.rs"]
mod support;
mod users;
#[allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
#[path = "../support/sandbox.rs"]
mod vendor;

use std::sync::Arc;

use protocol::problem::Problem;
use protocol::session::Role;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;
use server::config::{Config, HOOKS_SECRET};

use support::server::{Signed, TestServer};
use vendor::Vendor;

/// A server, its vendor, an admin.
struct Desk {
    vendor: Arc<Vendor>,
    server: TestServer,
    boss: Signed,
}

impl Desk {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(tweak: impl FnOnce(&mut Config)) -> Self {
        let vendor = Arc::new(Vendor::start().await);
        let server = TestServer::start(|config| {
            vendor.configure(config);
            tweak(config);
        })
        .await;
        let boss = server.signed_in("boss", Role::Admin, None).await;
        Self { vendor, server, boss }
    }

    /// Another server over the same records, once this one is gone.
    async fn restarted(self) -> Self {
        let Self { vendor, server, boss } = self;
        let dir = Arc::clone(&server.dir);
        server.stop(server::ops::Patience::AT_ONCE).await;
        let server = TestServer::start_in(dir, |config| vendor.configure(config)).await;
        Self { vendor, server, boss }
    }

    /// Status and text of an answer, which holds none of the vendor's secrets.
    async fn said(&self, method: Method, path: &str, body: Option<Value>) -> (u16, String) {
        let mut request = self.server.request(method, path, &self.boss);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        let mut secrets = self.vendor.secrets();
        secrets.push(HOOKS_SECRET.to_owned());
        for secret in secrets {
            assert!(!text.contains(&secret), "{path} shows a secret: {text}");
        }
        (status, text)
    }

    /// The answer to a request that succeeds.
    async fn ask<T: DeserializeOwned>(&self, method: Method, path: &str, body: Option<Value>) -> T {
        let (status, text) = self.said(method.clone(), path, body).await;
        assert_eq!(status, 200, "{method} {path}: {text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        self.ask(Method::GET, path, None).await
    }

    /// Status and problem of a request that is refused.
    async fn refused(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Problem) {
        let (status, text) = self.said(method.clone(), path, body).await;
        let problem = serde_json::from_str(&text);
        let problem: Problem = problem.unwrap_or_else(|_| panic!("{method} {path}: {status} {text}"));
        assert!(
            problem.message.ends_with('.') || problem.code == "not_confirmed",
            "{problem:?}"
        );
        (status, problem)
    }

    /// What was recorded, newest first: who, what, target, result.
    async fn records(&self) -> Vec<(String, String, String, String)> {
        let records = self.server.app.store.audit(None, 100).await.unwrap();
        let words = records.into_iter().map(|stored| stored.record);
        words.map(|it| (it.who, it.what, it.target, it.result)).collect()
    }
}
