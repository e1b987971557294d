//! What an agent's phone and screens ask, over real HTTP, with the sandbox as the vendor and a real store.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod caller;
mod crm_log;
mod device;
mod history;
mod leaving;
mod numbers;
mod placing;
mod said;
mod setup;
mod turn;

#[path = "../support/sandbox.rs"]
#[allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
mod sandbox_support;
#[path = "../support/mod.rs"]
mod support;

use protocol::session::Role;
use reqwest::Method;
use serde_json::Value;
use server::config::Config;

use sandbox_support::Vendor;
use support::server::{Signed, TestServer};

/// A platform, a server in front of it, and Asha, signed in.
struct Desk {
    vendor: Vendor,
    server: TestServer,
    asha: Signed,
}

/// An answer: its status and its JSON body.
type Said = (u16, Value);

impl Desk {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(tweak: impl FnOnce(&mut Config)) -> Self {
        let vendor = Vendor::start().await;
        let server = TestServer::start(|config| {
            vendor.configure(config);
            tweak(config);
        })
        .await;
        let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
        Self { vendor, server, asha }
    }

    /// Somebody else, signed in.
    async fn also(&self, name: &str, role: Role, agent: Option<&str>) -> Signed {
        self.server.signed_in(name, role, agent).await
    }

    async fn get(&self, who: &Signed, path: &str) -> Said {
        said(self.server.request(Method::GET, path, who)).await
    }

    async fn send(&self, who: &Signed, method: Method, path: &str, body: &Value) -> Said {
        let request = self.server.request(method, path, who);
        let request = request.header("content-type", "application/json");
        said(request.body(body.to_string())).await
    }
}

async fn said(request: reqwest::RequestBuilder) -> Said {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let kept = answer.headers().get("cache-control").cloned();
    assert_eq!(kept.unwrap(), "no-store");
    let body = answer.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}
