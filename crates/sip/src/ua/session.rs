//! An answered call: what both sides agreed on, and the exchange under way, if any.

use super::call::{Next, State};
use super::client::{Client, Lost, User};
use super::event::{CallId, EndCause, Event};
use super::fields::sdp;
use super::hold::Settled;
use super::leaving::Leaving;
use super::outgoing::{end, reasons};
use super::stack::Stack;
use super::unacked::Unacked;
use crate::dialog::{Dialog, cseq};
use crate::header::Reason;
use crate::message::{Method, Request, Response};
use crate::transaction::ServerKey;
use crate::{Instant, Queue};

/// The INVITE exchange under way within the call, at most one (RFC 3261 §14).
///
/// ```text
///                    ┌── Unconfirmed (we answered the call) ──no ACK──▶ hang up
///                ACK │
///                    ▼      reoffer()            2xx, refusal
///   re-INVITE ┌── Stable ──────────▶ Offering ─────────────────▶ Stable
///             ▼    ▲  ▲               ▲  │ 491
///          Asked   │  └──their INVITE─│──▼
///   accept_ │ │    │                Glare ──2.1-4 s | 0-2 s──▶ Offering
///   reoffer ▼ │ reject, CANCEL
///    Reaccepted ──ACK──▶ Stable
/// ```
pub(crate) enum Exchange {
    /// None.
    Stable,
    /// Callee: our 200 OK to the first INVITE waits for ACK.
    Unconfirmed(Box<Unacked>),
    /// Either side: our re-INVITE, numbered `number`, is out.
    Offering {
        offer: String,
        number: u32,
        give_up: Instant,
    },
    /// Either side: our re-INVITE met theirs (491); ours goes again at `again`.
    Glare { offer: String, again: Instant },
    /// Either side: their re-INVITE waits for the host.
    Asked(Box<Asked>),
    /// Either side: our 200 OK to their re-INVITE waits for ACK.
    Reaccepted(Box<Unacked>),
}

/// Their re-INVITE.
pub(crate) struct Asked {
    pub(crate) key: ServerKey,
    pub(crate) invite: Box<Request>,
    pub(crate) offer: Option<String>,
}

/// An answered call.
pub struct Session {
    pub(crate) dialog: Box<Dialog>,
    /// Whether our INVITE made the call: the owner of the Call-ID waits longer after 491 (§14.1).
    pub(crate) caller: bool,
    pub(crate) settled: Settled,
    pub(crate) exchange: Exchange,
    /// The ACK for the last 2xx we got, for when it is repeated.
    pub(crate) ack: Option<Box<Request>>,
    /// INFO requests in order; the first is under way.
    pub(crate) infos: Queue<(String, String)>,
}

impl Session {
    pub(crate) fn new(
        dialog: Box<Dialog>,
        caller: bool,
        settled: Settled,
        ack: Option<Box<Request>>,
        exchange: Exchange,
    ) -> Self {
        Self {
            dialog,
            caller,
            settled,
            exchange,
            ack,
            infos: Queue::new(),
        }
    }

    /// Whether we hold them, by the last offer and answer.
    pub fn local_hold(&self) -> bool {
        self.settled.local_hold()
    }

    /// Whether they hold us, by the last offer and answer.
    pub fn remote_hold(&self) -> bool {
        self.settled.remote_hold()
    }

    /// The Call-ID header's value.
    pub fn sip_call_id(&self) -> &str {
        self.dialog.call_id()
    }

    /// Whether no INVITE exchange is under way, so that `reoffer` goes out at once.
    pub fn is_stable(&self) -> bool {
        matches!(self.exchange, Exchange::Stable)
    }

    /// Whether their re-INVITE of that transaction waits here.
    pub(crate) fn answers(&self, wanted: &ServerKey) -> bool {
        match &self.exchange {
            Exchange::Asked(asked) => asked.key == *wanted,
            Exchange::Stable
            | Exchange::Unconfirmed(_)
            | Exchange::Offering { .. }
            | Exchange::Glare { .. }
            | Exchange::Reaccepted(_) => false,
        }
    }

    /// We hang up.
    pub(crate) fn hang_up(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        cause: EndCause,
        reason: Option<Reason>,
    ) -> State {
        self.drop_exchanges(stack, now, id);
        end(stack, id, cause, Vec::new());
        State::Leaving(Box::new(match self.exchange {
            Exchange::Unconfirmed(unacked) if !unacked.is_hopeless(now) => {
                Leaving::after_ack(self.dialog, unacked, reason)
            }
            Exchange::Stable
            | Exchange::Unconfirmed(_)
            | Exchange::Offering { .. }
            | Exchange::Glare { .. }
            | Exchange::Asked(_)
            | Exchange::Reaccepted(_) => Leaving::now(stack, now, id, self.dialog, self.ack, reason),
        }))
    }

    /// Their BYE.
    pub(crate) fn bye(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        bye: &Request,
    ) -> Next {
        stack.answer(bye, 200);
        self.drop_exchanges(stack, now, id);
        end(stack, id, EndCause::Bye, reasons(&bye.headers));
        None
    }

    /// The dialog is over: nobody waits for our requests any more, and their open re-INVITE is answered (§15.1.2).
    fn drop_exchanges(&mut self, stack: &mut Stack, now: Instant, id: CallId) {
        stack.forget(User::Call(id));
        stack.abandon_invite(now, User::Call(id));
        self.infos.clear();
        if let Exchange::Asked(asked) = &self.exchange {
            let response = stack.invite_response(&asked.invite, 487, "", None);
            stack.respond(now, &asked.key, &response);
        }
    }

    /// Their ACK.
    pub(crate) fn acknowledged(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        ack: &Request,
    ) -> Next {
        let body = sdp(&ack.headers, &ack.body);
        let (unacked, first) = match std::mem::replace(&mut self.exchange, Exchange::Stable) {
            Exchange::Unconfirmed(unacked) if unacked.is_for(ack) => (unacked, true),
            Exchange::Reaccepted(unacked) if unacked.is_for(ack) => (unacked, false),
            kept @ (Exchange::Stable
            | Exchange::Unconfirmed(_)
            | Exchange::Offering { .. }
            | Exchange::Glare { .. }
            | Exchange::Asked(_)
            | Exchange::Reaccepted(_)) => {
                self.exchange = kept;
                return Some(State::Session(self));
            }
        };
        match (&unacked.offered, &body) {
            (Some(offer), Some(answer)) => self.settled = self.settled.offered(offer, answer),
            (Some(_), None) if first => return Some(self.hang_up(stack, now, id, EndCause::NoSdp, None)),
            (Some(_), None) => stack.event(Event::ReofferFailed { id, status: 488 }),
            (None, _) => {}
        }
        match (first, unacked.offered, body) {
            (true, offered, sdp) => stack.event(Event::Confirmed {
                id,
                sdp: offered.and(sdp),
            }),
            (false, Some(_), Some(sdp)) => stack.event(Event::Reanswered { id, sdp }),
            (false, _, _) => {}
        }
        if let Some(offer) = unacked.queued {
            self.offer(stack, now, id, offer);
        }
        Some(State::Session(self))
    }

    /// 2xx to an INVITE of ours within this dialog: the answer to a re-INVITE, or a repeat.
    pub(crate) fn success(
        mut self: Box<Self>,
        stack: &mut Stack,
        id: CallId,
        invite: &Request,
        response: &Response,
    ) -> Next {
        self.acknowledge(stack, Some(invite), response);
        self.reanswered(stack, id, response);
        Some(State::Session(self))
    }

    /// Sends the ACK for a 2xx, the same one when it is a repeat.
    pub(crate) fn acknowledge(&mut self, stack: &mut Stack, invite: Option<&Request>, response: &Response) {
        let number = cseq(&response.headers);
        let known = self.ack.take().filter(|ack| cseq(&ack.headers) == number);
        let mut ack = known.unwrap_or_else(|| {
            self.dialog.refresh(&response.headers);
            let mut ack = self.dialog.ack(number);
            if let Some(invite) = invite {
                super::fields::lend_credentials(invite, &mut ack);
            }
            stack.common(&mut ack);
            ack
        });
        stack.acknowledge(&mut ack);
        self.ack = Some(ack);
    }

    /// Any other final response to a request of ours.
    pub(crate) fn final_response(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        client: Client,
        response: &Response,
    ) -> Next {
        let method = client.request.method.clone();
        let status = response.status;
        if matches!(status, 401 | 407) {
            let number = self.dialog.next_seq();
            if let (Exchange::Offering { number: current, .. }, Method::Invite) =
                (&mut self.exchange, &method)
            {
                *current = number;
            }
            if stack.retry(now, client, response, number).is_ok() {
                return Some(State::Session(self));
            }
        } else if matches!(status, 408 | 481) {
            // §12.2.1.2: the far end has no such dialog any more.
            return Some(self.hang_up(stack, now, id, EndCause::Gone { status }, None));
        }
        match method {
            Method::Invite => self.refused(stack, now, id, status),
            Method::Info => self.info_done(stack, now, id, status),
            _ => {}
        }
        Some(State::Session(self))
    }

    /// A request of ours got no answer at all. A silent flow is blamed first: the call may outlive it.
    pub(crate) fn unanswered(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        lost: &Lost,
    ) -> Next {
        if !stack.blames_flow(lost.sent) {
            return Some(self.hang_up(stack, now, id, EndCause::Gone { status: 408 }, None));
        }
        match lost.method {
            Method::Invite => self.refused(stack, now, id, 408),
            Method::Info => self.info_done(stack, now, id, 408),
            _ => {}
        }
        Some(State::Session(self))
    }

    /// The flow was lost under a request of ours.
    pub(crate) fn cut(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        lost: &Lost,
    ) -> State {
        match lost.method {
            Method::Invite => self.refused(stack, now, id, 503),
            Method::Info => {
                while self.infos.pop().is_some() {
                    stack.event(Event::InfoDone { id, status: 503 });
                }
            }
            _ => {}
        }
        State::Session(self)
    }

    /// A new flow.
    pub(crate) fn resume(mut self: Box<Self>, stack: &mut Stack, now: Instant) -> State {
        match &mut self.exchange {
            Exchange::Unconfirmed(unacked) | Exchange::Reaccepted(unacked) => unacked.say_again(stack, now),
            Exchange::Stable | Exchange::Offering { .. } | Exchange::Glare { .. } | Exchange::Asked(_) => {}
        }
        State::Session(self)
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        match &self.exchange {
            Exchange::Unconfirmed(unacked) | Exchange::Reaccepted(unacked) => Some(unacked.deadline()),
            Exchange::Glare { again, .. } => Some(*again),
            Exchange::Offering { give_up, .. } => Some(*give_up),
            Exchange::Stable | Exchange::Asked(_) => None,
        }
    }

    pub(crate) fn tick(mut self: Box<Self>, stack: &mut Stack, now: Instant, id: CallId) -> Next {
        match &mut self.exchange {
            Exchange::Unconfirmed(unacked) | Exchange::Reaccepted(unacked) if unacked.is_hopeless(now) => {
                return Some(self.hang_up(stack, now, id, EndCause::NoAck, None));
            }
            Exchange::Unconfirmed(unacked) | Exchange::Reaccepted(unacked) => unacked.tick(stack, now),
            Exchange::Glare { again, .. } if now >= *again => self.retry_offer(stack, now, id),
            Exchange::Offering { give_up, .. } if now >= *give_up => self.withdraw_offer(stack, now, id),
            Exchange::Stable | Exchange::Offering { .. } | Exchange::Glare { .. } | Exchange::Asked(_) => {}
        }
        Some(State::Session(self))
    }
}
