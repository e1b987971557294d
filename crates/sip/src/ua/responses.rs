//! The server half of the stack: answering requests of theirs (RFC 3261 §8.2, §17.2).

use super::fields::tag_to;
use super::server::Server;
use super::stack::Stack;
use crate::Instant;
use crate::dialog::to_tag;
use crate::message::{Request, Response};
use crate::queue::keep;
use crate::transaction::ServerKey;

impl Stack {
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
        keep(&mut self.servers, &mut |s| s.key != *key);
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
        keep(&mut self.servers, &mut |s| {
            s.key != *key || !s.machine.ends_by_ack()
        });
        self.servers.len() < count
    }

    /// Answers a request at once with a bare status.
    pub(crate) fn answer(&mut self, request: &Request, status: u16) {
        self.reply(request.reply(status));
    }

    /// Answers a request at once, with a To tag where it has none.
    pub(crate) fn reply(&mut self, mut response: Response) {
        if to_tag(&response.headers).is_empty() {
            let tag = self.entropy.token(10);
            tag_to(&mut response.headers, &tag);
        }
        self.send(response.to_text());
    }
}
