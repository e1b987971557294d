//! One request of ours in flight.

use super::event::CallId;
use crate::Instant;
use crate::header::{CSeq, MaxForwards};
use crate::message::{Method, Request, Response};
use crate::transaction::{InviteClient, NonInviteClient};

/// Who waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum User {
    /// The registration.
    Registration,
    /// A call.
    Call(CallId),
    /// CANCEL and keep-alive OPTIONS: any answer will do, and none.
    Nobody,
}

/// Which of the two client transactions it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Machine {
    /// RFC 3261 §17.1.1.
    Invite(InviteClient),
    /// RFC 3261 §17.1.2.
    Other(NonInviteClient),
}

/// A request of ours that will get no answer.
pub(crate) struct Lost {
    pub(crate) user: User,
    pub(crate) method: Method,
    pub(crate) sent: Instant,
}

/// A client transaction with the request it carries.
pub(crate) struct Client {
    pub(crate) user: User,
    pub(crate) branch: String,
    pub(crate) request: Box<Request>,
    pub(crate) machine: Machine,
    pub(crate) sent: Instant,
}

impl Client {
    /// The ACK for a 3xx-6xx: the INVITE's own branch, the response's To (§17.1.1.3).
    pub(crate) fn failure_ack(&self, response: &Response) -> Request {
        let mut ack = self.sibling(Method::Ack);
        ack.headers.remove("To");
        ack.headers.copy(&response.headers, "To");
        ack
    }

    /// The CANCEL of this request (§9.1).
    pub(crate) fn cancel(&self) -> Request {
        self.sibling(Method::Cancel)
    }

    fn sibling(&self, method: Method) -> Request {
        let mut request = Request::new(method.clone(), self.request.uri.clone());
        let headers = &mut request.headers;
        for name in ["Via", "Route", "From", "To", "Call-ID"] {
            headers.copy(&self.request.headers, name);
        }
        headers.push(&CSeq {
            number: crate::dialog::cseq(&self.request.headers),
            method,
        });
        headers.push(&MaxForwards(70));
        request
    }

    /// What its user is told when no answer comes.
    pub(crate) fn lost(&self) -> Lost {
        Lost {
            user: self.user,
            method: self.request.method.clone(),
            sent: self.sent,
        }
    }

    /// Whether somebody still waits for its final response.
    pub(crate) fn is_open(&self) -> bool {
        match self.machine {
            Machine::Invite(InviteClient::Calling { .. } | InviteClient::Proceeding) => true,
            Machine::Invite(InviteClient::Accepted { .. } | InviteClient::Abandoned { .. }) => false,
            Machine::Other(NonInviteClient::Trying { .. } | NonInviteClient::Proceeding { .. }) => true,
        }
    }

    /// Whether it is an INVITE given up without a final response.
    pub(crate) fn is_abandoned(&self) -> bool {
        matches!(self.machine, Machine::Invite(InviteClient::Abandoned { .. }))
    }

    /// Nobody waits any more. True if it lives on to catch a late 2xx.
    pub(crate) fn abandon(&mut self, now: Instant) -> bool {
        match self.machine {
            Machine::Invite(machine) if self.is_open() => {
                self.machine = Machine::Invite(machine.abandon(now));
                true
            }
            Machine::Invite(_) | Machine::Other(_) => false,
        }
    }

    /// When a timer of its fires.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match &self.machine {
            Machine::Invite(machine) => machine.deadline(),
            Machine::Other(machine) => Some(machine.deadline()),
        }
    }
}
