//! The question that a caller waits for: over real HTTP and a real store, and with stores that are stuck.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

mod contexts;
mod questions;
mod stuck;

use serde_json::Value;
use server::config::HOOKS_SECRET;
use support::server::TestServer;

/// A backend's key, and the server that knows it.
struct Stage {
    server: TestServer,
    key: String,
}

impl Stage {
    async fn new(tweak: impl FnOnce(&mut server::config::Config)) -> Self {
        let server = TestServer::start(tweak).await;
        let key = server
            .app
            .auth
            .add_key("crm", server::clock::now())
            .await
            .unwrap();
        let key = key.unwrap().reveal().to_owned();
        Self { server, key }
    }

    /// `PUT /api/dial-contexts`: the status and the body.
    async fn put(&self, contexts: &Value) -> (u16, Value) {
        let request = self.server.http.put(self.server.url("/api/dial-contexts"));
        let request = request
            .bearer_auth(&self.key)
            .header("content-type", "application/json")
            .body(contexts.to_string());
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.text().await.unwrap();
        (status, serde_json::from_str(&body).unwrap_or_default())
    }

    /// Asks below `/hooks/<secret>`: the status and the body.
    async fn ask(&self, path_and_query: &str) -> (u16, String) {
        let url = self.server.url(&format!("/hooks/{HOOKS_SECRET}{path_and_query}"));
        let answer = self.server.http.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}
