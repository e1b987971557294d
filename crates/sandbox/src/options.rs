//! How a sandbox is started.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use crate::platform::Quirk;

/// What `sandbox` takes on its command line, and [`crate::Sandbox::spawn`] as an argument.
#[derive(Debug, Clone, clap::Parser)]
#[command(
    name = "sandbox",
    about = "A phone platform on your own machine: SIP over WebSocket, numbers to dial, a page to ring from",
    after_help = "The page is at /, the control page at /control/, SIP over WebSocket at /sip."
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
            state: None,
            quirks: Vec::new(),
            rate_limits: false,
        }
    }
}
