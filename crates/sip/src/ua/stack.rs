//! The flow, the transactions on it and the credentials: what every part of the user agent sends through.

use std::collections::VecDeque;

use super::client::{Client, Machine, User};
use super::config::{Config, Transport};
use super::credentials::{AuthError, Wallet};
use super::event::{Event, Output};
use super::flow::{Due, Flow};
use super::server::Server;
use crate::entropy::Entropy;
use crate::header::{CSeq, Via};
use crate::message::{Method, Request, Response};
use crate::transaction::{InviteClient, InviteReply, NonInviteClient, Reply, ServerKey};
use crate::{Instant, Uri};

/// What a response turned out to be.
#[allow(clippy::large_enum_variant)] // lives for one match
pub(crate) enum Arrival {
    /// 1xx.
    Provisional { user: User, response: Response },
    /// 2xx to an INVITE; the transaction waits for more of them.
    Success {
        user: User,
        invite: Box<Request>,
        response: Response,
    },
    /// Any other final response, with the transaction it ended.
    Final { client: Client, response: Response },
    /// A 2xx to an INVITE whose transaction is gone.
    Stray(Response),
    /// Nothing to anybody.
    Nothing,
}

/// The shared lower half of the user agent.
pub(crate) struct Stack {
    pub(crate) config: Config,
    pub(crate) entropy: Entropy,
    pub(crate) flow: Flow,
    /// Counts the flows, to tell what came by which.
    flow_number: u32,
    /// Ours in the dialog sense; the same on every flow, so a registrar replaces the old binding.
    pub(crate) contact: Uri,
    /// Service-Route values of the last 200 OK to REGISTER (RFC 3608).
    pub(crate) service_route: Vec<String>,
    via_host: String,
    wallet: Wallet,
    clients: Vec<Client>,
    servers: Vec<Server>,
    out: VecDeque<Output>,
}

impl Stack {
    pub(crate) fn new(config: Config, seed: [u8; 32]) -> Self {
        let mut entropy = Entropy::new(seed);
        // RFC 7118 §5: a browser has no address of its own; a random `.invalid` host stands in.
        let mut via_host = entropy.token(12);
        via_host.push_str(".invalid");
        let mut contact = Uri::sip(&entropy.token(8), &via_host).unwrap_or_else(|_| config.address.clone());
        contact.set_param("transport", "ws");
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
            out: VecDeque::new(),
            config,
        }
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.out.push_back(Output::Event(event));
    }

    pub(crate) fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// A frame came in.
    pub(crate) fn hear(&mut self, now: Instant, pong: bool) {
        self.flow = self.flow.hear(now, pong, self.config.keep_alive);
    }

    /// Sends a frame, if there is a flow to send it on.
    pub(crate) fn send(&mut self, frame: String) {
        if self.flow.is_up() {
            self.out.push_back(Output::Send(frame));
        }
    }

    // --- client side ---

    /// Starts a client transaction. The request lacks only its Via and credentials.
    pub(crate) fn request(&mut self, now: Instant, user: User, mut request: Request) {
        self.wallet.present(&mut request, &mut self.entropy);
        self.start(now, user, request);
    }

    fn start(&mut self, now: Instant, user: User, mut request: Request) {
        let mut branch = String::from("z9hG4bK");
        self.entropy.write_token(16, &mut branch);
        request.headers.remove("Via");
        request.headers.push_front(&self.via(&branch));
        let machine = if request.method == Method::Invite {
            Machine::Invite(InviteClient::start(now))
        } else {
            Machine::Other(NonInviteClient::start(now))
        };
        self.send(request.to_text());
        self.clients.push(Client {
            user,
            branch,
            request,
            machine,
            sent: now,
        });
    }

    fn via(&self, branch: &str) -> Via {
        let transport = match self.config.transport {
            Transport::Ws => "WS",
            Transport::Wss => "WSS",
        };
        Via::new(transport, &self.via_host, branch)
    }

    /// Sends a request that has no transaction: the ACK for a 2xx.
    pub(crate) fn acknowledge(&mut self, ack: &mut Request) {
        if ack.headers.get("Via").is_none() {
            let mut branch = String::from("z9hG4bK");
            self.entropy.write_token(16, &mut branch);
            ack.headers.push_front(&self.via(&branch));
        }
        self.send(ack.to_text());
    }

    /// Finds the transaction of a response and moves it on.
    pub(crate) fn receive(&mut self, now: Instant, response: Response) -> Arrival {
        let (Some(Ok(via)), Some(Ok(cseq))) =
            (response.headers.typed::<Via>(), response.headers.typed::<CSeq>())
        else {
            return Arrival::Nothing;
        };
        let branch = via.branch().unwrap_or_default();
        let Some(at) = self
            .clients
            .iter()
            .position(|c| c.branch == branch && c.request.method == cseq.method)
        else {
            return if cseq.method == Method::Invite && response.is_success() {
                Arrival::Stray(response)
            } else {
                Arrival::Nothing
            };
        };
        let mut client = self.clients.swap_remove(at);
        match client.machine {
            Machine::Invite(machine) => match machine.receive(now, response.status) {
                InviteReply::Provisional(next) => {
                    let user = client.user;
                    client.machine = Machine::Invite(next);
                    self.clients.push(client);
                    Arrival::Provisional { user, response }
                }
                InviteReply::Success(next) => {
                    let (user, invite) = (client.user, Box::new(client.request.clone()));
                    client.machine = Machine::Invite(next);
                    self.clients.push(client);
                    Arrival::Success {
                        user,
                        invite,
                        response,
                    }
                }
                InviteReply::Failure => {
                    self.send(client.failure_ack(&response).to_text());
                    Arrival::Final { client, response }
                }
                InviteReply::Stale(next) => {
                    client.machine = Machine::Invite(next);
                    self.clients.push(client);
                    Arrival::Nothing
                }
            },
            Machine::Other(machine) => match machine.receive(response.status) {
                Reply::Provisional(next) => {
                    let user = client.user;
                    client.machine = Machine::Other(next);
                    self.clients.push(client);
                    Arrival::Provisional { user, response }
                }
                Reply::Final => Arrival::Final { client, response },
            },
        }
    }

    /// Sends a challenged request again with an answer to the challenge and `cseq` as its number.
    pub(crate) fn retry(
        &mut self,
        now: Instant,
        client: Client,
        challenge: &Response,
        number: u32,
    ) -> Result<(), AuthError> {
        let Client {
            user, mut request, ..
        } = client;
        self.wallet.answer(&mut request, challenge, &mut self.entropy)?;
        let method = request.method.clone();
        request.headers.set(&CSeq { number, method });
        self.start(now, user, request);
        Ok(())
    }

    /// Cancels the unanswered INVITE of `user` (§9.1). False while no provisional response has come: then CANCEL
    /// must wait for one.
    pub(crate) fn cancel(
        &mut self,
        now: Instant,
        user: User,
        reason: Option<&crate::header::Reason>,
    ) -> bool {
        let ringing = |c: &&Client| c.user == user && c.machine == Machine::Invite(InviteClient::Proceeding);
        let Some(client) = self.clients.iter().find(ringing) else {
            return false;
        };
        let (mut cancel, branch) = (client.cancel(), client.branch.clone());
        if let Some(reason) = reason {
            cancel.headers.push(reason);
        }
        self.send(cancel.to_text());
        let machine = Machine::Other(NonInviteClient::start(now));
        self.clients.push(Client {
            user: User::Nobody,
            branch,
            request: cancel,
            machine,
            sent: now,
        });
        true
    }

    /// The user no longer waits for its open INVITE; a late 2xx will still find somebody to acknowledge it.
    pub(crate) fn abandon_invite(&mut self, now: Instant, user: User) {
        for client in self.clients.iter_mut().filter(|c| c.user == user) {
            client.abandon(now);
        }
    }

    /// Drops the open non-INVITE transactions of `user`.
    pub(crate) fn forget(&mut self, user: User) {
        self.clients
            .retain(|c| c.user != user || matches!(c.machine, Machine::Invite(_)));
    }

    /// Takes out the transactions whose timer B or F has fired; those with timer M just end.
    pub(crate) fn expired(&mut self, now: Instant) -> Vec<Client> {
        let (due, rest) = std::mem::take(&mut self.clients)
            .into_iter()
            .partition(|c: &Client| c.deadline().is_some_and(|at| now >= at));
        self.clients = rest;
        let mut failed = Vec::new();
        for mut client in due {
            if client.is_open() {
                if client.abandon(now) {
                    failed.push(client.clone());
                    self.clients.push(client);
                } else {
                    failed.push(client);
                }
            }
        }
        self.servers
            .retain(|s| s.machine.deadline().is_none_or(|at| now < at));
        failed
    }

    /// The flow is gone: every open client transaction fails (§17.1.4).
    pub(crate) fn cut(&mut self, now: Instant) -> Vec<Client> {
        self.flow = Flow::Down;
        let mut failed = Vec::new();
        for mut client in std::mem::take(&mut self.clients) {
            let open = client.is_open();
            if client.abandon(now) || !open {
                self.clients.push(client.clone());
            }
            if open {
                failed.push(client);
            }
        }
        failed
    }

    /// A new flow: what the far end still waits for is said again, and INVITEs abandoned with the old flow are
    /// withdrawn.
    pub(crate) fn resume(&mut self, now: Instant) {
        self.flow = Flow::up(now, self.config.keep_alive);
        self.flow_number += 1;
        let owed: Vec<String> = self
            .servers
            .iter()
            .filter_map(|s| s.machine.unacknowledged().map(str::to_owned))
            .collect();
        for response in owed {
            self.send(response);
        }
        let withdrawn: Vec<String> = self
            .clients
            .iter()
            .filter(|c| c.is_abandoned())
            .map(|c| c.cancel().to_text())
            .collect();
        for cancel in withdrawn {
            self.send(cancel);
        }
    }

    // --- server side ---

    /// The server transaction a request belongs to.
    pub(crate) fn server(&mut self, key: &ServerKey) -> Option<&mut Server> {
        self.servers.iter_mut().find(|s| s.key == *key)
    }

    /// The transaction of an INVITE without To tag that came here before under another branch (§8.2.2.2).
    pub(crate) fn merged(&self, invite: &Request) -> Option<&Server> {
        self.servers.iter().find(|s| s.is_same_invite(invite))
    }

    /// Whether an INVITE came by a flow that is gone: its proxy may offer it again on the new one.
    pub(crate) fn is_stranded(&self, server: &Server) -> bool {
        server.flow != self.flow_number
    }

    /// Opens an INVITE server transaction and sends 100 Trying.
    pub(crate) fn open_server(&mut self, key: ServerKey, invite: &Request) {
        let trying = invite.reply(100).to_text();
        self.send(trying.clone());
        self.servers
            .push(Server::new(key, invite, self.flow_number, trying));
    }

    /// Forgets a server transaction that another one replaces.
    pub(crate) fn close_server(&mut self, key: &ServerKey) {
        self.servers.retain(|s| s.key != *key);
    }

    /// Sends a response to an INVITE through its transaction; returns it as written.
    pub(crate) fn respond(&mut self, now: Instant, key: &ServerKey, response: &Response) -> String {
        let written = response.to_text();
        if let Some(at) = self.servers.iter().position(|s| s.key == *key) {
            let server = self.servers.swap_remove(at);
            self.servers
                .push(server.respond(now, response.status, written.clone()));
        }
        self.send(written.clone());
        written
    }

    /// An ACK for a refusal ends its transaction. False when it belongs to none (then it acknowledges a 2xx).
    pub(crate) fn take_ack(&mut self, key: &ServerKey) -> bool {
        let count = self.servers.len();
        self.servers.retain(|s| s.key != *key || !s.machine.ends_by_ack());
        self.servers.len() < count
    }

    /// Answers a request at once, with a To tag where it has none.
    pub(crate) fn reply(&mut self, mut response: Response) {
        if crate::dialog::to_tag(&response.headers).is_empty() {
            let tag = self.entropy.token(10);
            super::fields::tag_to(&mut response.headers, &tag);
        }
        self.send(response.to_text());
    }

    // --- timers ---

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
        let clients = self.clients.iter().filter_map(Client::deadline).min();
        let servers = self.servers.iter().filter_map(|s| s.machine.deadline()).min();
        [clients, servers, self.flow.deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.clients.is_empty() && self.servers.is_empty()
    }
}
