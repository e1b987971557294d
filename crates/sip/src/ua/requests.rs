//! The client half of the stack: requests of ours and what becomes of them (RFC 3261 §8.1, §17.1).

use super::client::{Client, Lost, Machine, User};
use super::config::Transport;
use super::credentials::AuthError;
use super::flow::Flow;
use super::stack::{Arrival, Stack};
use crate::Instant;
use crate::header::{CSeq, Reason, Via};
use crate::message::{Method, Request, Response};
use crate::queue::keep;
use crate::transaction::{InviteClient, InviteReply, NonInviteClient, Reply};

impl Stack {
    /// Starts a client transaction. The request lacks only its Via and credentials.
    pub(crate) fn request(&mut self, now: Instant, user: User, request: Request) {
        let mut request = Box::new(request);
        self.wallet.present(&mut request, &mut self.entropy);
        self.start(now, user, request);
    }

    fn start(&mut self, now: Instant, user: User, mut request: Box<Request>) {
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
    pub(crate) fn receive(&mut self, now: Instant, response: Box<Response>) -> Arrival {
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
        let Some(client) = self.clients.get_mut(at) else {
            return Arrival::Nothing;
        };
        let user = client.user;
        match client.machine {
            Machine::Invite(machine) => match machine.receive(now, response.status) {
                InviteReply::Provisional(next) => {
                    client.machine = Machine::Invite(next);
                    return Arrival::Provisional { user, response };
                }
                InviteReply::Success(next) => {
                    client.machine = Machine::Invite(next);
                    let invite = client.request.clone();
                    return Arrival::Success {
                        user,
                        invite,
                        response,
                    };
                }
                InviteReply::Failure => {
                    let ack = client.failure_ack(&response).to_text();
                    self.send(ack);
                }
                InviteReply::Stale(next) => {
                    client.machine = Machine::Invite(next);
                    return Arrival::Nothing;
                }
            },
            Machine::Other(machine) => match machine.receive(response.status) {
                Reply::Provisional(next) => {
                    client.machine = Machine::Other(next);
                    return Arrival::Provisional { user, response };
                }
                Reply::Final => {}
            },
        }
        let client = self.clients.swap_remove(at);
        Arrival::Final { client, response }
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
    pub(crate) fn cancel(&mut self, now: Instant, user: User, reason: Option<&Reason>) -> bool {
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
            request: Box::new(cancel),
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
        keep(&mut self.clients, &mut |c| {
            c.user != user || matches!(c.machine, Machine::Invite(_))
        });
    }

    /// Takes out the transactions whose timer B or F has fired; those with timer M just end.
    pub(crate) fn expired(&mut self, now: Instant) -> Vec<Lost> {
        let mut lost = Vec::new();
        keep(&mut self.clients, &mut |client| {
            if client.deadline().is_none_or(|at| now < at) {
                return true;
            }
            if client.is_open() {
                lost.push(client.lost());
            }
            client.abandon(now)
        });
        keep(&mut self.servers, &mut |s| {
            s.machine.deadline().is_none_or(|at| now < at)
        });
        lost
    }

    /// The flow is gone: every open client transaction fails (§17.1.4).
    pub(crate) fn cut(&mut self, now: Instant) -> Vec<Lost> {
        self.flow = Flow::Down;
        let mut lost = Vec::new();
        keep(&mut self.clients, &mut |client| {
            if !client.is_open() {
                return true;
            }
            lost.push(client.lost());
            client.abandon(now)
        });
        lost
    }

    /// A new flow: what the far end still waits for is said again, and INVITEs abandoned with the old flow are
    /// withdrawn.
    pub(crate) fn resume(&mut self, now: Instant) {
        self.flow = Flow::up(now, self.config.keep_alive);
        self.flow_number += 1;
        let mut owed = Vec::new();
        for server in &self.servers {
            if let Some(response) = server.machine.unacknowledged() {
                owed.push(response.to_owned());
            }
        }
        for client in &self.clients {
            if client.is_abandoned() {
                owed.push(client.cancel().to_text());
            }
        }
        for frame in owed {
            self.send(frame);
        }
    }
}
