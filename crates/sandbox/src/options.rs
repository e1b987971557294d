//! How a sandbox is started.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::str::FromStr;

use axum::http::uri::Authority;

use crate::platform::Quirk;

/// What it is, for somebody who has not seen it.
const LONG: &str = "Exotel's platform on your own machine, to test an integration or a phone against.

REST: customers, apps, settings, users, devices, subscribers, GreenPins, calls and their details, with the documented \
errors. Calls ring real phones over SIP and WebRTC, or scripted ones. Webhooks go out as the documents say, are retried, \
and are dropped, doubled, delayed or reordered on demand. Everything is in memory unless --state names a file.";

/// Where to go from here.
const AFTER: &str = "Addresses:
  /control/                    the control page: credentials, calls to ring, webhooks with every attempt, quirks
  /v2/integrations             apps, settings, users, outbound_call     (raw token)
  /v2/accounts/<sid>           subscribers                              (Basic: API key and token)
  /v1/Accounts/<sid>           calls between two numbers, call details  (Basic: API key and token)
  /v3/accounts/<sid>           call details, version 3                  (Basic: API key and token)
  /v1/tenants/<sid>/greenpin   GreenPin                                 (Basic)
  /sink/<name>                 takes every webhook; ?status=, ?wait_ms= and ?say= change its answer
  /sip                         SIP over WebSocket, subprotocol sip
  /                            the built widget, with --www; or another server's, with --companion

Examples:
  sandbox --port 8080 --state demo.json
  sandbox --quirk not-found-as-200 --rate-limits
  curl -d '{\"user_id\":\"asha\",\"from\":\"+919811111111\"}' http://127.0.0.1:8080/control/customer_call";

/// Where a companion server answers: `http://host:port`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion(pub(crate) Authority);

impl FromStr for Companion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let no = || String::from("a companion is http, a host and a port, such as http://127.0.0.1:8090");
        let place = text.strip_prefix("http://").ok_or_else(no)?;
        let authority: Authority = place.trim_end_matches('/').parse().map_err(|_| no())?;
        match authority.port().is_some() && !authority.as_str().contains('@') {
            true => Ok(Self(authority)),
            false => Err(no()),
        }
    }
}

/// What `sandbox` takes on its command line, and [`crate::Sandbox::spawn`] as an argument.
#[derive(Debug, Clone, clap::Parser)]
#[command(
    name = "sandbox",
    about = "Exotel's platform on your own machine: REST, webhooks, SIP over WebSocket, numbers to dial",
    long_about = LONG,
    after_help = "The control page is at /control/: credentials, webhooks with every attempt, calls to ring, quirks.",
    after_long_help = AFTER
)]
pub struct Options {
    /// TCP port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on. Anything but loopback shows the demo's passwords to the network.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub bind: IpAddr,
    /// Folder of the built widget (dist), served at /.
    #[arg(long)]
    pub www: Option<PathBuf>,
    /// Server that answers whatever the sandbox does not, at the same address: http://host:port.
    #[arg(long, value_name = "URL", conflicts_with = "www")]
    pub companion: Option<Companion>,
    /// File of the people who may sign in there, for the demo's page: a list of {"name", "password", "title"}.
    #[arg(long, value_name = "FILE", requires = "companion")]
    pub people: Option<PathBuf>,
    /// File that keeps customers, apps, users, subscribers, pins, calls and all credentials over a restart.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Where the vendor's pages contradict each other, read them the other way. May be given several times;
    /// GET /control/platform lists the names.
    #[arg(long = "quirk", value_name = "NAME")]
    pub quirks: Vec<Quirk>,
    /// Refuse requests beyond the documented rates with 429.
    #[arg(long)]
    pub rate_limits: bool,
}

impl Default for Options {
    /// Loopback, a free port, no widget: what a test wants.
    fn default() -> Self {
        Self {
            port: 0,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            www: None,
            companion: None,
            people: None,
            state: None,
            quirks: Vec::new(),
            rate_limits: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_long_help_names_every_base() {
        let help = Options::command().render_long_help().to_string();
        let bases = crate::platform::operations().map(|operation| {
            let parts = operation.path.split('/').take(3).collect::<Vec<_>>();
            parts.join("/")
        });
        for base in bases.chain(["/sink", "/sip", "/control/"].map(String::from)) {
            let named = help.lines().any(|line| line.trim_start().starts_with(&base));
            assert!(named, "{base}: {help}");
        }
    }
}
