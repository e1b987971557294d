//! The sandbox with the built phone in it, and its control API.

use std::path::PathBuf;

use sandbox::{Options, Running, Sandbox};
use serde_json::{Value, json};

use super::http;
use super::wait::until;

/// A running sandbox.
pub(crate) struct Platform {
    running: Running,
}

/// What it says about a call.
#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Call {
    /// Its number, for commands.
    pub(crate) call: u64,
    /// `preparing`, `ringing`, `up` or `ended`.
    pub(crate) state: String,
    /// How many phones ring.
    pub(crate) ringing: usize,
    /// Digits it has got.
    pub(crate) digits: String,
    /// RTP packets it has got.
    pub(crate) rtp_in: u64,
    /// How it ended.
    pub(crate) ended: Option<String>,
}

impl Platform {
    /// Start it with the phone of `dist/`, which must have been built.
    pub(crate) async fn start() -> Self {
        Self::start_with(Options {
            www: Some(dist()),
            ..Options::default()
        })
        .await
    }

    /// Start it as told.
    pub(crate) async fn start_with(options: Options) -> Self {
        Self {
            running: Sandbox::spawn(options).await.expect("a sandbox"),
        }
    }

    /// Where the phone is, with what its address says after `#`. The microphone is always taken raw: the browser's own
    /// processing would remove a steady tone.
    pub(crate) fn phone(&self, fragment: &str) -> String {
        format!("http://{}/#{fragment}&mic=raw", self.host())
    }

    /// Host and port.
    pub(crate) fn host(&self) -> String {
        self.running.addr.to_string()
    }

    /// A WebSocket address here.
    pub(crate) fn server(&self, path: &str) -> String {
        format!("ws://{}{path}", self.host())
    }

    /// The password of an agent.
    pub(crate) fn password(&self, user: &str) -> String {
        let account = self
            .running
            .accounts
            .iter()
            .find(|a| a.user == user)
            .expect("a ready-made agent");
        account.password.clone()
    }

    /// Have it call an agent.
    pub(crate) async fn ring(&self, agent: &str, behaviour: &str, after_ms: Option<u64>) {
        let mut ring =
            json!({ "agent": agent, "from": "+919876543210", "name": "Kavya Rao", "behaviour": behaviour });
        if let Some(after) = after_ms {
            ring["after_ms"] = json!(after);
        }
        self.command("/control/ring", &ring).await;
    }

    /// One command of the control API.
    pub(crate) async fn command(&self, path: &str, body: &Value) -> Value {
        http::post(&self.host(), path, body).await
    }

    /// How things stand.
    pub(crate) async fn state(&self) -> Value {
        http::get(&self.host(), "/control/state").await
    }

    /// The newest call.
    pub(crate) async fn call(&self) -> Option<Call> {
        let mut calls: Vec<Call> =
            serde_json::from_value(self.state().await["calls"].take()).expect("a list of calls");
        calls.sort_by_key(|c| c.call);
        calls.pop()
    }

    /// Wait until the newest call is as wanted.
    pub(crate) async fn call_is(&self, what: &str, wanted: impl Fn(&Call) -> bool) -> Call {
        until(&format!("the sandbox's call to be {what}"), async || {
            self.call().await.filter(|c| wanted(c))
        })
        .await
    }

    /// How many phones of an agent are registered.
    pub(crate) async fn phones(&self, agent: &str) -> usize {
        let state = self.state().await;
        let agents = state["agents"].as_array().cloned().unwrap_or_default();
        let line = agents
            .iter()
            .find(|a| a["agent"] == agent)
            .expect("a ready-made agent");
        line["phones"].as_array().expect("a list of phones").len()
    }
}

/// The built phone.
pub(super) fn dist() -> PathBuf {
    let dist = super::root().join("dist");
    assert!(
        dist.join("index.html").is_file(),
        "there is no built phone in dist/: run `cargo xtask build` first"
    );
    dist
}
