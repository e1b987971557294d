//! Who the user agent is and where it registers.

use crate::{Secret, Uri};

/// How the WebSocket is secured; written into Via (RFC 7118 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// `ws:`
    Ws,
    /// `wss:`
    Wss,
}

/// Everything a [`crate::UserAgent`] is told about itself.
#[derive(Clone)]
pub struct Config {
    /// Our address of record.
    pub address: Uri,
    /// Shown to the far end.
    pub display_name: Option<String>,
    /// Where REGISTER goes; `None` for an agent that never registers (a server's side of a connection).
    pub registrar: Option<Uri>,
    /// Digest user name where it differs from the address's user part.
    pub auth_user: Option<String>,
    /// Digest password.
    pub password: Secret,
    /// Written into Via.
    pub transport: Transport,
    /// `urn:uuid:…`, the same for the life of the device (RFC 5626 §4.1); empty to leave it out.
    pub instance: String,
    /// Value of User-Agent; empty to leave it out.
    pub user_agent: String,
    /// Seconds asked for in REGISTER.
    pub register_expires: u32,
    /// Pause between keep-alive pings, ms; `None` sends none (a server waits for the client's).
    pub keep_alive: Option<u64>,
}

impl Config {
    /// A client of its address's own domain, with this project's defaults.
    pub fn new(address: Uri, password: Secret) -> Self {
        Self {
            registrar: registrar(&address),
            address,
            display_name: None,
            auth_user: None,
            password,
            transport: Transport::Wss,
            instance: String::new(),
            user_agent: String::from("Softphone"),
            register_expires: 300,
            keep_alive: Some(25_000),
        }
    }
}

/// The domain of an address, as REGISTER's target: no user, no parameters (RFC 3261 §10.2).
fn registrar(address: &Uri) -> Option<Uri> {
    Uri::sip("", address.place()).ok()
}
