//! Calling: from INVITE to the final response (RFC 3261 §13.2), forks and CANCEL included.

use super::call::{Next, State};
use super::client::{Client, User};
use super::credentials::AuthError;
use super::event::{CallId, EndCause, Event};
use super::fields::{lend_credentials, sdp};
use super::hold::Settled;
use super::leaving::Leaving;
use super::session::{Exchange, Session};
use super::stack::Stack;
use crate::Instant;
use crate::dialog::{Dialog, cseq, to_tag};
use crate::header::Reason;
use crate::message::{Request, Response};
use crate::transaction::GIVE_UP;

/// How far we are with wanting this call.
///
/// ```text
///   Wanted ──hang_up, nothing heard yet──▶ Withheld ──1xx: CANCEL──▶ Cancelled ──32 s──▶ given up
///     └──────hang_up, 1xx heard: CANCEL───────────────────────────▶
/// ```
/// From each of them a 2xx is acknowledged; only Wanted keeps the call then, the others send BYE at once (the CANCEL
/// race).
pub(crate) enum Wish {
    /// We want it answered.
    Wanted,
    /// Given up before any response: CANCEL must wait for one (§9.1).
    Withheld { reason: Option<Reason> },
    /// CANCEL is out.
    Cancelled { give_up: Instant },
}

/// One fork that announced itself (§13.2.2.1), with its early session description.
pub(crate) struct Early {
    tag: String,
    sdp: Option<String>,
}

/// Our unanswered INVITE.
pub(crate) struct Outgoing {
    offer: String,
    cseq: u32,
    early: Vec<Early>,
    wish: Wish,
}

/// Ends a call for the host.
pub(crate) fn end(stack: &mut Stack, id: CallId, cause: EndCause, reason: Vec<Reason>) {
    stack.event(Event::Ended { id, cause, reason });
}

/// RFC 3326 reasons of a message.
pub(crate) fn reasons(headers: &crate::message::Headers) -> Vec<Reason> {
    let mut all = Vec::new();
    for reason in headers.typed_all().flatten() {
        all.push(reason);
    }
    all
}

/// A 2xx nobody wants: acknowledge it and hang up (§13.2.2.4).
pub(crate) fn refuse_success(
    stack: &mut Stack,
    now: Instant,
    id: CallId,
    invite: &Request,
    response: &Response,
    reason: Option<Reason>,
) -> State {
    let dialog = Dialog::caller(invite, response);
    let mut ack = dialog.ack(cseq(&invite.headers));
    lend_credentials(invite, &mut ack);
    stack.common(&mut ack);
    stack.acknowledge(&mut ack);
    State::Leaving(Box::new(Leaving::now(stack, now, id, dialog, Some(ack), reason)))
}

impl Outgoing {
    /// The INVITE is out.
    pub(crate) fn new(offer: String) -> Self {
        Self {
            offer,
            cseq: 1,
            early: Vec::new(),
            wish: Wish::Wanted,
        }
    }

    pub(crate) fn provisional(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        response: Box<Response>,
    ) -> Next {
        match self.wish {
            Wish::Wanted => {
                let (tag, sdp) = (to_tag(&response.headers), sdp(&response.headers, &response.body));
                match self.early.iter_mut().find(|early| early.tag == tag) {
                    Some(early) => early.sdp = sdp.clone().or(early.sdp.take()),
                    None if tag.is_empty() => {}
                    None => self.early.push(Early {
                        tag,
                        sdp: sdp.clone(),
                    }),
                }
                if response.status > 100 {
                    stack.event(Event::Progress {
                        id,
                        status: response.status,
                        sdp,
                        headers: response.headers,
                    });
                }
            }
            Wish::Withheld { reason } => {
                stack.cancel(now, User::Call(id), reason.as_ref());
                self.wish = Wish::Cancelled {
                    give_up: now + GIVE_UP,
                };
            }
            Wish::Cancelled { .. } => {}
        }
        Some(State::Outgoing(self))
    }

    pub(crate) fn success(
        self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        invite: &Request,
        response: Box<Response>,
    ) -> Next {
        let (cause, reason) = match self.wish {
            Wish::Wanted => {
                let tag = to_tag(&response.headers);
                let early = || {
                    self.early
                        .iter()
                        .find(|e| e.tag == tag)
                        .and_then(|e| e.sdp.clone())
                };
                // Some far ends put the answer into 183 and leave the 200 empty.
                match sdp(&response.headers, &response.body).or_else(early) {
                    Some(answer) => {
                        let dialog = Dialog::caller(invite, &response);
                        let mut ack = dialog.ack(cseq(&invite.headers));
                        lend_credentials(invite, &mut ack);
                        stack.common(&mut ack);
                        stack.acknowledge(&mut ack);
                        let settled = Settled::default().offered(&self.offer, &answer);
                        stack.event(Event::Answered {
                            id,
                            sdp: answer,
                            headers: response.headers,
                        });
                        let session = Session::new(dialog, true, settled, Some(ack), Exchange::Stable);
                        return Some(State::Session(Box::new(session)));
                    }
                    None => (EndCause::NoSdp, None),
                }
            }
            Wish::Withheld { reason } => (EndCause::Cancelled, reason),
            Wish::Cancelled { .. } => (EndCause::Cancelled, None),
        };
        end(stack, id, cause, Vec::new());
        Some(refuse_success(stack, now, id, invite, &response, reason))
    }

    pub(crate) fn failure(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        client: Client,
        response: Box<Response>,
    ) -> Next {
        let cause = match (&self.wish, response.status) {
            (Wish::Wanted, 401 | 407) => match stack.retry(now, client, &response, self.cseq + 1) {
                Ok(()) => {
                    self.cseq += 1;
                    return Some(State::Outgoing(self));
                }
                Err(AuthError::WrongPassword) => EndCause::WrongPassword,
                Err(AuthError::Unsupported) => EndCause::UnsupportedAuth,
            },
            (Wish::Wanted, status) => {
                let reason = reasons(&response.headers);
                let cause = EndCause::Rejected {
                    status,
                    phrase: response.reason,
                    headers: response.headers,
                };
                end(stack, id, cause, reason);
                return None;
            }
            (Wish::Withheld { .. } | Wish::Cancelled { .. }, _) => EndCause::Cancelled,
        };
        end(stack, id, cause, reasons(&response.headers));
        None
    }

    /// Gives up; no response came, or none to CANCEL.
    pub(crate) fn timed_out(&self, stack: &mut Stack, id: CallId) -> Next {
        let cause = match self.wish {
            Wish::Wanted => EndCause::TimedOut,
            Wish::Withheld { .. } | Wish::Cancelled { .. } => EndCause::Cancelled,
        };
        end(stack, id, cause, Vec::new());
        None
    }

    /// CANCEL brought no final response either (§9.1).
    pub(crate) fn give_up(&self, stack: &mut Stack, now: Instant, id: CallId) -> Next {
        stack.abandon_invite(now, User::Call(id));
        self.timed_out(stack, id)
    }

    pub(crate) fn flow_lost(&self, stack: &mut Stack, id: CallId) -> Next {
        let cause = match self.wish {
            Wish::Wanted => EndCause::FlowLost,
            Wish::Withheld { .. } | Wish::Cancelled { .. } => EndCause::Cancelled,
        };
        end(stack, id, cause, Vec::new());
        None
    }

    pub(crate) fn hang_up(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        reason: Option<Reason>,
    ) -> State {
        self.wish = match self.wish {
            Wish::Wanted if stack.cancel(now, User::Call(id), reason.as_ref()) => Wish::Cancelled {
                give_up: now + GIVE_UP,
            },
            Wish::Wanted => Wish::Withheld { reason },
            kept @ (Wish::Withheld { .. } | Wish::Cancelled { .. }) => kept,
        };
        State::Outgoing(self)
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        match &self.wish {
            Wish::Wanted | Wish::Withheld { .. } => None,
            Wish::Cancelled { give_up } => Some(*give_up),
        }
    }
}
