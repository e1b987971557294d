//! Being called: from INVITE to our final response (RFC 3261 §13.3).

use super::call::{Next, State};
use super::event::{CallError, CallId, EndCause, Event};
use super::hold::Settled;
use super::outgoing::{end, reasons};
use super::session::{Exchange, Session};
use super::stack::Stack;
use super::unacked::Unacked;
use crate::Instant;
use crate::dialog::Dialog;
use crate::header::{Expires, From, NameAddr, Reason, To};
use crate::message::{Headers, Request};
use crate::transaction::ServerKey;

/// Their unanswered INVITE.
pub(crate) struct Incoming {
    pub(crate) key: ServerKey,
    pub(crate) invite: Box<Request>,
    pub(crate) dialog: Box<Dialog>,
    pub(crate) offer: Option<String>,
    /// The INVITE's own Expires (§13.3.1).
    pub(crate) expires: Option<Instant>,
    local_tag: String,
    /// The last provisional response of the host's, for when the INVITE comes again by a new flow.
    rang: Option<(u16, Option<String>)>,
}

impl Incoming {
    /// Takes a checked INVITE that is neither a repeat nor part of a dialog, and announces it. `None` when it cannot
    /// be answered; the caller has opened its transaction.
    pub(crate) fn announce(
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        key: ServerKey,
        invite: Box<Request>,
    ) -> Next {
        let local_tag = stack.entropy.token(10);
        let first_seq = stack.entropy.below(10_000);
        let from = invite.headers.typed::<From>();
        let to = invite.headers.typed::<To>();
        let (Some(dialog), Some(Ok(From(from))), Some(Ok(To(to)))) =
            (Dialog::callee(&invite, &local_tag, first_seq), from, to)
        else {
            let mut response = stack.invite_response(&invite, 400, &local_tag, None);
            response.reason = String::from("Missing Contact");
            stack.respond(now, &key, &response);
            return None;
        };
        let offer = super::fields::sdp(&invite.headers, &invite.body);
        let expires = match invite.headers.typed::<Expires>() {
            Some(Ok(Expires(seconds))) => Some(now + u64::from(seconds) * 1_000),
            Some(Err(_)) | None => None,
        };
        stack.event(Event::Incoming {
            id,
            from: untagged(from),
            to: untagged(to),
            offer: offer.clone(),
            headers: invite.headers.clone(),
        });
        Some(State::Incoming(Box::new(Self {
            key,
            invite,
            dialog,
            offer,
            expires,
            local_tag,
            rang: None,
        })))
    }

    /// Sends a provisional response.
    pub(crate) fn progress(&mut self, stack: &mut Stack, now: Instant, status: u16, sdp: Option<String>) {
        let response = stack.invite_response(&self.invite, status, &self.local_tag, sdp.clone());
        stack.respond(now, &self.key, &response);
        self.rang = Some((status, sdp));
    }

    /// The same INVITE by another branch, after the flow of the first was lost: from now on we answer that one.
    pub(crate) fn come_again(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        key: ServerKey,
        invite: Box<Request>,
    ) {
        stack.close_server(&self.key);
        stack.open_server(key.clone(), &invite);
        self.dialog.reroute(&invite.headers);
        (self.key, self.invite) = (key, invite);
        if let Some((status, sdp)) = self.rang.take() {
            self.progress(stack, now, status, sdp);
        }
    }

    /// Sends 200 OK, which the session repeats until ACK.
    pub(crate) fn answer(self: Box<Self>, stack: &mut Stack, now: Instant, sdp: String) -> State {
        let response = stack.invite_response(&self.invite, 200, &self.local_tag, Some(sdp.clone()));
        let written = stack.respond(now, &self.key, &response);
        let (settled, offered) = match &self.offer {
            Some(offer) => (Settled::default().answered(offer, &sdp), None),
            None => (Settled::default(), Some(sdp)),
        };
        let unacked = Unacked::new(now, written, &self.invite, offered);
        State::Session(Box::new(Session::new(
            self.dialog,
            false,
            settled,
            None,
            Exchange::Unconfirmed(unacked),
        )))
    }

    /// Sends a final refusal.
    pub(crate) fn reject(
        self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        status: u16,
        reason: Option<Reason>,
    ) {
        let mut response = stack.invite_response(&self.invite, status, &self.local_tag, None);
        if let Some(reason) = reason {
            response.headers.push(&reason);
        }
        stack.respond(now, &self.key, &response);
        end(stack, id, EndCause::Declined { status }, Vec::new());
    }

    /// CANCEL arrived (its own 200 is the dispatcher's work).
    pub(crate) fn cancelled(
        self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        headers: &Headers,
    ) -> Next {
        let response = stack.invite_response(&self.invite, 487, &self.local_tag, None);
        stack.respond(now, &self.key, &response);
        end(stack, id, EndCause::Cancelled, reasons(headers));
        None
    }

    /// The INVITE's own time ran out.
    pub(crate) fn expire(self: Box<Self>, stack: &mut Stack, now: Instant, id: CallId) -> Next {
        let response = stack.invite_response(&self.invite, 487, &self.local_tag, None);
        stack.respond(now, &self.key, &response);
        end(stack, id, EndCause::TimedOut, Vec::new());
        None
    }

    /// The caller hung up an early dialog by BYE instead of CANCEL (§15.1.2: the INVITE is answered 487).
    pub(crate) fn bye(self: Box<Self>, stack: &mut Stack, now: Instant, id: CallId, bye: &Request) -> Next {
        stack.answer(bye, 200);
        self.cancelled(stack, now, id, &bye.headers)
    }

    /// Our To tag, which a CANCEL's 200 repeats.
    pub(crate) fn local_tag(&self) -> &str {
        &self.local_tag
    }
}

/// Whether a provisional status may be sent by hand (100 is sent on arrival).
pub(crate) fn provisional(status: u16) -> Result<u16, CallError> {
    if (101..200).contains(&status) {
        Ok(status)
    } else {
        Err(CallError::BadStatus)
    }
}

/// Whether a status refuses.
pub(crate) fn refusal(status: u16) -> Result<u16, CallError> {
    if (300..700).contains(&status) {
        Ok(status)
    } else {
        Err(CallError::BadStatus)
    }
}

fn untagged(mut addr: NameAddr) -> NameAddr {
    addr.params.remove("tag");
    addr
}
