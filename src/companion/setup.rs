//! What a signed-in agent's phone needs.

use std::fmt;

use phone::Account;

use super::{Device, Json};

/// `protocol::phone::PhoneSetup`. Redacted in Debug.
#[derive(Clone, PartialEq, Eq)]
pub struct Setup {
    /// As whom to register, once for each server, the best first; none where the vendor's account has no VoIP.
    pub accounts: Option<Vec<Account>>,
    /// STUN and TURN servers.
    pub ice: Vec<IceServer>,
    /// What the agent may use.
    pub features: Features,
    /// Which device rings.
    pub device: Option<Device>,
}

/// One entry for `RTCPeerConnection`. Redacted in Debug.
#[derive(Clone, PartialEq, Eq)]
pub struct IceServer {
    /// `stun:` and `turn:` URLs.
    pub urls: Vec<String>,
    /// For TURN.
    pub username: Option<String>,
    /// For TURN.
    pub credential: Option<String>,
    /// When both end, Unix milliseconds.
    pub expires_at: Option<u64>,
}

/// What an agent may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Calls through the platform.
    pub platform_calls: bool,
    /// Calls straight to SIP addresses.
    pub direct_calls: bool,
    /// Numbers of customers as they are, not masked.
    pub whole_numbers: bool,
}

impl Setup {
    /// `None` if this is not what a companion server says. What is missing of it is not there.
    pub fn read(json: &impl Json) -> Option<Self> {
        let features = json.get("features")?;
        let strings = |list: Vec<_>| -> Vec<String> { list.iter().filter_map(Json::string).collect() };
        let accounts = json.get("account").and_then(|account| {
            let account = Account {
                server: String::new(),
                spares: Vec::new(),
                address: account.text("address")?,
                auth_user: None,
                display_name: account.text("display").filter(|name| !name.is_empty()),
                password: account.text("password")?,
            };
            let servers = strings(json.all("servers"));
            let at = |server: &String| Account {
                server: server.clone(),
                spares: servers.iter().filter(|other| *other != server).cloned().collect(),
                ..account.clone()
            };
            Some(servers.iter().map(at).collect())
        });
        let ice = json.all("ice").into_iter().map(|server| IceServer {
            urls: strings(server.all("urls")),
            username: server.text("username"),
            credential: server.text("credential"),
            expires_at: server.whole("expires_at"),
        });
        let may = |feature| features.is(feature);
        Some(Self {
            accounts,
            ice: ice.collect(),
            features: Features {
                platform_calls: may("platform_calls"),
                direct_calls: may("direct_calls"),
                whole_numbers: may("whole_numbers"),
            },
            device: json.get("device").and_then(|state| Device::active(&state)),
        })
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setup([redacted])")
    }
}

impl fmt::Debug for IceServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IceServer([redacted])")
    }
}
