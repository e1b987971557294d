//! The two messages that go by `postMessage`: each side shows that it is who the other one means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A message between the windows. The one field keeps it apart from whatever else pages post to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Knock {
    /// Frame to host: it is loaded and waits.
    SoftphoneReady(Ready),
    /// Host to frame, with a `MessagePort`.
    SoftphoneHello(Hello),
}

/// The frame is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// The versions that it speaks, best first.
    pub versions: Vec<u32>,
    /// To be given back: 128 random bits of this very load.
    pub nonce: String,
}

/// Who wants to use the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hello {
    /// One of those offered.
    pub version: u32,
    /// The frame's.
    pub nonce: String,
    /// The host page's origin by its own word; the browser's must be the same.
    pub origin: String,
    /// Whether the host can get tickets: then it is asked for one before the agent is.
    #[serde(default)]
    pub tickets: bool,
    /// How the phone is to look.
    #[serde(default)]
    pub look: Look,
}

/// How the phone looks, as far as a host may say. Light or dark it says by the frame element's own `color-scheme`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Look {
    /// Colours and lengths by name: `accent`, `on-accent`, `page`, `panel`, `ink`, `line`, `radius`. Others are skipped, and
    /// so is a value that is more than one colour or length.
    #[serde(default)]
    pub theme: BTreeMap<String, String>,
}
