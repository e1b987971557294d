//! Re-INVITE both ways (RFC 3261 §14): hold, resume, new media paths, and a fresh Contact after a new flow.

use super::client::User;
use super::event::{CallError, CallId, Event};
use super::fields::{SDP, attach, sdp};
use super::session::{Asked, Exchange, Session};
use super::stack::Stack;
use super::unacked::Unacked;
use crate::Instant;
use crate::dialog::cseq;
use crate::header::RetryAfter;
use crate::message::{Method, Request, Response};
use crate::transaction::{GIVE_UP, ServerKey};

impl Session {
    /// The host's offer goes out, or waits for the ACK of our last 200 OK.
    pub(crate) fn reoffer(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        offer: String,
    ) -> Result<(), CallError> {
        if !stack.flow.is_up() {
            return Err(CallError::NoFlow);
        }
        match &mut self.exchange {
            Exchange::Stable => self.offer(stack, now, id, offer),
            Exchange::Glare { offer: waiting, .. } => *waiting = offer,
            // Offer and answer are complete, only ACK is missing.
            Exchange::Unconfirmed(unacked) | Exchange::Reaccepted(unacked) if unacked.offered.is_none() => {
                unacked.queued = Some(offer);
            }
            Exchange::Unconfirmed(_)
            | Exchange::Reaccepted(_)
            | Exchange::Offering { .. }
            | Exchange::Asked(_) => {
                return Err(CallError::WrongState);
            }
        }
        Ok(())
    }

    /// Sends our re-INVITE.
    pub(super) fn offer(&mut self, stack: &mut Stack, now: Instant, id: CallId, offer: String) {
        let mut invite = self.dialog.request(Method::Invite);
        stack.common(&mut invite);
        stack.describe(&mut invite.headers);
        attach(&mut invite.headers, &mut invite.body, SDP, offer.clone());
        self.exchange = Exchange::Offering {
            offer,
            number: cseq(&invite.headers),
            give_up: now + GIVE_UP,
        };
        stack.request(now, User::Call(id), invite);
    }

    /// The wait after 491 is over.
    pub(super) fn retry_offer(&mut self, stack: &mut Stack, now: Instant, id: CallId) {
        if let Exchange::Glare { offer, .. } = std::mem::replace(&mut self.exchange, Exchange::Stable) {
            if stack.flow.is_up() {
                self.offer(stack, now, id, offer);
            } else {
                stack.event(Event::ReofferFailed { id, status: 503 });
            }
        }
    }

    /// The far end rings over a re-INVITE as if it were a call: CANCEL it, the session is as it was.
    pub(super) fn withdraw_offer(&mut self, stack: &mut Stack, now: Instant, id: CallId) {
        stack.cancel(now, User::Call(id), None);
        stack.abandon_invite(now, User::Call(id));
        self.refused(stack, now, id, 408);
    }

    /// 2xx to an INVITE of ours, ACK is out: the answer to our re-INVITE if it is the one under way, else a repeat.
    pub(super) fn reanswered(&mut self, stack: &mut Stack, id: CallId, response: &Response) {
        let current =
            matches!(self.exchange, Exchange::Offering { number, .. } if number == cseq(&response.headers));
        if !current {
            return;
        }
        if let Exchange::Offering { offer, .. } = std::mem::replace(&mut self.exchange, Exchange::Stable) {
            match sdp(&response.headers, &response.body) {
                Some(sdp) => {
                    self.settled = self.settled.offered(&offer, &sdp);
                    stack.event(Event::Reanswered { id, sdp });
                }
                None => stack.event(Event::ReofferFailed { id, status: 488 }),
            }
        }
    }

    /// Our re-INVITE was refused; the session is as it was (§14.1). 491 is tried again later.
    pub(super) fn refused(&mut self, stack: &mut Stack, now: Instant, id: CallId, status: u16) {
        match std::mem::replace(&mut self.exchange, Exchange::Stable) {
            Exchange::Offering { offer, .. } if status == 491 => {
                // Tens of milliseconds: the owner of the Call-ID waits 2.1-4 s, the other side 0-2 s.
                let pause = if self.caller {
                    2_100 + 10 * stack.entropy.below(191)
                } else {
                    10 * stack.entropy.below(201)
                };
                self.exchange = Exchange::Glare {
                    offer,
                    again: now + u64::from(pause),
                };
            }
            Exchange::Offering { .. } => stack.event(Event::ReofferFailed { id, status }),
            kept @ (Exchange::Stable
            | Exchange::Unconfirmed(_)
            | Exchange::Glare { .. }
            | Exchange::Asked(_)
            | Exchange::Reaccepted(_)) => self.exchange = kept,
        }
    }

    /// Their re-INVITE, checked and in order, with its transaction open.
    pub(crate) fn invited(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        key: ServerKey,
        invite: Box<Request>,
    ) {
        let busy = match &self.exchange {
            Exchange::Stable | Exchange::Glare { .. } => None,
            Exchange::Offering { .. } => Some(491),
            Exchange::Asked(_) => Some(500),
            // Without our offer in it, the 200 OK they must have got says everything: a new INVITE is as good as ACK.
            Exchange::Unconfirmed(unacked) | Exchange::Reaccepted(unacked) => {
                unacked.offered.is_some().then_some(491)
            }
        };
        if let Some(status) = busy {
            let mut response = stack.invite_response(&invite, status, "", None);
            if status == 500 {
                let seconds = stack.entropy.below(11);
                response.headers.push(&RetryAfter(seconds));
            }
            stack.respond(now, &key, &response);
            return;
        }
        let offer = sdp(&invite.headers, &invite.body);
        let asked = Exchange::Asked(Box::new(Asked {
            key,
            invite,
            offer: offer.clone(),
        }));
        match std::mem::replace(&mut self.exchange, asked) {
            Exchange::Unconfirmed(unacked) => {
                stack.event(Event::Confirmed { id, sdp: None });
                self.drop_queued(stack, id, &unacked);
            }
            Exchange::Reaccepted(unacked) => self.drop_queued(stack, id, &unacked),
            // Theirs overtook ours: ours was made for a session that is about to change.
            Exchange::Glare { .. } => stack.event(Event::ReofferFailed { id, status: 491 }),
            Exchange::Stable | Exchange::Offering { .. } | Exchange::Asked(_) => {}
        }
        stack.event(Event::Reoffer { id, sdp: offer });
    }

    fn drop_queued(&self, stack: &mut Stack, id: CallId, unacked: &Unacked) {
        if unacked.queued.is_some() {
            stack.event(Event::ReofferFailed { id, status: 491 });
        }
    }

    /// The host agrees to their re-INVITE.
    pub(crate) fn accept_reoffer(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        sdp: String,
    ) -> Result<(), CallError> {
        let Asked { key, invite, offer } = *self.take_asked()?;
        // The target changes with the 2xx that accepts the refresh (RFC 6141 §4.7).
        self.dialog.refresh(&invite.headers);
        let response = stack.invite_response(&invite, 200, "", Some(sdp.clone()));
        let written = stack.respond(now, &key, &response);
        let offered = match offer {
            Some(offer) => {
                self.settled = self.settled.answered(&offer, &sdp);
                None
            }
            None => Some(sdp),
        };
        self.exchange = Exchange::Reaccepted(Unacked::new(now, written, &invite, offered));
        Ok(())
    }

    /// The host refuses their re-INVITE.
    pub(crate) fn reject_reoffer(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        status: u16,
    ) -> Result<(), CallError> {
        let asked = self.take_asked()?;
        let response = stack.invite_response(&asked.invite, status, "", None);
        stack.respond(now, &asked.key, &response);
        Ok(())
    }

    /// They cancelled their re-INVITE.
    pub(crate) fn reinvite_cancelled(&mut self, stack: &mut Stack, now: Instant, id: CallId) {
        if self.reject_reoffer(stack, now, 487).is_ok() {
            stack.event(Event::ReofferFailed { id, status: 487 });
        }
    }

    fn take_asked(&mut self) -> Result<Box<Asked>, CallError> {
        match std::mem::replace(&mut self.exchange, Exchange::Stable) {
            Exchange::Asked(asked) => Ok(asked),
            kept @ (Exchange::Stable
            | Exchange::Unconfirmed(_)
            | Exchange::Offering { .. }
            | Exchange::Glare { .. }
            | Exchange::Reaccepted(_)) => {
                self.exchange = kept;
                Err(CallError::WrongState)
            }
        }
    }
}
