//! The flow, the transactions on it and the credentials: what every part of the user agent sends through.

use super::client::{Client, User};
use super::config::Config;
use super::credentials::Wallet;
use super::event::{Event, Output};
use super::flow::{Due, Flow};
use super::server::Server;
use crate::entropy::Entropy;
use crate::message::{Request, Response};
use crate::time::sooner;
use crate::{Instant, Queue, Uri};

/// What a response turned out to be. Messages are boxed here and in all that holds them: they change hands often, and
/// every move of a large value is code to download.
pub(crate) enum Arrival {
    /// 1xx.
    Provisional { user: User, response: Box<Response> },
    /// 2xx to an INVITE; the transaction waits for more of them.
    Success {
        user: User,
        invite: Box<Request>,
        response: Box<Response>,
    },
    /// Any other final response, with the transaction it ended.
    Final { client: Client, response: Box<Response> },
    /// A 2xx to an INVITE whose transaction is gone.
    Stray(Box<Response>),
    /// Nothing to anybody.
    Nothing,
}

/// The shared lower half of the user agent.
pub(crate) struct Stack {
    pub(crate) config: Config,
    pub(crate) entropy: Entropy,
    pub(crate) flow: Flow,
    /// Counts the flows, to tell what came by which.
    pub(super) flow_number: u32,
    /// Ours in the dialog sense; the same on every flow, so a registrar replaces the old binding.
    pub(crate) contact: Uri,
    /// Service-Route values of the last 200 OK to REGISTER (RFC 3608).
    pub(crate) service_route: Vec<String>,
    pub(super) via_host: String,
    pub(super) wallet: Wallet,
    pub(super) clients: Vec<Client>,
    pub(super) servers: Vec<Server>,
    out: Queue<Output>,
}

impl Stack {
    pub(crate) fn new(config: Config, seed: [u8; 32]) -> Self {
        let mut entropy = Entropy::new(seed);
        // RFC 7118 §5: a browser has no address of its own; a random `.invalid` host stands in.
        let mut via_host = entropy.token(12);
        via_host.push_str(".invalid");
        let mut contact = Uri::sip(&entropy.token(8), &via_host).unwrap_or_else(|_| config.address.clone());
        contact.add_param(";transport=ws");
        let wallet = Wallet::new(&config);
        Self {
            entropy,
            flow: Flow::Down,
            flow_number: 0,
            contact,
            service_route: Vec::new(),
            via_host,
            wallet,
            clients: Vec::new(),
            servers: Vec::new(),
            out: Queue::new(),
            config,
        }
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.out.push(Output::Event(event));
    }

    pub(crate) fn poll(&mut self) -> Option<Output> {
        self.out.pop()
    }

    /// The server gives silent flows up after `seconds` (RFC 5626 §4.4.1): pings stay below four fifths of it.
    pub(crate) fn ping_within(&mut self, seconds: u32) {
        let most = u64::from(seconds.max(10)) * 800;
        self.config.keep_alive = self.config.keep_alive.map(|pause| pause.min(most));
    }

    /// A frame came in.
    pub(crate) fn hear(&mut self, now: Instant, pong: bool) {
        self.flow = self.flow.hear(now, pong, self.config.keep_alive);
    }

    /// Sends a frame, if there is a flow to send it on.
    pub(crate) fn send(&mut self, frame: String) {
        if self.flow.is_up() {
            self.out.push(Output::Send(frame));
        }
    }

    /// Moves the keep-alive on; returns the OPTIONS that is due, if that is what is due.
    pub(crate) fn tick_flow(&mut self, now: Instant) -> bool {
        let (next, due) = self
            .flow
            .tick(now, self.config.keep_alive, self.config.registrar.is_some());
        self.flow = next;
        match due {
            Due::Nothing => false,
            Due::Ping => {
                self.send(String::from("\r\n\r\n"));
                false
            }
            Due::Options => true,
            Due::Dead => {
                self.event(Event::FlowDead);
                false
            }
        }
    }

    /// A transaction got no answer at all. If the flow has been silent since, it is the flow that died: the host is
    /// told once, and true is returned.
    pub(crate) fn blames_flow(&mut self, sent: Instant) -> bool {
        if self.flow.heard_since(sent) {
            return false;
        }
        if self.flow.is_up() && self.flow != Flow::Dead {
            self.flow = Flow::Dead;
            self.event(Event::FlowDead);
        }
        true
    }

    pub(crate) fn next_timeout(&self) -> Option<Instant> {
        let mut next = self.flow.deadline();
        for client in &self.clients {
            next = sooner(next, client.deadline());
        }
        for server in &self.servers {
            next = sooner(next, server.machine.deadline());
        }
        next
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.clients.is_empty() && self.servers.is_empty()
    }
}
