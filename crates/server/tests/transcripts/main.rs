//! What the server says, to the letter: a transcript of every route and of each refusal, in `snapshots/*.http`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod admin_floor;
mod admin_jobs;
mod admin_policy;
mod admin_set_up;
mod admin_users;
mod ask;
mod bodies;
mod book;
mod calls;
mod codes;
mod crm_log;
mod dial_whom;
mod events;
mod every_route;
mod gate;
mod greenpin;
mod history;
mod hooks;
mod keys;
mod notes;
mod operation;
mod outgoing;
mod people;
mod phone;
mod plain;
mod sessions;
mod table;
mod tickets;
mod vendor;
mod webhooks;
mod widget;

#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
#[path = "../support/sandbox.rs"]
mod vendor_support;

use protocol::session::Role;
use serde_json::{Value, json};
use server::clock::now;
use server::config::{Config, HOOKS_SECRET};

use support::server::{Signed, TestServer};
use vendor_support::Vendor;

/// Good enough for every account here.
const PASSWORD: &str = "correct horse battery";
/// A call of the samples.
const SID: &str = "7bea36f8c95f0fb10027daa6acee17c1";
/// A server with a vendor, an agent and an admin.
struct Desk {
    vendor: Vendor,
    server: TestServer,
    asha: Signed,
    boss: Signed,
}

impl Desk {
    async fn new(tweak: impl FnOnce(&mut Config)) -> Self {
        let vendor = Vendor::start().await;
        let server = TestServer::start(|config| {
            vendor.configure(config);
            tweak(config);
        })
        .await;
        let asha = server.signed_in("asha", Role::Agent, Some("asha")).await;
        let boss = server.signed_in("boss", Role::Admin, None).await;
        Self {
            vendor,
            server,
            asha,
            boss,
        }
    }

    /// The vendor's next answers to this operation.
    async fn fault(&self, api: &str, operation: &str, status: u16, times: u32) {
        let fault = json!({
            "api": api, "operation": operation, "status": status, "times": times, "words": "Said by the vendor",
        });
        self.vendor.make("platform/faults", fault).await;
    }
}

/// Adds an account with [`PASSWORD`].
async fn account(server: &TestServer, name: &str, role: Role, agent: Option<&str>) {
    let change = json!({ "role": role, "agent": agent, "password": PASSWORD });
    let change = serde_json::from_value(change).unwrap();
    server.app.auth.change_person(name, change, now()).await.unwrap();
}

/// The path of a webhook behind the right secret.
fn hook(kind: &str) -> String {
    format!("/hooks/{HOOKS_SECRET}/{kind}")
}

/// A popup for Asha: a customer calls.
fn popup(sid: &str) -> Value {
    json!({
        "CallSid": sid, "AppUserID": "asha", "FromNumber": "09811111003", "VirtualNumber": "+918040408080",
        "Direction": "inbound", "CallState": "active",
    })
}
